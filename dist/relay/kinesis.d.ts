import { type KinesisClient } from '@aws-sdk/client-kinesis';
import type { Forward } from './forward.js';
/** Where a relay puts batches, in place of the service. */
export interface KinesisOptions {
    /** The site's own, with its region, credentials, and number of attempts. */
    client: KinesisClient;
    /** The stream's name, 1–128 characters. */
    streamName: string;
}
/**
 * Puts checked batches on a Kinesis data stream, for `createConsumer()` at its other end; the relay's `forward` for
 * traffic beyond one machine. The partition key is the session's ID, so that a session stays in one shard, and in
 * order. A batch is one record; one of actions is one for each session in it.
 *
 * A batch within the service's limits is always within those of a record: ten events of 25 items shown, of 256
 * characters each, are half a mebibyte in JSON that escapes each of them; a record may have one.
 *
 * Rejects as the service would: with `$metadata.httpStatusCode` 429 when the stream throttles, 403 when it refuses for
 * another reason, such as the role's rights or the stream's name. To either a relay answers that the tracker is to keep
 * what it has and try again. The stream's own error is the `cause`. An action batch of several sessions may then be on the
 * stream in part, and comes again whole: the service counts an event's ID once.
 *
 * Throws at once if an option is wrong, naming it.
 * @example createRelay({ trackingId, forward: toKinesis({ client: new KinesisClient({}), streamName: 'events' }) })
 */
export declare const toKinesis: ({ client, streamName }: KinesisOptions) => Forward;
