import { type Answer, NO_ANSWER } from '../../contract/answer.js';
import { isOfAction, nextBatch, splitBatch, toBatches } from '../../contract/batch.js';
import type { BatchRequest } from '../../contract/put-events-request.js';
import { classifyResponse } from '../../contract/retry-policy.js';
import type { Signer } from '../../contract/sigv4.js';
import { isVisible, onceInNextTask } from '../platform/lifecycle.js';
import { isolate, logThrown } from '../platform/log-error.js';
import type { CredentialsKeeper } from './credentials.js';
import type { QueuedEvent, EventStore } from './event-store.js';
import { createExpiry, MAX_AGE_MS } from './expiry.js';
import { createFetchLaterScheduler } from './fetch-later.js';
import { createRetryGate } from './retry-gate.js';
import { type Acceptance, createSuspects, type Refused } from './suspects.js';
import type { Transport } from './transport.js';

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
  /**
   * Sends all that waits, at once unless the server has said when; resolves when each of these events is settled, or sending
   * stops.
   */
  flush(): Promise<void>;
  /** Sends what waits by requests that outlive the page but whose answers can still be read: some at once, then the rest. */
  hide(): void;
  /** Hands all that waits to beacons, with no await anywhere. */
  leave(): void;
  /** Takes back what `leave` let go, less what other pages have taken meanwhile; `resume` goes on. */
  comeBack(): void;
  stop(): void;
}

export interface DeliveryOptions {
  queue: EventStore;
  sender: Transport;
  /** Absent: nothing is signed. */
  credentials?: Pick<CredentialsKeeper, 'current' | 'get'> | undefined;
  toRequest(batch: QueuedEvent[]): BatchRequest;
  acceptance: Acceptance;
  flushSize: number;
  flushIntervalMs: number;
  onDelivered(item: QueuedEvent): void;
  onRejected(item: QueuedEvent, reason: string): void;
  onHalt(reason: string): void;
  /** Hears, once for each reason, of what keeps events from being delivered while sending goes on. */
  onTrouble(reason: string): void;
  isVisible?: (() => boolean) | undefined;
  now?: () => number;
}

/** The answer to a batch, or to the request for credentials before it. */
interface Reply {
  answer: Answer;
  /** Whether the batch itself was sent. */
  posted: boolean;
}

interface InFlight {
  survivesPage: boolean;
  /** Waits for no answer. */
  giveUp(): void;
}

/** After an idle period so many flushes are immediate; later events wait for the interval. */
const PROMPT_SENDS = 2;

/** What a beacon took goes in a request of its own when it has found no room in others' for this long. */
const CONFIRM_MS = 3 * 60_000;

/** Requests under way as the tab is switched: 100 events, more than visitors leave waiting. The rest goes one by one. */
const MAX_REQUESTS = 10;

/** After a fault of the tracker's own, or of a script that has changed what it runs on. */
const FAULT_RETRY_MS = 5000;

const NEVER_ACCEPTED =
  'nothing from this device was ever accepted: check trackingId (actionTrackingId of an action) and region';

/** What nothing but a repair helps is kept for this long. */
const HALTED_AGE_MS = 86_400_000;

