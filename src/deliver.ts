import { createArming } from './arm.js';
import { type BatchRequest, halves, isOfAction, nextBatch, toBatches } from './batch.js';
import type { CredentialsKeeper } from './credentials.js';
import { type Answer, NO_ANSWER } from './lib/http.js';
import { onceInNextTask } from './lib/lifecycle.js';
import type { Item, Queue } from './queue.js';
import type { Sender } from './send.js';
import { settle } from './settle.js';
import type { Signer } from './sign.js';

export interface Delivery {
  /** An event has been queued: it is sent when enough wait, or after the interval. */
  queued(): void;
  /** Gets credentials before they are needed: on the way out only what is in memory signs. */
  prepare(): void;
  /**
   * Takes up what the queue holds, and tries again at once what got no answer: at the start of a page, at its
   * return, when it is looked at again or has a network again.
   */
  resume(): void;
  /** Sends all that waits; resolves when each of these events is settled, or sending stops. */
  flush(): Promise<void>;
  /** Sends all that waits by requests that outlive the page but whose answers can still be read. */
  hide(): void;
  /** Hands all that waits to beacons, with no await anywhere. */
  leave(): void;
  /** Takes back what `leave` let go, less what other pages have taken meanwhile; `resume` goes on. */
  comeBack(): void;
  stop(): void;
}

export interface DeliveryOptions {
  queue: Queue;
  sender: Sender;
  /** Absent: nothing is signed. */
  credentials?: Pick<CredentialsKeeper, 'current' | 'get'> | undefined;
  toRequest(batch: Item[]): BatchRequest;
  flushSize: number;
  flushIntervalMs: number;
  onDelivered(item: Item): void;
  onRejected(item: Item, because: string): void;
  onHalt(because: string): void;
}

interface InFlight {
  survivesPage: boolean;
  /** Waits for no answer. */
  giveUp(): void;
}

/** So often in a quiet time what is recorded waits for no more; what follows does, for the interval. */
const PROMPT_SENDS = 2;

/** What a beacon took goes in a request of its own when it has found no room in others' for this long. */
const CONFIRM_MS = 3 * 60_000;

/** After so many attempts without any answer something blocks them: no more until there is reason to hope. */
const MAX_SILENT_ATTEMPTS = 5;

/** What nothing but a repair helps is kept for this long. */
const HALTED_AGE_MS = 86_400_000;

