// @ts-check
import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './http.js';

/**
 * @typedef {import('./index.js').Received} Received
 * @typedef {'events' | 'cognito' | 'GetId' | 'GetCredentialsForIdentity' | 'actions' | 'personalize' | 'preflight'} On
 * @typedef {'status' | 'drop' | 'stall' | 'delayMs' | 'refuseItem'} Kind
 */

/**
 * A failure of some requests. It has one of `status`, `drop`, `stall` and `refuseItem`; `delayMs` can be added or be
 * alone.
 * @typedef {object} Fault
 * @property {string} [name]    identifies it in `faults()`
 * @property {On} [on]          `events` (PutEvents, the default), `actions` (PutActionInteractions), `personalize` (both)
 *   and `cognito` do not include preflights
 * @property {number} [times]   the number of requests that it hits; unlimited by default
 * @property {number} [share]   the share of requests that it hits, 0–1, each decided at random
 * @property {number} [status]  the status of the answer; the operation does not run
 * @property {string} [type]    the kind in `x-amzn-ErrorType`; without it the answer is like a gateway's
 * @property {string} [message]
 * @property {number} [retryAfter] seconds in `Retry-After`. AWS is not known to expose that header, so by default a page
 *   of another origin cannot read it
 * @property {boolean} [exposeRetryAfter] exposes that header, as an endpoint of one's own may
 * @property {'request' | 'answer'} [drop] resets the connection: before the operation runs, with the body read, or after
 *   it has run. On a reused connection a browser may itself retry: then one fetch makes two requests.
 * @property {true} [stall]     accepts the request and never answers; the connection is reset when the fault is undone
 * @property {number} [delayMs] the delay of the answer; the operation runs at once
 * @property {string} [refuseItem] refuses batches with an event of this itemId, under any credentials; hits no others
 */

/**
 * The effect of the faults on one request.
 * @typedef {{ kind: Kind | null, error?: AwsError, headers?: Record<string, string>, lost?: 'request' | 'answer',
 *   until?: Promise<unknown> }} Effect
 *   `error` is answered instead of running the operation; `lost`: there is no answer, and for `request` the operation
 *   does not run; `until` delays the answer
 */

/** @type {On[]} */
const ON = ['events', 'cognito', 'GetId', 'GetCredentialsForIdentity', 'actions', 'personalize', 'preflight'];

/** The maximal delay of a timer in Node. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** @param {unknown} value */
const isText = (value) => typeof value === 'string' && value !== '';
/** @param {number} min @param {number} max */
const isWhole = (min, max) => (/** @type {any} */ value) =>
  Number.isInteger(value) && value >= min && value <= max;

