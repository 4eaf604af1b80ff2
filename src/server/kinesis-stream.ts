import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { type Check, firstProblem, isPlainObject, text } from '../contract/validate.js';
import type { Batch } from './forward.js';
import { bySession, join, sessionOf, splitBatchByEvent } from './regroup.js';

/** Where a relay puts batches, in place of the service. */
export interface KinesisOptions {
  /** The site's own, with its region, credentials, and number of attempts. */
  client: KinesisClient;
  /** The stream's name, 1–128 characters. */
  streamName: string;
}

const CHECKS = {
  client: ['a KinesisClient', isPlainObject] as Check,
  // Kinesis's own limit.
  streamName: text(128),
};

/** What the SDK has of an error, when the stream has answered with one. */
interface StreamError {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
}

/** Kinesis answers 400 to these, as to everything that is not its own fault. */
const THROTTLING = /Throttl|ThroughputExceeded|LimitExceeded/;

/**
 * A stream's refusal in the terms of the service, where 400 says that the batch is at fault, which makes a tracker split
 * it and drop what is left. Of a stream it says that it is full, or that whoever puts something on it has to mend it.
 */
const inTermsOfTheService = (error: StreamError) => {
  const { name, message, $metadata } = error;
  const status = $metadata?.httpStatusCode;
  if (!status || status >= 500) return error;
  const refusal =
    status === 429 || THROTTLING.test(name)
      ? // A relay hands this on to pages: the stream's own words name the account.
        { name: 'ThrottlingException', message: 'the stream is full for now', status: 429 }
      : { name, message, status: 403 };
  return Object.assign(new Error(refusal.message), {
    name: refusal.name,
    $metadata: { ...$metadata, httpStatusCode: refusal.status },
    cause: error,
  });
};

/** Each session has a record of its own. */
const recordsOf = (batch: Batch) => bySession(splitBatchByEvent(batch)).map(join);

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
      throw inTermsOfTheService(error as StreamError);
    }
  };
};
