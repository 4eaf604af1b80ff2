import pLimit from 'p-limit';
import pThrottle from 'p-throttle';
import { halves } from '../batch.js';
import { type Check, check } from '../lib/check.js';
import { verdictOf } from '../sdk-error.js';
import type { Forward } from './forward.js';
import { type KinesisRecord, type RecordedSingle, type Rejected, read } from './record.js';
import { byRequest, bySession, join } from './regroup.js';

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

/** The service's own limit, for a dataset group (https://docs.aws.amazon.com/personalize/latest/dg/limits.html). */
const SERVICE_REQUESTS_PER_SECOND = 1000;

/** As many connections as a client of the AWS SDK opens, by its default. */
const MAX_SESSIONS_AT_A_TIME = 50;

/** No request is begun later than this before Lambda ends the function: a request that is cut off is sent again. */
const LAST_REQUEST_MS = 2000;

const CHECKS: Record<'forward' | 'requestsPerSecond', Check> = {
  forward: ['a function, such as toPersonalize(client)', (value) => typeof value === 'function'],
  requestsPerSecond: [
    'a whole number from 1; with less than 1 for each consumer, have fewer of them',
    (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  ],
};

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
export const createConsumer = ({
  forward,
  requestsPerSecond = SERVICE_REQUESTS_PER_SECOND,
  onRejected = ({ sequenceNumber, reason }) => console.error(`Record ${sequenceNumber}: ${reason}`),
  onError = console.error,
}: ConsumerOptions): ((
  event: KinesisEvent,
  context?: { getRemainingTimeInMillis(): number },
) => Promise<KinesisBatchResponse>) => {
  const [problem] = check({ forward: forward ?? null, requestsPerSecond }, CHECKS).problems;
  if (problem) throw new Error(`createConsumer: ${problem}`);
  // `strict`: a window that slides. Others let two windows' requests meet at the seam.
  const turn = pThrottle({ limit: requestsPerSecond, interval: 1000, strict: true })(() => {});
  const beside = pLimit(MAX_SESSIONS_AT_A_TIME);

  return async ({ Records }, context) => {
    const records = Records.map(read);
    for (const { rejected } of records) for (const one of rejected) await onRejected(one);

    const singles = records.flatMap((record) => record.singles);
    const undelivered = new Set(singles);
    let isStopped = false;
    const mayGoOn = () => !isStopped && !(context && context.getRemainingTimeInMillis() < LAST_REQUEST_MS);

    const send = async (request: RecordedSingle[]): Promise<void> => {
      await turn();
      if (!mayGoOn()) return;
      const [{ sequenceNumber, batch }] = request as [RecordedSingle];
      try {
        await forward(join(request));
      } catch (error) {
        const verdict = verdictOf(error, request.length);
        if (verdict.do === 'split') {
          for (const half of halves(request)) await send(half);
          return;
        }
        if (verdict.do !== 'drop') throw error;
        await onRejected({ sequenceNumber, reason: verdict.because, data: batch });
      }
      for (const single of request) undelivered.delete(single);
    };

    const sendSession = async (session: RecordedSingle[]) => {
      try {
        for (const request of byRequest(session)) if (mayGoOn()) await send(request);
      } catch (error) {
        if (!isStopped) onError(error);
        isStopped = true;
      }
    };

    await Promise.all(bySession(singles).map((session) => beside(() => sendSession(session))));
    // In the order of the records.
    const [first] = undelivered;
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
  };
};