/** @type {Record<keyof Fault, [takes: string, (value: any) => boolean]>} */
const FIELDS = {
  name: ['a text', isText],
  on: [`one of ${ON.join(', ')}`, (value) => ON.includes(value)],
  times: ['a whole number from 1, or Infinity', (value) => value === Infinity || isWhole(1, 2 ** 53)(value)],
  share: ['a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1],
  status: ['a whole number from 400 to 599', isWhole(400, 599)],
  type: ['a text of letters and digits', (value) => typeof value === 'string' && /^\w+$/.test(value)],
  message: ['a text', isText],
  retryAfter: ['a whole number of seconds from 0', isWhole(0, 2 ** 53)],
  exposeRetryAfter: ['true or false', (value) => typeof value === 'boolean'],
  drop: ["'request' or 'answer'", (value) => value === 'request' || value === 'answer'],
  stall: ['true', (value) => value === true],
  delayMs: [`a whole number of milliseconds from 0 to ${MAX_DELAY_MS}`, isWhole(0, MAX_DELAY_MS)],
  refuseItem: ['an itemId', isText],
};

/** @type {Kind[]} */
const ENDS = ['status', 'drop', 'stall', 'refuseItem'];

/** @param {Fault} fault */
const check = (fault) => {
  if (typeof fault !== 'object' || fault === null) throw new Error('A fault is an object.');
  for (const [field, value] of Object.entries(fault)) {
    if (!Object.hasOwn(FIELDS, field)) {
      throw new Error(`A fault has no field '${field}'; it takes ${Object.keys(FIELDS).join(', ')}.`);
    }
    const [takes, accepts] = FIELDS[/** @type {keyof Fault} */ (field)];
    if (!accepts(value))
      throw new Error(`A fault's '${field}' takes ${takes}, not ${JSON.stringify(value)}.`);
  }
  const ends = ENDS.filter((field) => field in fault);
  if (ends.length > 1)
    throw new Error(`A fault takes one of ${ENDS.join(', ')}, not '${ends.join("' and '")}'.`);
  if (ends.length === 0 && !('delayMs' in fault))
    throw new Error(`A fault takes one of ${ENDS.join(', ')}, delayMs.`);
  for (const field of /** @type {const} */ (['type', 'message', 'retryAfter'])) {
    if (field in fault && !('status' in fault)) throw new Error(`A fault's '${field}' goes with a 'status'.`);
  }
  if ('exposeRetryAfter' in fault && !('retryAfter' in fault))
    throw new Error("A fault's 'exposeRetryAfter' goes with a 'retryAfter'.");
  if ('stall' in fault && 'delayMs' in fault)
    throw new Error("A fault's 'delayMs' does not go with 'stall', which never answers.");
  if ('refuseItem' in fault && (fault.on ?? 'events') !== 'events')
    throw new Error("A fault's 'refuseItem' is for 'events', which alone have items.");
};

/**
 * @param {Received} received
 * @returns {string[]}
 */
const namesOf = ({ method, path, target }) => {
  if (method === 'OPTIONS') return ['preflight'];
  if (method !== 'POST') return [];
  if (path.endsWith('/events')) return ['events', 'personalize'];
  if (path.endsWith('/action-interactions')) return ['actions', 'personalize'];
  return target === 'GetId' || target === 'GetCredentialsForIdentity' ? ['cognito', target] : [];
};

/**
 * @param {Buffer} body
 * @returns {{ itemId?: string }[]}
 */
const eventsOf = (body) => {
  try {
    const { eventList } = JSON.parse(body.toString('utf8'));
    return Array.isArray(eventList) ? eventList : [];
  } catch {
    return []; // The operation rejects it.
  }
};

/** @param {Fault} fault */
const kindOf = (fault) => ENDS.find((kind) => kind in fault) ?? 'delayMs';

/**
 * Creates the set of faults for the following requests.
 * @param {{ random: () => number }} options
 */
export const createFaults = ({ random }) => {
  /** @typedef {{ fault: Fault, hits: number, undone: Promise<void>, undo: () => void }} Entry */
  /** @type {Set<Entry>} */
  const entries = new Set();
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const notify = () => {
    for (const watcher of watchers) watcher();
  };

  /** A used-up fault stays in the set: undoing it must still release the requests it holds back. @param {Entry} entry */
  const isActive = ({ fault, hits }) => hits < (fault.times ?? Infinity);

  /** @param {Entry} entry @param {Received} received @param {Buffer} body */
  const hits = (entry, received, body) => {
    const { on = 'events', share = 1, refuseItem } = entry.fault;
    if (!isActive(entry) || !namesOf(received).includes(on)) return false;
    if (refuseItem !== undefined && !eventsOf(body).some((event) => event?.itemId === refuseItem))
      return false;
    return share === 1 || random() < share;
  };

  /** @param {Entry} entry @returns {Effect} */
  const effectOf = ({ fault, undone }) => {
    const { status, type, message, retryAfter, exposeRetryAfter, drop, stall, delayMs, refuseItem } = fault;
    const kind = kindOf(fault);
    if (stall) return { kind, lost: 'request', until: undone };
    /** @type {Effect} */
    const effect = { kind };
    // Undoing the fault ends the delay, and the timer does not keep the process alive.
    if (delayMs !== undefined)
      effect.until = Promise.race([sleep(delayMs, undefined, { ref: false }), undone]);
    if (drop) effect.lost = drop;
    if (status !== undefined)
      effect.error = new AwsError(status, type, message ?? STATUS_CODES[status] ?? 'Failed');
    if (retryAfter !== undefined) {
      effect.headers = {
        'retry-after': String(retryAfter),
        ...(exposeRetryAfter && { 'access-control-expose-headers': 'Retry-After' }),
      };
    }
    if (refuseItem !== undefined)
      effect.error = new AwsError(400, 'InvalidInputException', `Item '${refuseItem}' is refused.`);
    return effect;
  };

  return {
    /**
     * Lets requests fail until the fault is undone.
     * @param {Fault} fault
     * @returns {() => void} undoes the fault
     */
    fail(fault) {
      check(fault);
      let settle = () => {};
      /** @type {Promise<void>} */
      const undone = new Promise((resolve) => (settle = resolve));
      /** @type {Entry} */
      const entry = {
        fault: { ...fault },
        hits: 0,
        undone,
        undo() {
          entries.delete(entry);
          settle();
          notify();
        },
      };
      entries.add(entry);
      notify();
      return entry.undo;
    },
    /** Returns the active faults, with the number of requests that each has hit. */
    faults: () => [...entries].filter(isActive).map(({ fault, hits }) => ({ ...fault, hits })),
    heal() {
      for (const { undo } of entries) undo();
    },
    notify,
    /** @param {() => void} watcher called when a fault is set, hits or is undone, and when the clock changes */
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    /**
     * Returns the effect on a request. Of the faults that only delay, the longest counts; of the others, the first.
     * @param {Received} received
     * @param {Buffer} body
     * @returns {Effect}
     */
    strike(received, body) {
      /** @type {Effect} */
      let effect = { kind: null };
      for (const entry of entries) {
        const delays = kindOf(entry.fault) === 'delayMs';
        const ended = effect.kind !== null && effect.kind !== 'delayMs';
        if ((ended && !delays) || !hits(entry, received, body)) continue;
        entry.hits++;
        const { until, ...rest } = effectOf(entry);
        effect = { ...(ended ? effect : rest), until: Promise.all([effect.until, until]) };
      }
      if (effect.kind) notify();
      return effect;
    },
  };
};
