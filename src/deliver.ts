import type { halves, nextBatch, toBatches } from './batch.js';
import type { CredentialsKeeper } from './credentials.js';
import type { Answer } from './lib/http.js';
import type { Item, Queue } from './queue.js';
import type { Sender } from './send.js';
import type { settle } from './settle.js';

export interface Delivery {
  /** An event has been queued: it is sent when enough wait, or after the interval. */
  queued(item: Item): void;
  /** Takes up what the queue already holds: at the start of a page, or at its return. */
  resume(): void;
  /** Sends all that waits; resolves when each of these events is settled. */
  flush(): Promise<void>;
  /** Sends all that waits by requests that outlive the page but whose answers can still be read. */
  hide(): void;
  /** Hands all that waits to beacons, with no await anywhere. */
  leave(): void;
  /** Goes on after `leave`, less what other pages have taken meanwhile. */
  comeBack(): Promise<void>;
  /** Tries again at once what waits for its next attempt. */
  retry(): void;
  stop(): void;
}

export interface DeliveryOptions {
  queue: Queue;
  sender: Sender;
  /** Absent: nothing is signed. */
  credentials?: CredentialsKeeper | undefined;
  /** What the stages before and after decide. */
  policy: {
    nextBatch: typeof nextBatch;
    toBatches: typeof toBatches;
    halves: typeof halves;
    toBody: (batch: Item[]) => string;
    settle: typeof settle;
    /** What the failure to get credentials amounts to. */
    answerOf: (error: unknown) => Answer;
  };
  flushSize: number;
  flushIntervalMs: number;
  now: () => number;
  random: () => number;
  onDelivered(item: Item): void;
  onRejected(item: Item, because: string): void;
  onHalt(because: string): void;
}

/** What a beacon took is asked after in a request of its own once it has found no room in others' this long. */
const CONFIRM_MS = 3 * 60_000;

const idsOf = (items: Item[]) => items.map(({ event }) => event.eventId);

