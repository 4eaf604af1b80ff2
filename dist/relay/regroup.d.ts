import type { Batch } from './forward.js';
/** A batch of one event, or of one interaction with an action. */
export interface Single {
    batch: Batch;
}
export declare const apart: (batch: Batch) => Single[];
/** The session of a batch; interactions with actions have each their own, and the first one's counts. */
export declare const sessionOf: (batch: Batch) => string | undefined;
/** What belongs to one session, in the order it came in. */
export declare const bySession: <T extends Single>(singles: T[]) => T[][];
/** Neighbours that one request can carry, as many as the service takes. */
export declare const byRequest: <T extends Single>(singles: T[]) => T[][];
/** The batch of those that one request can carry. */
export declare const join: (singles: Single[]) => Batch;
