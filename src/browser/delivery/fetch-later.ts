import type { BatchRequest } from '../../contract/put-events-request.js';
import type { Signer } from '../../contract/sigv4.js';
import type { Stop } from '../platform/lifecycle.js';
import type { QueuedEvent } from './queued-event.js';
import type { Transport } from './transport.js';

/** The most batches that are scheduled. The newest are chosen: the store may lack those yet. */
const MAX_SCHEDULED_BATCHES = 5;

/**
 * Schedules batches with the browser, which sends them if the page dies without `pagehide`.
 * @returns schedules the given batches and cancels all others; a batch that is scheduled already stays and is not
 * signed again
 */
export const createFetchLaterScheduler = (
  transport: Pick<Transport, 'sendLater'>,
  toRequest: (batch: QueuedEvent[]) => BatchRequest,
) => {
  /** Functions that cancel a batch, by its body. */
  let scheduled = new Map<string, Stop | undefined>();
  let scheduledWith: Signer | undefined;

  return (batches: QueuedEvent[][], signer: Signer | undefined): void => {
    const requests = batches.slice(-MAX_SCHEDULED_BATCHES).map(toRequest);
    const before = scheduled;
    scheduled = new Map();
    if (signer === scheduledWith) for (const { body } of requests) scheduled.set(body, before.get(body));
    // Cancelled first, to make room: the browser limits the total size.
    for (const [body, cancel] of before) if (!scheduled.has(body)) cancel?.();
    for (const request of requests) {
      scheduled.set(request.body, scheduled.get(request.body) ?? transport.sendLater(request, signer));
    }
    scheduledWith = signer;
  };
};
