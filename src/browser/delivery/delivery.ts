import { toBatches } from '../../contract/batch.js';
import type { BatchRequest } from '../../contract/put-events-request.js';
import { isVisible } from '../platform/lifecycle.js';
import type { PagePhase } from '../platform/page-phase.js';
import type { CredentialsKeeper } from './credentials.js';
import type { EventStore } from './event-store.js';
import { createExpiry, MAX_AGE_MS } from './expiry.js';
import { createFlushSchedule } from './flush-schedule.js';
import { createInFlight } from './in-flight.js';
import { createPostBatch } from './post-batch.js';
import type { QueuedEvent } from './queued-event.js';
import { createRetryGate } from './retry-gate.js';
import { createSendLoop } from './send-loop.js';
import { createSettlement, type DeliveryListeners } from './settlement.js';
import { type Acceptance, createSuspects } from './suspects.js';
import type { Transport } from './transport.js';
import { createUnloadDelivery } from './unload-delivery.js';

/** Sends the events of the event store. The page's phase changes before these methods are called. */
export interface Delivery {
  /** Schedules a flush for an added event: at once when enough events wait, or after the interval. */
  onEnqueued(): void;
  /** Gets credentials before they are needed: on unload, only credentials in memory can sign. */
  prepareCredentials(): void;
  /**
   * Sends adopted events, and retries those without a response. Call when a page starts, returns or is online again.
   */
  resume(): void;
  /**
   * Sends all waiting events: at once, unless the service has sent a `Retry-After`. Resolves when each of them is
   * settled, or when sending stops.
   */
  flush(): Promise<void>;
  /** Sends waiting events in parallel, by requests that survive the page and whose responses can still be read. */
  flushOnHidden(): void;
  /** Hands all waiting events to beacons. Synchronous. */
  flushOnUnload(): void;
  /**
   * Takes back events that no other page has adopted. Call when the page becomes active, for the first time or again;
   * call `resume` next.
   */
  onActive(): void;
  /** Stops all timers, and releases waiting events to other pages. Call when the page is no longer active. */
  onInactive(): void;
}

export interface DeliveryOptions extends DeliveryListeners {
  store: EventStore;
  phase: Pick<PagePhase, 'isActive'>;
  transport: Transport;
  /** Absent: batches go unsigned. */
  credentials?: Pick<CredentialsKeeper, 'current' | 'get' | 'isWarm'> | undefined;
  toRequest(batch: QueuedEvent[]): BatchRequest;
  acceptance: Acceptance;
  /** Number of waiting events that cause a flush. */
  flushSize: number;
  flushIntervalMs: number;
  isVisible?: (() => boolean) | undefined;
  now?: () => number;
}

/**
 * After this time an event that a beacon took gets a request of its own, if no other request had room for it before.
 */
const CONFIRM_MS = 3 * 60_000;

export const createDelivery = (options: DeliveryOptions): Delivery => {
  const { store, phase, transport, credentials, toRequest, now } = options;
  const suspects = createSuspects(options.acceptance);
  const inFlight = createInFlight(store, suspects.has);
  const gate = createRetryGate(options.isVisible ?? isVisible, now);
  const expire = createExpiry(store, options.onRejected, now);
  const unload = createUnloadDelivery({ store, phase, inFlight, transport, credentials, toRequest });
  const { protectWhenIdle } = unload;

  /** Wakes the callers of `flush` that wait for progress. */
  const waiting: (() => void)[] = [];
  const onProgress = () => {
    for (const wake of waiting.splice(0)) wake();
  };

  const settlement = createSettlement({
    ...options,
    ...{ inFlight, suspects, expire },
    onSettled() {
      gate.reset();
      onProgress();
    },
  });
  const postBatch = createPostBatch({
    ...{ store, phase, inFlight, gate, transport, credentials, toRequest },
    // The request may have brought credentials, and its events are now in flight.
    onPosted: protectWhenIdle,
  });
  const loop = createSendLoop({
    ...{ store, phase, inFlight, gate, settlement, postBatch },
    onBatchEnd: protectWhenIdle,
    onIdle: onProgress,
  });
  const schedule = createFlushSchedule({
    ...options,
    fresh: inFlight.fresh,
    isCheap: () => !credentials || credentials.isWarm(),
    isActive: phase.isActive,
    send(events) {
      inFlight.markDue(events);
      loop.run();
    },
  });

  let isPrepared = false;
  const prepareCredentials = () => {
    if (isPrepared || !phase.isActive()) return;
    isPrepared = true;
    credentials?.get().then(protectWhenIdle, () => {}); // A failure is handled when they are needed.
  };

  /** @param newEvents number of events that wait for a flush; default: one more than before */
  const scheduleFlush = (newEvents?: number) => {
    // Recorded after `pagehide`, by a listener of the page that ran after the tracker's.
    if (!phase.isActive()) return unload.flush();
    prepareCredentials();
    schedule.onEnqueued(newEvents);
    protectWhenIdle();
  };

  let confirmTimer: ReturnType<typeof setTimeout> | undefined;

  return {
    prepareCredentials,
    onEnqueued: scheduleFlush,
    resume() {
      expire(MAX_AGE_MS, () => true);
      const { length } = inFlight.fresh();
      if (length) scheduleFlush(length);
      clearTimeout(confirmTimer);
      confirmTimer = setTimeout(() => schedule.flush(inFlight.ready()), CONFIRM_MS);
      if (gate.isUnanswered()) gate.tryNow();
      else loop.run();
    },
    async flush() {
      const events = store.events();
      schedule.flush(events);
      gate.tryNow();
      const isStuck = () => !phase.isActive() || gate.isSlow();
      while (!isStuck() && events.some((event) => store.has(event) && inFlight.isSendable(event))) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    flushOnHidden() {
      // `pagehide` comes first on unload and has flushed already; a failed batch is not due yet.
      if (loop.mustWait()) return;
      schedule.clear();
      const events = inFlight.ready().filter(({ unconfirmed }) => !unconfirmed);
      inFlight.markDue(events);
      loop.sendInParallel(toBatches(events));
    },
    flushOnUnload: unload.flush,
    onActive() {
      schedule.restart();
      store.reclaimOwnership();
      gate.resume();
    },
    onInactive() {
      schedule.stop();
      clearTimeout(confirmTimer);
      gate.pause();
      unload.release();
      onProgress();
    },
  };
};
