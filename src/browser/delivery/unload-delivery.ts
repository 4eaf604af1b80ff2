import { splitBatch, toBatches } from '../../contract/batch.js';
import type { BatchRequest } from '../../contract/put-events-request.js';
import type { Signer } from '../../contract/sigv4.js';
import { onceInNextTask } from '../platform/lifecycle.js';
import type { PagePhase } from '../platform/page-phase.js';
import type { CredentialsKeeper } from './credentials.js';
import type { EventStore } from './event-store.js';
import { createFetchLaterScheduler } from './fetch-later.js';
import type { InFlight } from './in-flight.js';
import type { QueuedEvent } from './queued-event.js';
import type { Transport } from './transport.js';

/** Delivers events of a page that goes away: by beacons on unload, by `fetchLater` where the page dies without a word. */
export interface UnloadDelivery {
  /** Hands everything that waits to beacons, and releases the rest to the next page. Awaits nothing. */
  flush(): void;
  /** Cancels what is scheduled with the browser, and releases all events to the next page. */
  release(): void;
  /** Schedules with the browser, in the next task, what is in no request that survives the page. */
  protectSoon(): void;
}

export interface UnloadDeliveryOptions {
  store: Pick<EventStore, 'markUnconfirmed' | 'releaseOwnership'>;
  phase: Pick<PagePhase, 'isActive'>;
  inFlight: Pick<InFlight, 'abandonAll' | 'unsent' | 'unprotected'>;
  transport: Pick<Transport, 'beacon' | 'sendLater'>;
  /** Absent: batches go unsigned. */
  credentials: Pick<CredentialsKeeper, 'current'> | undefined;
  toRequest(batch: QueuedEvent[]): BatchRequest;
}

export const createUnloadDelivery = (options: UnloadDeliveryOptions): UnloadDelivery => {
  const { store, phase, inFlight, transport, credentials, toRequest } = options;
  const scheduleFetchLater = createFetchLaterScheduler(transport, toRequest);

  /** Returns no batch where they must be signed and there is nothing to sign with. */
  const toSignableBatches = (events: QueuedEvent[], signer: Signer | undefined) =>
    signer || !credentials ? toBatches(events) : [];

  const protect = () => {
    const signer = credentials?.current();
    const events = phase.isActive() ? inFlight.unprotected() : [];
    scheduleFetchLater(toSignableBatches(events, signer), signer);
  };

  /** Sends a batch, or its halves when the browser refuses it. False once there is no room even for one event. */
  const sendBeacon = (batch: QueuedEvent[], signer: Signer | undefined): boolean => {
    if (transport.beacon(toRequest(batch), signer)) {
      store.markUnconfirmed(batch);
      return true;
    }
    return batch.length > 1 && splitBatch(batch).every((half) => sendBeacon(half, signer));
  };

  const release = () => {
    protect();
    store.releaseOwnership();
  };

  return {
    flush() {
      // Should the page be restored: Firefox and WebKit never tell it the answers of these requests.
      store.markUnconfirmed(inFlight.abandonAll());
      const signer = credentials?.current();
      toSignableBatches(inFlight.unsent(), signer).every((batch) => sendBeacon(batch, signer));
      release();
    },
    release,
    // A signature takes milliseconds on a phone: not in the task of the visitor's own action.
    protectSoon: onceInNextTask(protect),
  };
};
