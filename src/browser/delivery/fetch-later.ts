import type { BatchRequest } from '../../contract/put-events-request.js';
import type { Signer } from '../../contract/sigv4.js';
import type { Stop } from '../platform/lifecycle.js';
import type { Item } from './event-store.js';
import type { Sender } from './transport.js';

/** As many batches are armed, the newest: the store may lack those yet. */
const MAX_ARMED = 5;

/**
 * Leaves batches with the browser, which sends them should the page be gone without a word.
 * @returns leaves these, and takes back what else it was left; what has not changed stays, and is not signed again
 */
export const createArming = (sender: Pick<Sender, 'arm'>, toRequest: (batch: Item[]) => BatchRequest) => {
  /** What takes back each batch, by its body. */
  let armed = new Map<string, Stop | undefined>();
  let armedBy: Signer | undefined;

  return (batches: Item[][], signer: Signer | undefined): void => {
    const requests = batches.slice(-MAX_ARMED).map(toRequest);
    const before = armed;
    armed = new Map();
    if (signer === armedBy) for (const { body } of requests) armed.set(body, before.get(body));
    // First of all: the browser has room for so much.
    for (const [body, disarm] of before) if (!armed.has(body)) disarm?.();
    for (const request of requests) {
      armed.set(request.body, armed.get(request.body) ?? sender.arm(request, signer));
    }
    armedBy = signer;
  };
};
