import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { AwsError } from './aws-error.js';
import { checkFault, type Fault, type FaultKind, kindOf } from './fault.js';
import type { ReceivedRequest } from './received.js';

/** The effect of the faults on one request. */
export interface FaultEffect {
  kind: FaultKind | null;
  /** Answered in place of running the operation. */
  error?: AwsError;
  headers?: Record<string, string>;
  /** There is no answer, and for `request` the operation does not run. */
  lost?: 'request' | 'answer';
  /** Delays the answer. */
  until?: Promise<unknown>;
}

/** A fault with the number of requests that it has affected. */
export type ActiveFault = Fault & { hits: number };

interface Entry {
  fault: Fault;
  hits: number;
  /** Resolves when the fault is undone. */
  undone: Promise<void>;
  undo(): void;
}

/** Returns the targets of a fault that a request matches. */
const targetsOf = ({ method, path, target }: ReceivedRequest): string[] => {
  if (method === 'OPTIONS') return ['preflight'];
  if (method !== 'POST') return [];
  if (path.endsWith('/events')) return ['events', 'personalize'];
  if (path.endsWith('/action-interactions')) return ['actions', 'personalize'];
  return target === 'GetId' || target === 'GetCredentialsForIdentity' ? ['cognito', target] : [];
};

/** Returns whether a batch has an event of an item. */
const hasItem = (body: Buffer, itemId: string): boolean => {
  try {
    const { eventList } = JSON.parse(body.toString('utf8'));
    return Array.isArray(eventList) && eventList.some((event) => event?.itemId === itemId);
  } catch {
    return false; // The operation rejects it.
  }
};

const toEffect = ({ fault, undone }: Entry): FaultEffect => {
  const { status, type, message, retryAfter, exposeRetryAfter, drop, stall, delayMs, refuseItem } = fault;
  const kind = kindOf(fault);
  if (stall) return { kind, lost: 'request', until: undone };
  const effect: FaultEffect = { kind };
  if (delayMs !== undefined) {
    // Undoing the fault ends the delay, and the timer does not keep the process alive.
    effect.until = Promise.race([sleep(delayMs, undefined, { ref: false }), undone]);
  }
  if (drop) effect.lost = drop;
  if (status !== undefined) {
    effect.error = new AwsError(status, type, message ?? STATUS_CODES[status] ?? 'Failed');
  }
  if (retryAfter !== undefined) {
    effect.headers = {
      'retry-after': String(retryAfter),
      ...(exposeRetryAfter && { 'access-control-expose-headers': 'Retry-After' }),
    };
  }
  if (refuseItem !== undefined) {
    effect.error = new AwsError(400, 'InvalidInputException', `Item '${refuseItem}' is refused.`);
  }
  return effect;
};

/** A used-up fault stays in the set: undoing it must still release the requests that it holds back. */
const isActive = ({ fault, hits }: Entry) => hits < (fault.times ?? Infinity);

/**
 * Creates the set of faults that affect the following requests.
 * @param onChange called when a fault is set, takes effect or is undone
 */
export const createFaults = (random: () => number, onChange: () => void) => {
  const entries = new Set<Entry>();

  const affects = (entry: Entry, request: ReceivedRequest, body: Buffer) => {
    const { on = 'events', share = 1, refuseItem } = entry.fault;
    if (!isActive(entry) || !targetsOf(request).includes(on)) return false;
    if (refuseItem !== undefined && !hasItem(body, refuseItem)) return false;
    return share === 1 || random() < share;
  };

  const fail = (fault: Fault): (() => void) => {
    checkFault(fault);
    let release = () => {};
    const undone = new Promise<void>((resolve) => {
      release = resolve;
    });
    const entry: Entry = {
      fault: { ...fault },
      hits: 0,
      undone,
      undo() {
        entries.delete(entry);
        release();
        onChange();
      },
    };
    entries.add(entry);
    onChange();
    return entry.undo;
  };

  return {
    /** Lets requests fail. Returns a function that undoes the fault. */
    fail,
    /** Replaces all faults. A fault that stays the same keeps its hits. */
    replace(faults: Fault[]) {
      for (const fault of faults) checkFault(fault);
      const before = [...entries].filter(isActive);
      for (const entry of before) {
        if (!faults.some((fault) => isDeepStrictEqual(fault, entry.fault))) entry.undo();
      }
      for (const fault of faults) {
        if (!before.some((entry) => isDeepStrictEqual(fault, entry.fault))) fail(fault);
      }
    },
    /** Returns the active faults. */
    list: (): ActiveFault[] => [...entries].filter(isActive).map(({ fault, hits }) => ({ ...fault, hits })),
    undoAll() {
      for (const { undo } of entries) undo();
    },
    /** Returns the effect on a request: the longest delay, and the first fault of another kind. */
    apply(request: ReceivedRequest, body: Buffer): FaultEffect {
      let effect: FaultEffect = { kind: null };
      for (const entry of entries) {
        const isDelay = kindOf(entry.fault) === 'delayMs';
        const isDecided = effect.kind !== null && effect.kind !== 'delayMs';
        if ((isDecided && !isDelay) || !affects(entry, request, body)) continue;
        entry.hits++;
        const { until, ...rest } = toEffect(entry);
        effect = { ...(isDecided ? effect : rest), until: Promise.all([effect.until, until]) };
      }
      if (effect.kind) onChange();
      return effect;
    },
  };
};
