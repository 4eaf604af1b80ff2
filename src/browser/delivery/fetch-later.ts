import type { BatchRequest } from '../../contract/put-events-request.js';
import type { Signer } from '../../contract/sigv4.js';
import type { Stop } from '../platform/lifecycle.js';
import type { QueuedEvent } from './queued-event.js';
import type { Transport } from './transport.js';

/** As many batches are armed, the newest: the store may lack those yet. */
const MAX_SCHEDULED_BATCHES = 5;

/**
 * Leaves batches with the browser, which sends them should the page be gone without a word.
 * @returns leaves these, and takes back what else it was left; what has not changed stays, and is not signed again
 */
export const createFetchLaterScheduler = (
  sender: Pick<Transport, 'sendLater'>,
  toRequest: (batch: QueuedEvent[]) => BatchRequest,
) => {
  /** What takes back each batch, by its body. */
  let scheduled = new Map<string, Stop | undefined>();
  let scheduledWith: Signer | undefined;

  return (batches: QueuedEvent[][], signer: Signer | undefined): void => {
    const requests = batches.slice(-MAX_SCHEDULED_BATCHES).map(toRequest);
    const before = scheduled;
    scheduled = new Map();
    if (signer === scheduledWith) for (const { body } of requests) scheduled.set(body, before.get(body));
    // First of all: the browser has room for so much.
    for (const [body, disarm] of before) if (!scheduled.has(body)) disarm?.();
    for (const request of requests) {
      scheduled.set(request.body, scheduled.get(request.body) ?? sender.sendLater(request, signer));
    }
    scheduledWith = signer;
  };
};
