import type { Forward } from './forward.js';
import { type KinesisRecord, type Rejected } from './record.js';
/** What Lambda calls a consumer with. */
export interface KinesisEvent {
    /** Of one shard, in order. */
    Records: KinesisRecord[];
}
/** What of it is to come again: all from the first that is named (`ReportBatchItemFailures`). */
export interface KinesisBatchResponse {
    /** One at most; none when all is done with. */
    batchItemFailures: {
        /** A record's sequence number. */
        itemIdentifier: string;
    }[];
}
/** What a consumer is made with. */
export interface ConsumerOptions {
    /** Where events go: `toPersonalize(client)`. What it rejects with decides what becomes of them. */
    forward: Forward;
    /**
     * The most requests this consumer begins in any second: a whole number from 1. The service takes 1,000 a second for a
     * dataset group by default, and Lambda runs as many consumers at a time as the stream has shards, times the mapping's
     * `ParallelizationFactor`: each gets that share, or a little less where pages send to the service, too. What the
     * client of the AWS SDK repeats after an error, at intervals that grow, comes on top. Default 1,000.
     */
    requestsPerSecond?: number;
    /**
     * An event that will never be delivered: past a limit, refused by the service, or no event at all. It is awaited,
     * and if it fails the event counts as not delivered and comes again. Default: `console.error`, without the event's data.
     */
    onRejected?: (rejected: Rejected) => unknown;
    /** What ended an invocation, of which the rest comes again. Default: `console.error`. */
    onError?: (error: unknown) => unknown;
}
/**
 * A Lambda handler for the event source mapping of a stream that `toKinesis()` fills; its `FunctionResponseTypes` must
 * have `ReportBatchItemFailures`. Checks each event again, joins those of one session and user into batches of up to ten,
 * and forwards them, a session's in order, sessions side by side, within `requestsPerSecond`.
 *
 * An event that the service refuses (400) is found by halving its batch, reported and passed over. On all else that the
 * client has not overcome by its own attempts (throttling, 5xx, no answer, missing rights), and two seconds before the
 * function's time is up, it stops and names the first record that is not wholly delivered. Lambda goes on from there; what
 * of it had arrived is sent again, and the service counts an event's ID once.
 *
 * Throws at once if an option is wrong, naming it.
 * @example export const handler = createConsumer({ forward: toPersonalize(client), requestsPerSecond: 100 })
 */
export declare const createConsumer: ({ forward, requestsPerSecond, onRejected, onError, }: ConsumerOptions) => ((event: KinesisEvent, context?: {
    getRemainingTimeInMillis(): number;
}) => Promise<KinesisBatchResponse>);
