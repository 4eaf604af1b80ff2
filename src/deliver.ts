import { halves, nextBatch, toBatches } from './batch.js';
import type { CredentialsKeeper } from './credentials.js';
import { type Answer, NO_ANSWER } from './lib/http.js';
import type { Item, Queue } from './queue.js';
import type { Sender } from './send.js';
import { settle } from './settle.js';

export interface Delivery {
  /** An event has been queued: it is sent when enough wait, or after the interval. */
  queued(): void;
  /** Takes up what the queue already holds: at the start of a page, or at its return. */
  resume(): void;
  /** Sends all that waits; resolves when each of these events is settled, or sending stops. */
  flush(): Promise<void>;
  /** Sends all that waits by requests that outlive the page but whose answers can still be read. */
  hide(): void;
  /** Hands all that waits to beacons, with no await anywhere. */
  leave(): void;
  /** Goes on after `leave`, less what other pages have taken meanwhile. */
  comeBack(): void;
  /** Tries again at once what waits for its next attempt. */
  retry(): void;
  stop(): void;
}

export interface DeliveryOptions {
  queue: Queue;
  sender: Sender;
  /** Absent: nothing is signed. */
  credentials?: CredentialsKeeper | undefined;
  toBody(batch: Item[]): string;
  flushSize: number;
  flushIntervalMs: number;
  onDelivered(item: Item): void;
  onRejected(item: Item, because: string): void;
  onHalt(because: string): void;
}

/** What a beacon took goes in a request of its own when it has found no room in others' for this long. */
const CONFIRM_MS = 3 * 60_000;

/** The sending loop: one request at a time, so that the first one's preflight serves all. */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { queue, sender, credentials, toBody, flushSize, flushIntervalMs } = options;
  /** Events in a batch being sent, and whether its request outlives the page. */
  const inFlight = new Map<Item, boolean>();
  /** How many were recorded since the last sending. */
  let fresh = 0;
  /** Events whose time has come. */
  const due = new Set<Item>();
  /** Wakes who waits for something to be settled. */
  const wakers: (() => void)[] = [];
  let running = false;
  let halted = false;
  let left = false;
  let stopped = false;
  let failures = 0;
  let intervalTimer: ReturnType<typeof setTimeout> | undefined;
  let confirmTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const waiting = () => queue.items().filter((item) => item.sessionId && !inFlight.has(item));

  const wake = () => {
    for (const waker of wakers.splice(0)) waker();
  };

  const settled = (batch: Item[]) => {
    queue.remove(batch);
    for (const item of batch) due.delete(item);
    wake();
  };

  const attempt = async (batch: Item[], resigned = false): Promise<void> => {
    for (const item of batch) {
      due.add(item);
      inFlight.set(item, false);
    }
    let answer: Answer;
    try {
      const signer = await credentials?.get();
      const request = sender.post(toBody(batch), signer);
      for (const item of batch) inFlight.set(item, request.survivesPage);
      answer = await request.answer;
    } catch (error) {
      // The identity pool's answer; a provider of the site's own has none to show.
      answer = (error as { answer?: Answer }).answer ?? NO_ANSWER;
    }
    for (const item of batch) inFlight.delete(item);

    const verdict = settle(answer, { size: batch.length, failures, resigned, random: Math.random });
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
        for (const half of halves(batch)) await attempt(half);
        return;
      case 'resign':
        if (verdict.renew) await credentials?.renew().catch(() => {}); // The next attempt tells what is wrong.
        return attempt(batch, true);
      case 'halt':
        halted = true;
        options.onHalt(verdict.because);
        return wake();
      case 'retry':
        failures++;
        clearTimeout(retryTimer);
        retryTimer = setTimeout(retry, verdict.inMs);
    }
  };

  const next = (): Item[] => {
    const free = waiting();
    return nextBatch(
      free.filter((item) => due.has(item)),
      free.filter((item) => !due.has(item) && item.unconfirmed),
    );
  };

  const run = async () => {
    if (running) return;
    running = true;
    while (!halted && !left && !retryTimer) {
      const batch = next();
      if (!batch.length) break;
      await attempt(batch);
    }
    running = false;
  };

  const send = (items: Item[]) => {
    for (const item of items) due.add(item);
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
    fresh = 0;
    send(waiting().filter((item) => !item.unconfirmed));
  };

  const queued = () => {
    if (++fresh >= flushSize) sendFresh();
    else intervalTimer ??= setTimeout(sendFresh, flushIntervalMs);
  };

  const resume = () => {
    fresh = 0;
    for (const item of waiting()) if (!item.unconfirmed) queued();
    clearTimeout(confirmTimer);
    confirmTimer = setTimeout(() => send(waiting()), CONFIRM_MS);
    run();
  };

  /** Hands a batch to a beacon, or its halves when it is refused: the quota may still hold those. */
  const handOver = (batch: Item[], signer: ReturnType<CredentialsKeeper['current']>) => {
    if (sender.beacon(toBody(batch), signer)) {
      for (const item of batch) item.unconfirmed = true;
    } else if (batch.length > 1) {
      for (const half of halves(batch)) handOver(half, signer);
    }
  };

  return {
    queued,
    resume,
    async flush() {
      const items = queue.items();
      sendFresh();
      send(items);
      retry();
      while (!stopped && !halted && items.some(queue.has)) {
        await new Promise<void>((resolve) => wakers.push(resolve));
      }
    },
    hide() {
      // On the way out `pagehide` comes first and has seen to everything.
      if (left || halted) return;
      fresh = 0;
      for (const batch of toBatches(waiting().filter((item) => !item.unconfirmed))) {
        attempt(batch);
      }
    },
    leave() {
      left = true;
      for (const item of queue.items()) if (inFlight.get(item)) item.unconfirmed = true;
      const signer = credentials?.current();
      if (!halted && (signer || !credentials)) {
        const open = queue.items().filter((item) => item.sessionId && !item.unconfirmed);
        for (const batch of toBatches(open)) handOver(batch, signer);
      }
      queue.release();
    },
    comeBack() {
      left = false;
      queue.reclaim();
      wake();
      resume();
    },
    retry,
    stop() {
      stopped = left = true;
      clearTimeout(intervalTimer);
      clearTimeout(confirmTimer);
      clearTimeout(retryTimer);
      wake();
      queue.release();
    },
  };
};
