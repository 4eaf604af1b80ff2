import { type Check, firstProblem } from '../contract/validate.js';
import type { Forward } from './forward.js';
import { type InvocationContext, startInvocation } from './invocation.js';
import { deliverRecords } from './kinesis-delivery.js';
import { type KinesisRecord, type Rejected, readRecord } from './kinesis-record.js';
import { createRateLimiter } from './rate-limiter.js';

/** The event that Lambda calls a consumer with. */
export interface KinesisEvent {
  /** Records of one shard, in order. */
  Records: KinesisRecord[];
}

/** Tells Lambda to pass again all records from the named one on (`ReportBatchItemFailures`). */
export interface KinesisBatchResponse {
  /** At most one; none when every event is delivered or reported. */
  batchItemFailures: {
    /** A record's sequence number. */
    itemIdentifier: string;
  }[];
}

/** Options of a consumer. */
export interface ConsumerOptions {
  /** Sends events on: `toPersonalize(client)`. The error that it rejects with decides what becomes of them. */
  forward: Forward;
  /**
   * The most requests this consumer begins in any second: a whole number from 1. The service takes 1,000 a second for a
   * dataset group by default, and Lambda runs as many consumers at a time as the stream has shards, times the mapping's
   * `ParallelizationFactor`: give each its share, or a little less if pages send to the service, too. The AWS SDK
   * client's own retries, which have a backoff, come on top. Default 1,000.
   */
  requestsPerSecond?: number;
  /**
   * Called with an event that will never be delivered: past a limit, refused by the service, or no event at all. It is
   * awaited, for 25 seconds at most; if it fails, the event counts as not delivered and is passed again. Default:
   * `console.error`, without the event's data.
   */
  onRejected?: (rejected: Rejected) => unknown;
  /** Called with the error that ended an invocation early; the rest is passed again. Default: `console.error`. */
  onError?: (error: unknown) => unknown;
}

/** The service's own limit of a dataset group (https://docs.aws.amazon.com/personalize/latest/dg/limits.html). */
const SERVICE_REQUESTS_PER_SECOND = 1000;

const CHECKS: Record<'forward' | 'requestsPerSecond', Check> = {
  forward: ['a function, such as toPersonalize(client)', (value) => typeof value === 'function'],
  requestsPerSecond: [
    'a whole number from 1; with less than 1 for each consumer, have fewer of them',
    (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  ],
};

/**
 * Returns a Lambda handler for the event source mapping of a stream that `toKinesis()` fills; its
 * `FunctionResponseTypes` must have `ReportBatchItemFailures`. The handler checks each event again, merges those of one
 * session and user into batches of up to ten, and forwards them within `requestsPerSecond`: the events of a session in
 * order, sessions in parallel.
 *
 * An event that the service refuses (400) is found by splitting its batch, reported and skipped. The handler stops at any
 * other error that the client's own retries have not overcome (throttling, 5xx, no answer in 25 seconds, missing rights),
 * and two seconds before the function's time is up. It then names the first record that is not wholly delivered, and
 * Lambda continues from there. Events that had arrived are sent again; the service counts an event's ID once.
 *
 * The handler answers half a second before the function's time is up, whatever is pending. The first record is sent before
 * all others, which follow in order: each invocation makes progress, also at a low rate and in little time.
 *
 * Throws at once if an option is wrong, naming it.
 * @example export const handler = createConsumer({ forward: toPersonalize(client), requestsPerSecond: 100 })
 */
export const createConsumer = ({
  forward,
  requestsPerSecond = SERVICE_REQUESTS_PER_SECOND,
  onRejected = ({ sequenceNumber, reason }) => console.error(`Record ${sequenceNumber}: ${reason}`),
  onError = console.error,
}: ConsumerOptions): ((
  event: KinesisEvent,
  context?: InvocationContext,
) => Promise<KinesisBatchResponse>) => {
  const problem = firstProblem({ forward, requestsPerSecond }, CHECKS, ['forward']);
  if (problem) throw new Error(`createConsumer: ${problem}`);
  const waitForTurn = createRateLimiter(requestsPerSecond);
  /** Calls the listener; its own failure must not fail the invocation. */
  const reportError = (error: unknown) => {
    const notify = async () => onError(error);
    notify().catch(console.error);
  };

  return async ({ Records }, context) => {
    const invocation = startInvocation(context);
    const options = { forward, waitForTurn, onRejected, onError: reportError };
    const firstPending = await deliverRecords(Records.map(readRecord), invocation, options);
    invocation.end();
    return { batchItemFailures: firstPending ? [{ itemIdentifier: firstPending.sequenceNumber }] : [] };
  };
};