/** The sending loop: one request at a time, so that the first one's preflight serves all. */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { queue, sender, credentials, policy, flushSize, flushIntervalMs, now, random } = options;
  /** Events in a batch being sent, and whether its request outlives the page. */
  const inFlight = new Map<string, boolean>();
  /** Recorded since the last sending. */
  let fresh: Item[] = [];
  /** Events whose time has come. */
  const due = new Set<string>();
  /** Parts of refused batches, sent as they are. */
  let parts: Item[][] = [];
  const flushes = new Set<{ open: Set<string>; resolve(): void }>();
  let running = false;
  let halted = false;
  let left = false;
  let failures = 0;
  let intervalTimer: ReturnType<typeof setTimeout> | undefined;
  let confirmTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const waiting = () => queue.items().filter((item) => item.sessionId && !inFlight.has(item.event.eventId));
  const isUnconfirmed = ({ unconfirmedSince }: Item) => unconfirmedSince !== undefined;

  const closeFlushes = () => {
    for (const flush of flushes) {
      for (const id of flush.open) if (!queue.has(id)) flush.open.delete(id);
      if (flush.open.size) continue;
      flushes.delete(flush);
      flush.resolve();
    }
  };

  const settled = (batch: Item[]) => {
    queue.remove(idsOf(batch));
    for (const id of idsOf(batch)) due.delete(id);
  };

  const attempt = async (batch: Item[], resigned = false): Promise<void> => {
    const ids = idsOf(batch);
    for (const id of ids) inFlight.set(id, false);
    let answer: Answer;
    try {
      const signer = await credentials?.get();
      const request = sender.post(policy.toBody(batch), signer);
      for (const id of ids) inFlight.set(id, request.survivesPage);
      answer = await request.answer;
    } catch (error) {
      answer = policy.answerOf(error);
    }
    for (const id of ids) inFlight.delete(id);

    const verdict = policy.settle(answer, { size: batch.length, failures, resigned, random });
    if (verdict.do !== 'retry') failures = 0;
    switch (verdict.do) {
      case 'forget':
        settled(batch);
        batch.forEach(options.onDelivered);
        return;
      case 'drop':
        settled(batch);
        for (const item of batch) options.onRejected(item, verdict.because);
        return;
      case 'split':
        parts.push(...policy.halves(batch));
        return;
      case 'resign':
        if (verdict.renew) await credentials?.renew().catch(() => {}); // The next attempt tells what is wrong.
        return attempt(batch, true);
      case 'halt':
        halted = true;
        options.onHalt(verdict.because);
        return;
      case 'retry':
        failures++;
        clearTimeout(retryTimer);
        retryTimer = setTimeout(retry, verdict.inMs);
    }
  };

  const next = (): Item[] => {
    const free = waiting();
    for (let part = parts.shift(); part; part = parts.shift()) {
      const open = part.filter((item) => free.includes(item));
      if (open.length) return open;
    }
    return policy.nextBatch(
      free.filter(({ event }) => due.has(event.eventId)),
      free.filter((item) => !due.has(item.event.eventId) && isUnconfirmed(item)),
    );
  };

  const run = async () => {
    if (running) return;
    running = true;
    while (!halted && !left && !retryTimer) {
      const batch = next();
      if (!batch.length) break;
      await attempt(batch);
      closeFlushes();
    }
    running = false;
  };

  const send = (items: Item[]) => {
    for (const id of idsOf(items)) if (queue.has(id)) due.add(id);
    run();
  };

  function retry() {
    clearTimeout(retryTimer);
    retryTimer = undefined;
    run();
  }

  const sendFresh = () => {
    clearTimeout(intervalTimer);
    intervalTimer = undefined;
    send(fresh);
    fresh = [];
  };

  const queued = (item: Item) => {
    fresh.push(item);
    if (fresh.length >= flushSize) sendFresh();
    else intervalTimer ??= setTimeout(sendFresh, flushIntervalMs);
  };

  const resume = () => {
    fresh = [];
    const unconfirmed: Item[] = [];
    for (const item of waiting()) {
      if (isUnconfirmed(item)) unconfirmed.push(item);
      else if (!due.has(item.event.eventId)) queued(item);
    }
    const oldest = Math.min(...unconfirmed.map(({ unconfirmedSince }) => unconfirmedSince as number));
    clearTimeout(confirmTimer);
    if (unconfirmed.length) confirmTimer = setTimeout(() => send(unconfirmed), oldest + CONFIRM_MS - now());
    run();
  };

  /** Hands a batch to a beacon, or its halves when it is refused: the quota may still hold those. */
  const handOver = (batch: Item[], signer: ReturnType<CredentialsKeeper['current']>) => {
    if (sender.beacon(policy.toBody(batch), signer)) {
      for (const item of batch) item.unconfirmedSince = now();
    } else if (batch.length > 1) {
      for (const half of policy.halves(batch)) handOver(half, signer);
    }
  };

  return {
    queued,
    resume,
    flush() {
      const items = queue.items();
      return new Promise((resolve) => {
        flushes.add({ open: new Set(idsOf(items)), resolve });
        sendFresh();
        send(items);
        retry();
        closeFlushes();
      });
    },
    hide() {
      // On the way out `pagehide` comes first and has seen to everything.
      if (left || halted) return;
      for (const batch of policy.toBatches(waiting().filter((item) => !isUnconfirmed(item)))) {
        attempt(batch).then(closeFlushes).then(run); // A refused batch's parts are left.
      }
    },
    leave() {
      left = true;
      for (const item of queue.items()) if (inFlight.get(item.event.eventId)) item.unconfirmedSince ??= now();
      const signer = credentials?.current();
      if (!halted && (signer || !credentials)) {
        const open = queue.items().filter((item) => item.sessionId && !isUnconfirmed(item));
        for (const batch of policy.toBatches(open)) handOver(batch, signer);
      }
      queue.release();
    },
    async comeBack() {
      left = false;
      await queue.reclaim();
      closeFlushes();
      resume();
    },
    retry,
    stop() {
      left = true;
      clearTimeout(intervalTimer);
      clearTimeout(confirmTimer);
      clearTimeout(retryTimer);
      parts = [];
      for (const { resolve } of flushes) resolve();
      flushes.clear();
      queue.release();
    },
  };
};
