import type { BatchRequest } from './batch.js';
import type { Item } from './queue.js';
import type { Sender } from './send.js';
import type { Signer } from './sign.js';
/**
 * Leaves batches with the browser, which sends them should the page be gone without a word.
 * @returns leaves these, and takes back what else it was left; what has not changed stays, and is not signed again
 */
export declare const createArming: (sender: Pick<Sender, 'arm'>, toRequest: (batch: Item[]) => BatchRequest) => (batches: Item[][], signer: Signer | undefined) => void;
