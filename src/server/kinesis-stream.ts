import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { type Check, firstProblem, isPlainObject, text } from '../contract/validate.js';
import type { Batch } from './forward.js';
import { groupBySession, mergeBatches, sessionOf, splitBatchByEvent } from './regroup.js';

/** Options of `toKinesis()`. */
export interface KinesisOptions {
  /** The site's client, with its region, credentials and number of attempts. */
  client: KinesisClient;
  /** The stream's name, 1–128 characters. */
  streamName: string;
}

const CHECKS = {
  client: ['a KinesisClient', isPlainObject] as Check,
  // Kinesis's own limit.
  streamName: text(128),
};

/** The properties of an AWS SDK error that are read. */
interface StreamError {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
}

/** Names of throttling errors: Kinesis answers 400 to these, as to every error of the caller. */
const THROTTLING = /Throttl|ThroughputExceeded|LimitExceeded/;

/**
 * Translates a stream's error into one of the service's. There 400 blames the batch: a tracker splits it and drops the
 * bad event. The stream's 400 blames no event: the stream is full, or the relay's configuration is wrong.
 */
const toServiceError = (error: StreamError) => {
  const { name, message, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (!status || status >= 500) return error;
  const refusal =
    status === 429 || THROTTLING.test(name)
      ? // A relay passes this message on to pages: the stream's own names the account.
        { name: 'ThrottlingException', message: 'the stream is full for now', status: 429 }
      : { name, message, status: 403 };
  return Object.assign(new Error(refusal.message), {
    name: refusal.name,
    $metadata: { ...$metadata, httpStatusCode: refusal.status },
    cause: error,
  });
};

/** Returns the records of a batch, one for each session. */
const recordsOf = (batch: Batch) => groupBySession(splitBatchByEvent(batch)).map(mergeBatches);

/**
 * Returns a relay's `forward` for traffic beyond one machine: it puts batches on a Kinesis data stream, for
 * `createConsumer()` at the other end. The partition key is the session's ID, so that a session stays in one shard, and
 * in order. A batch is one record; a batch of actions is one record for each session in it.
 *
 * A batch within the service's limits is always within those of a record: ten events with an impression of 25 items, of
 * 256 characters each, are half a mebibyte in JSON that escapes every character; a record may have one mebibyte.
 *
 * Rejects as the service would: with `$metadata.httpStatusCode` 429 when the stream throttles, 403 when it refuses for
 * another reason, such as the role's rights or the stream's name. To both a relay answers that the tracker is to keep the
 * batch and retry. The stream's own error is the `cause`. A batch of actions of several sessions may then be on the
 * stream in part, and all of it is sent again: the service counts an event's ID once.
 *
 * Throws at once if an option is wrong, naming it.
 * @example createRelay({ trackingId, forward: toKinesis({ client: new KinesisClient({}), streamName: 'events' }) })
 */
export const toKinesis = ({ client, streamName }: KinesisOptions) => {
  const problem = firstProblem({ client, streamName }, CHECKS, ['client', 'streamName']);
  if (problem) throw new Error(`toKinesis: ${problem}`);
  return async (batch: Batch, signal?: AbortSignal): Promise<void> => {
    try {
      for (const record of recordsOf(batch)) {
        await client.send(
          new PutRecordCommand({
            StreamName: streamName,
            PartitionKey: sessionOf(record),
            Data: new TextEncoder().encode(JSON.stringify(record)),
          }),
          { ...(signal && { abortSignal: signal }) },
        );
      }
    } catch (error) {
      throw toServiceError(error as StreamError);
    }
  };
};