/** The sending loop: one request at a time, so that the first one's preflight serves all. */
export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { queue, sender, credentials, toRequest } = options;
  /** Events in a batch being sent, and its request once there is one. */
  const inFlight = new Map<QueuedEvent, InFlight | undefined>();
  /** Events whose time has come. */
  const due = new WeakSet<QueuedEvent>();
  /** Wakes who waits for something to be settled. */
  const wakers: (() => void)[] = [];
  /** Operations that nothing but a repair helps: the actions' (true), the events'. */
  const halted = new Set<boolean>();
  const suspects = createSuspects(options.acceptance);
  const gate = createRetryGate(() => run(), options.isVisible ?? isVisible, options.now);
  const leaveWithBrowser = createFetchLaterScheduler(sender, toRequest);
  /** Reasons that have been told. */
  const told = new Set<string>();
  let running = false;
  /** Batches. */
  let underWay = 0;
  let left = false;
  let isPrepared = false;
  /** Events that go when enough of them wait: counted, since to look at all that wait for each would cost very many dearly. */
  let newcomers = 0;
  /** Since the last idle period. */
  let sends = 0;
  let intervalTimer: ReturnType<typeof setTimeout> | undefined;
  let confirmTimer: ReturnType<typeof setTimeout> | undefined;

  const expire = createExpiry(queue, options.onRejected, options.now);

  const isHalted = (item: QueuedEvent) => halted.has(isOfAction(item));
  const isSendable = (item: QueuedEvent) => item.sessionId && !isHalted(item) && !suspects.has(item);
  const sendable = () => queue.items().filter(isSendable);
  const waiting = () => sendable().filter((item) => !inFlight.has(item));
  const unsent = () => sendable().filter((item) => !item.unconfirmed);
  /** Events that go when enough of them wait, or after the interval. */
  const fresh = () => waiting().filter((item) => !item.unconfirmed && !due.has(item));

  const mustWait = () => left || gate.isClosed();

  const wake = () => {
    for (const waker of wakers.splice(0)) waker();
  };

  /** None, where they would have to be signed and there is nothing to sign with. */
  const toSignable = (items: QueuedEvent[], signer: Signer | undefined) =>
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

  /** Removes what is settled, then tells of it; telling of one event cannot fail another. */
  const settled = (batch: QueuedEvent[], tell: (item: QueuedEvent) => void) => {
    // What was given up meanwhile has been reported; what another page took it settles.
    const known = batch.filter(queue.has);
    queue.remove(known);
    gate.reset();
    wake();
    for (const item of known) isolate(() => tell(item));
  };

  const reject = (refused: Refused[]) => {
    for (const [item, reason] of refused) settled([item], () => options.onRejected(item, reason));
  };

  const tellOnce = (reason: string) => {
    if (told.has(reason)) return;
    told.add(reason);
    options.onTrouble(reason);
  };

  const halt = (kinds: boolean[], reason: string) => {
    for (const kind of kinds) halted.add(kind);
    options.onHalt(reason);
    expire(HALTED_AGE_MS, isHalted);
  };

  const onAccepted = (batch: QueuedEvent[]) => {
    settled(batch, options.onDelivered);
    reject(suspects.clear(batch.some(isOfAction)));
  };

  const onRefused = async (item: QueuedEvent, reason: string, status: number) => {
    // One that is too large is so in any configuration.
    if (status === 413) return reject([[item, reason]]);
    const refused = await suspects.add(item, reason);
    reject(refused);
    if (!refused.length) tellOnce(`${reason}: ${NEVER_ACCEPTED}`);
  };

  /** Signs a batch, posts it and waits for the answer; undefined where it is no longer to be sent, or the page has left. */
  const request = async (batch: QueuedEvent[], atOnce: boolean, renew: boolean): Promise<Reply | undefined> => {
    const reply = { posted: false, answer: NO_ANSWER };
    try {
      const signer = await credentials?.get(renew);
      if (!atOnce) await queue.renewLease();
      if (left || !batch.every(queue.has)) return undefined;
      // Others on the page may hold all there is of keepalive.
      const { survivesPage, answer } = sender.post(toRequest(batch), signer, !gate.isUnanswered());
      reply.posted = true;
      armSoon(); // With credentials that may just have come, and without what is now under way.
      const read = await new Promise<Answer | undefined>((resolve, reject) => {
        for (const item of batch) inFlight.set(item, { survivesPage, giveUp: () => resolve(undefined) });
        answer.then(resolve, reject);
      });
      return read && { ...reply, answer: read };
    } catch (error) {
      // The identity pool's answer; a provider of the site's own has none to show.
      return { ...reply, answer: (error as { answer?: Answer } | undefined)?.answer ?? NO_ANSWER };
    }
  };

  /** Sends a batch, and does with it what the answer says. */
  const transmit = async (
    batch: QueuedEvent[],
    { atOnce = false, resigned = false, renew = false },
  ): Promise<void> => {
    for (const item of batch) {
      due.add(item);
      inFlight.set(item, undefined);
    }
    const reply = await request(batch, atOnce, renew);
    if (!reply) return;
    const { answer, posted } = reply;
    const outcome = classifyResponse(answer, {
      size: batch.length,
      failures: gate.failures(),
      isReauthenticated: resigned,
      isBatchAnswer: posted,
      jitter: Math.random,
    });
    switch (outcome.type) {
      case 'delivered':
        return onAccepted(batch);
      case 'reject':
        return onRefused(batch[0] as QueuedEvent, outcome.reason, answer.status);
      case 'split':
        for (const half of splitBatch(batch)) if (!mustWait() && !half.some(isHalted)) await sendBatch(half);
        return;
      case 'reauthenticate':
        return transmit(batch, { resigned: true, renew: outcome.renew });
      case 'halt':
        // Of several requests at a time, a tab switch's, the first tells.
        if (!batch.some(isHalted)) halt(posted ? batch.map(isOfAction) : [true, false], outcome.reason);
        return;
      case 'retry':
        gate.close(outcome.delayMs, answer);
        if (outcome.reason) tellOnce(outcome.reason);
    }
  };

  /** Sends a batch. Never rejects: whatever is thrown in here, the loop goes on after a while. */
  const sendBatch = async (batch: QueuedEvent[], atOnce = false) => {
    try {
      await transmit(batch, { atOnce });
    } catch (error) {
      gate.close(FAULT_RETRY_MS, NO_ANSWER);
      logThrown(error);
    }
    for (const item of batch) inFlight.delete(item);
    armSoon();
  };

  /** Sends a batch, and looks what its end says of the configuration. */
  const deliverBatch = async (batch: QueuedEvent[], atOnce = false) => {
    underWay++;
    await sendBatch(batch, atOnce);
    underWay--;
    const kind = batch.some(isOfAction);
    const reason = suspects.blame(kind);
    if (reason && !halted.has(kind)) halt([kind], `${reason}: ${NEVER_ACCEPTED}`);
  };

  const next = (): QueuedEvent[] => {
    const free = waiting();
    return nextBatch(
      free.filter((item) => due.has(item)),
      free.filter((item) => !due.has(item) && item.unconfirmed),
    );
  };

  const run = async () => {
    if (running) return;
    running = true;
    while (!mustWait() && underWay < MAX_REQUESTS) {
      const batch = next();
      if (!batch.length) break;
      await deliverBatch(batch);
      // Without any progress it is not taken again at once.
      if (!mustWait() && batch.every((item) => queue.has(item) && isSendable(item))) {
        gate.close(FAULT_RETRY_MS, NO_ANSWER);
      }
    }
    running = false;
    wake();
  };

  const send = (items: QueuedEvent[]) => {
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

  /** Hands a batch to a beacon, or its splitBatch when it is refused. False once there is no room even for one event. */
  const handOver = (batch: QueuedEvent[], signer: Signer | undefined): boolean => {
    if (sender.beacon(toRequest(batch), signer)) {
      for (const item of batch) item.unconfirmed = true;
      return true;
    }
    return batch.length > 1 && splitBatch(batch).every((half) => handOver(half, signer));
  };

  const letGo = () => {
    left = true;
    arm();
    queue.releaseOwnership();
  };

  function leave() {
    for (const [item, request] of inFlight) {
      if (request?.survivesPage) item.unconfirmed = true;
      // Should the page come back, Firefox and WebKit never tell it what has become of its requests.
      request?.giveUp();
    }
    const signer = credentials?.current();
    toSignable(unsent(), signer).every((batch) => handOver(batch, signer));
    letGo();
  }

  return {
    prepare,
    queued: () => expect(newcomers + 1),
    resume() {
      expire(MAX_AGE_MS, () => true);
      const { length } = fresh();
      if (length) expect(length);
      clearTimeout(confirmTimer);
      confirmTimer = setTimeout(() => send(waiting()), CONFIRM_MS);
      if (gate.isUnanswered()) gate.tryNow();
      else run();
    },
    async flush() {
      const items = queue.items();
      send(items);
      gate.tryNow();
      const isStuck = () => left || gate.isSlow();
      while (!isStuck() && items.some((item) => queue.has(item) && isSendable(item))) {
        await new Promise<void>((resolve) => wakers.push(resolve));
      }
    },
    hide() {
      // On the way out `pagehide` comes first and has seen to everything; what has failed is not due yet.
      if (mustWait()) return;
      newcomers = 0;
      const items = waiting().filter((item) => !item.unconfirmed);
      for (const item of items) due.add(item);
      for (const batch of toBatches(items).slice(0, MAX_REQUESTS - underWay)) {
        deliverBatch(batch, true).then(run);
      }
    },
    leave,
    comeBack() {
      left = false;
      sends = 0;
      queue.reclaimOwnership();
      gate.resume();
    },
    stop() {
      clearTimeout(intervalTimer);
      clearTimeout(confirmTimer);
      gate.pause();
      letGo();
      wake();
    },
  };
};
