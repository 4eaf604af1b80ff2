import { splitBatch, toBatches } from '../../contract/batch.js';
import type { BatchRequest } from '../../contract/put-events-request.js';
import type { Signer } from '../../contract/sigv4.js';
import { onceWhenIdle } from '../platform/lifecycle.js';
import type { PagePhase } from '../platform/page-phase.js';
import type { CredentialsKeeper } from './credentials.js';
import type { EventStore } from './event-store.js';
import { createFetchLaterScheduler } from './fetch-later.js';
import type { InFlight } from './in-flight.js';
import type { QueuedEvent } from './queued-event.js';
import type { Transport } from './transport.js';

/**
 * Delivers the events of a page that goes away: by beacons on unload, by `fetchLater` if the page dies without
 * `pagehide`.
 */
export interface UnloadDelivery {
  /** Hands all waiting events to beacons, and releases the rest to the next page. Synchronous. */
  flush(): void;
  /** Cancels scheduled requests, and releases all events to the next page. */
  release(): void;
  /** In idle time, schedules events with the browser that are in no request that survives the page. */
  protectWhenIdle(): void;
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

  /** Returns no batch if they must be signed and there are no credentials. */
  const toSignableBatches = (events: QueuedEvent[], signer: Signer | undefined) =>
    signer || !credentials ? toBatches(events) : [];

  const protect = () => {
    const signer = credentials?.current();
    const events = phase.isActive() ? inFlight.unprotected() : [];
    scheduleFetchLater(toSignableBatches(events, signer), signer);
  };

  /** Sends a batch, or its halves if the browser refuses it. Returns false once there is no room for even one event. */
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
      // A restored page does not get the responses of these requests in Firefox and WebKit.
      store.markUnconfirmed(inFlight.abandonAll());
      const signer = credentials?.current();
      toSignableBatches(inFlight.unsent(), signer).every((batch) => sendBeacon(batch, signer));
      release();
    },
    release,
    // Signing, `fetchLater` and cancelling it cost more than recording the event.
    protectWhenIdle: onceWhenIdle(protect),
  };
};
