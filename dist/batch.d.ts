import type { Item } from './queue.js';
/** The service takes up to ten events a request. */
export declare const MAX_BATCH_EVENTS = 10;
/** Actions have an operation of their own. */
export declare const isOfAction: ({ event }: Item) => boolean;
/**
 * The next batch: events of one user, session and operation, the first item's, oldest first. Room that is left goes to
 * `riders`, which warrant no request of their own. Empty when nothing is due.
 */
export declare const nextBatch: (due: Item[], riders?: Item[]) => Item[];
/** All of `items` in as few batches as there can be. */
export declare const toBatches: (items: Item[]) => Item[][];
export declare const halves: <T>(batch: T[]) => T[][];
/** What a batch is sent as. */
export interface BatchRequest {
    url: string;
    body: string;
}
/** Where batches go. */
export interface Destination {
    trackingId: string;
    actionTrackingId?: string | undefined;
    endpointUrl: string;
}
/**
 * A batch as PutEvents takes it, in the order in which AWS's own SDK writes it, or as PutActionInteractions does.
 * @param offset milliseconds to add to the visitor's clock, for events recorded before it was known
 */
export declare const toRequest: ({ trackingId, actionTrackingId, endpointUrl }: Destination, batch: Item[], offset: number) => BatchRequest;
