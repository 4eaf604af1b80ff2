import type { EventStore } from './delivery/event-store.js';
import type { Pipeline } from './delivery/pipeline.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import type { PendingCalls } from './pending-calls.js';
import { logThrown } from './platform/log-error.js';
import type { PagePhase } from './platform/page-phase.js';
import { withTimeout } from './platform/timeout.js';
import type { SessionKeeper } from './session.js';
import type { TrackerStorage } from './storage.js';

/** Start-up waits this long for credentials: an AWS SDK client may have to look up its region first. */
const CREDENTIALS_TIMEOUT_MS = 3000;

/** Starts and ends the units that need consent: storage, the session, delivery. */
export interface Activation {
  /** Starts storage, the session and delivery: the visitor sees the page and consents. */
  activate(): void;
  /** Erases storage and all waiting events: the visitor has withdrawn consent. */
  deactivate(): void;
  /**
   * Reads stored data, adopts events that other pages have left, and sends them. Call when the visitor or the network
   * returns.
   */
  syncFromStorage(): Promise<void>;
  /** Resolves once storage has been read for the first time. */
  ready: Promise<void>;
  /** Resolves once storage has been read after the last grant of consent. */
  whenSynced(): Promise<void>;
}

export interface ActivationOptions {
  phase: PagePhase;
  storage: Pick<TrackerStorage, 'erase'>;
  session: SessionKeeper;
  store: EventStore;
  delivery: Pipeline;
  pendingCalls: PendingCalls;
  /** Is called each time the session has been read, before the waiting calls. */
  onSession(): void;
  /** Assigns an event to the running session. */
  assignSession(event: QueuedEvent): void;
}

export const createActivation = (options: ActivationOptions): Activation => {
  const { phase, storage, session, store, delivery, pendingCalls, onSession, assignSession } = options;
  let resolveReady: (synced: Promise<void>) => void = () => {};
  const ready = new Promise<void>((resolve) => {
    resolveReady = resolve;
  });
  let synced = ready;

  const clearMemory = () => {
    store.remove(store.events());
    session.clear();
    delivery.credentials?.clear();
  };

  const syncFromStorage = async () => {
    if (!phase.isActive()) return;
    const credentials = Promise.resolve(delivery.credentials?.load()).catch(logThrown);
    await Promise.all([
      session.load(),
      withTimeout(CREDENTIALS_TIMEOUT_MS, credentials).catch(() => {}),
      store.adoptAbandoned(),
    ]);
    if (!phase.isActivated()) return clearMemory();
    if (phase.signal.aborted) return;
    onSession();
    pendingCalls.release();
    for (const event of store.events()) if (!event.sessionId) assignSession(event);
    delivery.resume();
  };

  return {
    activate() {
      phase.activate();
      delivery.onActive();
      synced = syncFromStorage();
      resolveReady(synced);
    },
    deactivate() {
      phase.deactivate();
      clearMemory();
      delivery.onInactive();
      pendingCalls.clear();
      storage.erase();
    },
    syncFromStorage,
    ready,
    whenSynced: () => synced,
  };
};