/** The sending loop: one request at a time, so that the first one's preflight serves all. */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { queue, sender, credentials, toRequest } = options;
  /** Events in a batch being sent, and its request once there is one. */
  const inFlight = new Map<Item, InFlight | undefined>();
  /** Events whose time has come. */
  const due = new WeakSet<Item>();
  /** Wakes who waits for something to be settled. */
  const wakers: (() => void)[] = [];
  let running = false;
  /** Operations that nothing but a repair helps: the actions' (true), the events'. */
  const halted = new Set<boolean>();
  let left = false;
  /** Between a failed attempt and the next. */
  let paused = false;
  /** Attempts in a row. */
  let failures = 0;
  let silent = 0;
  /** Events that go when enough of them wait: counted, since to look at all that wait for each would cost very many dearly. */
  let newcomers = 0;
  /** Since the last quiet time. */
  let sends = 0;
  let intervalTimer: ReturnType<typeof setTimeout> | undefined;
  let confirmTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  const leaveWithBrowser = createArming(sender, toRequest);
  let isPrepared = false;

  const isHalted = (item: Item) => halted.has(isOfAction(item));
  const sendable = () => queue.items().filter((item) => item.sessionId && !isHalted(item));
  const waiting = () => sendable().filter((item) => !inFlight.has(item));
  const unsent = () => sendable().filter((item) => !item.unconfirmed);
  /** What goes when enough of it waits, or after the interval. */
  const fresh = () => waiting().filter((item) => !item.unconfirmed && !due.has(item));

  const mustWait = () => left || paused;

  const wake = () => {
    for (const waker of wakers.splice(0)) waker();
  };

  /** None, where they would have to be signed and there is nothing to sign with. */
  const toSignable = (items: Item[], signer: Signer | undefined) =>
    signer || !credentials ? toBatches(items) : [];

  /** Against a crash: what has no answer yet, and is in no request that the browser goes on with. */
  const arm = () => {
    const signer = credentials?.current();
    const items = left ? [] : unsent().filter((item) => !inFlight.get(item)?.survivesPage);
    leaveWithBrowser(toSignable(items, signer), signer);
  };

  /** A signature takes milliseconds on a phone: not in the task of what the visitor has just done. */
  const armSoon = onceInNextTask(arm);

  const prepare = () => {
    if (isPrepared || left) return;
    isPrepared = true;
    credentials?.get().then(armSoon, () => {}); // A failure shows when they are needed.
  };

  const settled = (batch: Item[], tell: (item: Item) => void) => {
    // What was given up meanwhile has been reported; what another page took it settles.
    const known = batch.filter(queue.has);
    queue.remove(known);
    failures = silent = 0;
    wake();
    known.forEach(tell);
  };

  const attempt = async (batch: Item[], atOnce = false) => {
    await transmit(batch, { atOnce });
    for (const item of batch) inFlight.delete(item);
    armSoon();
  };

  const transmit = async (
    batch: Item[],
    { atOnce = false, resigned = false, renew = false },
  ): Promise<void> => {
    for (const item of batch) {
      due.add(item);
      inFlight.set(item, undefined);
    }
    let posted = false;
    let answer: Answer | undefined;
    try {
      const signer = await credentials?.get(renew);
      if (!atOnce) await queue.hold();
      if (left || !batch.every(queue.has)) return;
      // Others on the page may hold all there is of keepalive.
      const request = sender.post(toRequest(batch), signer, !silent);
      posted = true;
      armSoon(); // With credentials that may just have come, and without what is now under way.
      answer = await new Promise<Answer | undefined>((resolve, reject) => {
        const { survivesPage, answer } = request;
        for (const item of batch) inFlight.set(item, { survivesPage, giveUp: () => resolve(undefined) });
        answer.then(resolve, reject);
      });
      if (!answer) return;
    } catch (error) {
      // The identity pool's answer; a provider of the site's own has none to show.
      answer = (error as { answer?: Answer } | undefined)?.answer ?? NO_ANSWER;
    }

    const verdict = settle(answer, {
      size: batch.length,
      failures,
      resigned,
      posted,
      jitter: Math.random,
    });
    switch (verdict.do) {
      case 'forget':
        return settled(batch, options.onDelivered);
      case 'drop':
        return settled(batch, (item) => options.onRejected(item, verdict.because));
      case 'split':
        for (const half of halves(batch)) if (!mustWait() && !half.some(isHalted)) await attempt(half);
        return;
      case 'resign':
        return transmit(batch, { resigned: true, renew: verdict.renew });
      case 'halt':
        // Of several requests at a time, a tab switch's, the first tells.
        if (batch.some(isHalted)) return;
        for (const kind of posted ? batch.map(isOfAction) : [true, false]) halted.add(kind);
        options.onHalt(verdict.because);
        return queue.expire(HALTED_AGE_MS, isHalted);
      case 'retry':
        // Of several requests at a time, a tab switch's, the first counts.
        if (!paused) {
          failures++;
          silent = answer.status ? 0 : silent + 1;
        }
        paused = true;
        clearTimeout(retryTimer);
        if (silent < MAX_SILENT_ATTEMPTS) retryTimer = setTimeout(tryAgain, verdict.inMs);
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
    while (!mustWait()) {
      const batch = next();
      if (!batch.length) break;
      await attempt(batch);
    }
    running = false;
    wake();
  };

  const send = (items: Item[]) => {
    newcomers = 0;
    if (left) return;
    if (items.length) {
      for (const item of items) due.add(item);
      sends++;
      clearTimeout(intervalTimer);
      intervalTimer = setTimeout(() => {
        const come = fresh();
        if (come.length) send(come);
        else sends = 0;
      }, options.flushIntervalMs);
    }
    run();
  };

  function tryAgain() {
    clearTimeout(retryTimer);
    paused = false;
    run();
  }

  const sendFreshSoon = onceInNextTask(() => send(fresh()));

  const expect = (count: number) => {
    // By a listener of the page's own that came after.
    if (left) return leave();
    newcomers = count;
    prepare();
    if (sends < PROMPT_SENDS || newcomers >= options.flushSize) sendFreshSoon();
    // After what is sent at once.
    armSoon();
  };

  /** Hands a batch to a beacon, or its halves when it is refused: the quota may still hold those. */
  const handOver = (batch: Item[], signer: Signer | undefined) => {
    if (sender.beacon(toRequest(batch), signer)) {
      for (const item of batch) item.unconfirmed = true;
    } else if (batch.length > 1) {
      for (const half of halves(batch)) handOver(half, signer);
    }
  };

  const letGo = () => {
    left = true;
    arm();
    queue.release();
  };

  function leave() {
    for (const [item, request] of inFlight) {
      if (request?.survivesPage) item.unconfirmed = true;
      // Should the page come back, Firefox and WebKit never tell it what has become of its requests.
      request?.giveUp();
    }
    const signer = credentials?.current();
    for (const batch of toSignable(unsent(), signer)) handOver(batch, signer);
    letGo();
  }

  const resume = () => {
    const { length } = fresh();
    if (length) expect(length);
    clearTimeout(confirmTimer);
    confirmTimer = setTimeout(() => send(waiting()), CONFIRM_MS);
    if (silent) tryAgain();
    else run();
  };

  return {
    prepare,
    queued: () => expect(newcomers + 1),
    resume,
    async flush() {
      const items = queue.items();
      send(items);
      tryAgain();
      const isStuck = () => left || (paused && silent >= MAX_SILENT_ATTEMPTS);
      while (!isStuck() && items.some((item) => queue.has(item) && !isHalted(item))) {
        await new Promise<void>((resolve) => wakers.push(resolve));
      }
    },
    hide() {
      // On the way out `pagehide` comes first and has seen to everything; what has failed is not due yet.
      if (mustWait()) return;
      newcomers = 0;
      for (const batch of toBatches(waiting().filter((item) => !item.unconfirmed))) {
        attempt(batch, true).then(run);
      }
    },
    leave,
    comeBack() {
      left = false;
      sends = 0;
      queue.reclaim();
    },
    stop() {
      clearTimeout(intervalTimer);
      clearTimeout(confirmTimer);
      clearTimeout(retryTimer);
      letGo();
      wake();
    },
  };
};
