import type { Item } from './queue.js';
/**
 * The next batch: events of one user and session, the first item's, oldest first. Room that is left goes to
 * `riders`, which warrant no request of their own. Empty when nothing is due.
 */
export declare const nextBatch: (due: Item[], riders?: Item[]) => Item[];
/** All of `items` in as few batches as there can be. */
export declare const toBatches: (items: Item[]) => Item[][];
export declare const halves: (batch: Item[]) => Item[][];
/**
 * A batch as PutEvents takes it, in the order in which AWS's own SDK writes it.
 * @param offset milliseconds to add to the visitor's clock, for events recorded before it was known
 */
export declare const toBody: (trackingId: string, batch: Item[], offset: number) => string;
