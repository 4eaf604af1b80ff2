import pLimit from 'p-limit';
import { splitBatch } from '../contract/batch.js';
import { type Check, firstProblem } from '../contract/validate.js';
import { untilAborted, withTimeLimit } from './deadline.js';
import { type Forward, TIME_LIMIT_MS } from './forward.js';
import { type InvocationContext, startInvocation } from './invocation.js';
import { type KinesisRecord, type RecordedSingle, type Rejected, read } from './kinesis-record.js';
import { createRate } from './rate.js';
import { byRequest, bySession, join } from './regroup.js';
import { classifySdkError } from './sdk-error.js';

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
   * An event that will never be delivered: past a limit, refused by the service, or no event at all. It is awaited, for
   * 25 seconds at most; if it fails, the event counts as not delivered and comes again. Default: `console.error`, without
   * the event's data.
   */
  onRejected?: (rejected: Rejected) => unknown;
  /** What ended an invocation, of which the rest comes again. Default: `console.error`. */
  onError?: (error: unknown) => unknown;
}

/** The service's own limit, for a dataset group (https://docs.aws.amazon.com/personalize/latest/dg/limits.html). */
const SERVICE_REQUESTS_PER_SECOND = 1000;

/** As many connections as a client of the AWS SDK opens, by its default. */
const MAX_SESSIONS_AT_A_TIME = 50;

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
 * client has not overcome by its own attempts (throttling, 5xx, no answer in 25 seconds, missing rights), and two seconds
 * before the function's time is up, it stops and names the first record that is not wholly delivered. Lambda continues
 * from there; what of it had arrived is sent again, and the service counts an event's ID once.
 *
 * It answers half a second before the function's time is up, whatever is pending. The first record is sent before all
 * others, which have their turns in order: each invocation makes progress, also at a low rate and in little time.
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
  const takeTurn = createRate(requestsPerSecond);
  /** A listener that fails fails nothing else. */
  const tell = async (error: unknown) => onError(error);

  return async ({ Records }, context) => {
    const invocation = startInvocation(context);
    const records = Records.map(read);
    const singles = records.flatMap((record) => record.singles);
    /** What is neither delivered nor reported, in the order of the records. */
    const pending = new Set<RecordedSingle | Rejected>(
      records.flatMap((record) => [...record.singles, ...record.rejected]),
    );

    /** Awaits what may never settle, for as long as there is time. */
    const bounded = <T>(what: string, run: (signal: AbortSignal) => T | PromiseLike<T>) =>
      withTimeLimit(TIME_LIMIT_MS, (limit) => {
        const signal = AbortSignal.any([limit, invocation.over]);
        return untilAborted(signal, what, () => run(signal));
      });
    const report = (rejected: Rejected) => bounded('onRejected()', () => onRejected(rejected));

    const send = async (request: RecordedSingle[]): Promise<void> => {
      const [{ sequenceNumber, position, batch }] = request as [RecordedSingle];
      if (!invocation.mayBegin() || !(await takeTurn(position, invocation.stopping))) return;
      if (!invocation.mayBegin()) return;
      try {
        await bounded('forward()', (signal) => forward(join(request), signal));
      } catch (error) {
        const outcome = classifySdkError(error, request.length);
        if (outcome.type === 'split') {
          for (const half of splitBatch(request)) await send(half);
          return;
        }
        if (outcome.type !== 'reject') throw error;
        await report({ sequenceNumber, reason: outcome.reason, data: batch });
      }
      for (const single of request) pending.delete(single);
    };

    let isTold = false;
    const fail = (error: unknown) => {
      if (!isTold) tell(error).catch(console.error);
      isTold = true;
    };

    const sendAll = async (requests: RecordedSingle[][]) => {
      try {
        for (const request of requests) await send(request);
      } catch (error) {
        fail(error);
        invocation.stop();
      }
    };

    /** Sessions side by side, and before them the first record, with which Lambda would otherwise begin again. */
    const deliver = async () => {
      const sessions = bySession(singles).map(byRequest);
      const isOfFirst = ([single]: RecordedSingle[]) => single?.position === singles[0]?.position;
      await sendAll(sessions.flatMap((requests) => requests.filter(isOfFirst)));
      const beside = pLimit(MAX_SESSIONS_AT_A_TIME);
      const rest = sessions.map((requests) => requests.filter((request) => !isOfFirst(request)));
      await Promise.all(rest.map((requests) => beside(() => sendAll(requests))));
    };

    /** Beside what is sent, and no reason not to send: the first records are to be delivered meanwhile. */
    const reportUnreadable = async () => {
      try {
        for (const rejected of records.flatMap((record) => record.rejected)) {
          await report(rejected);
          pending.delete(rejected);
        }
      } catch (error) {
        fail(error);
      }
    };

    await Promise.all([deliver(), reportUnreadable()]);
    invocation.end();
    const [first] = pending;
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
  };
};
