import { type Operation } from '../wire.js';
import type { Batch } from './forward.js';
/** The one tracker of each operation; an operation without one is not relayed. */
export type Trackers = Record<Operation, string | undefined>;
/** A body as a batch; throws the answer where it is past a limit, or for a tracker that is not the site's. */
export declare const toBatch: (operation: Operation, body: unknown, trackers: Trackers) => Batch;
/** The batch as the given user's, whoever the page says it is; without one, an anonymous visitor's. */
export declare const withUserId: (batch: Batch, userId: string | undefined) => Batch;
