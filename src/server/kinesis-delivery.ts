import pLimit from 'p-limit';
import { splitBatch } from '../contract/batch.js';
import type { Outcome } from '../contract/retry-policy.js';
import { rejectOnAbort, withTimeout } from './deadline.js';
import { FORWARD_TIMEOUT_MS, type Forward } from './forward.js';
import type { Invocation } from './invocation.js';
import type { RecordContent, Rejected, StreamEvent } from './kinesis-record.js';
import type { WaitForTurn } from './rate-limiter.js';
import { groupByRequest, groupBySession, mergeBatches } from './regroup.js';
import { classifySdkError } from './sdk-error.js';

export interface DeliverRecordsOptions {
  forward: Forward;
  waitForTurn: WaitForTurn;
  onRejected(rejected: Rejected): unknown;
  /** Called with the first error alone. */
  onError(error: unknown): void;
}

/** The default number of connections that a client of the AWS SDK opens. */
const MAX_PARALLEL_SESSIONS = 50;

/**
 * Forwards the events of one invocation, and reports those that are rejected, until all are done, an error ends it, or
 * its time is up. Never rejects.
 * @returns the first event, in the order of the records, that is neither delivered nor reported
 */
export const deliverRecords = async (
  records: RecordContent[],
  invocation: Invocation,
  { forward, waitForTurn, onRejected, onError }: DeliverRecordsOptions,
): Promise<StreamEvent | Rejected | undefined> => {
  const pending = new Set<StreamEvent | Rejected>(
    records.flatMap(({ events, rejected }) => [...events, ...rejected]),
  );
  let hasFailed = false;

  /** Awaits what may never settle, until the timeout or the end of the invocation. */
  const runWithTimeout = <T>(what: string, run: (signal: AbortSignal) => T | PromiseLike<T>) =>
    withTimeout(FORWARD_TIMEOUT_MS, (timeout) => {
      const signal = AbortSignal.any([timeout, invocation.over]);
      return rejectOnAbort(signal, what, () => run(signal));
    });

  const report = (rejected: Rejected) => runWithTimeout('onRejected()', () => onRejected(rejected));

  const fail = (error: unknown) => {
    if (!hasFailed) onError(error);
    hasFailed = true;
  };

  /** Resolves to the outcome of a refused request; rejects with the error of one that must be sent again. */
  const forwardRequest = async (request: StreamEvent[]): Promise<Outcome | undefined> => {
    try {
      await runWithTimeout('forward()', (signal) => forward(mergeBatches(request), signal));
      return undefined;
    } catch (error) {
      const outcome = classifySdkError(error, request.length);
      if (outcome.type !== 'split' && outcome.type !== 'reject') throw error;
      return outcome;
    }
  };

  const send = async (request: StreamEvent[]): Promise<void> => {
    const [{ sequenceNumber, position, batch }] = request as [StreamEvent];
    if (!invocation.mayBegin() || !(await waitForTurn(position, invocation.stopping))) return;
    // The wait may have taken the rest of the time.
    if (!invocation.mayBegin()) return;
    const outcome = await forwardRequest(request);
    if (outcome?.type === 'split') {
      for (const half of splitBatch(request)) await send(half);
      return;
    }
    if (outcome?.type === 'reject') await report({ sequenceNumber, reason: outcome.reason, data: batch });
    for (const event of request) pending.delete(event);
  };

  const sendInOrder = async (requests: StreamEvent[][]) => {
    try {
      for (const request of requests) await send(request);
    } catch (error) {
      fail(error);
      invocation.stop();
    }
  };

  /** Sends the first record before all others, since Lambda would begin again with it; after that, sessions in parallel. */
  const sendAll = async () => {
    const events = records.flatMap((record) => record.events);
    const sessions = groupBySession(events).map(groupByRequest);
    const isOfFirstRecord = ([event]: StreamEvent[]) => event?.position === events[0]?.position;
    await sendInOrder(sessions.flatMap((requests) => requests.filter(isOfFirstRecord)));
    const limit = pLimit(MAX_PARALLEL_SESSIONS);
    const rest = sessions.map((requests) => requests.filter((request) => !isOfFirstRecord(request)));
    await Promise.all(rest.map((requests) => limit(() => sendInOrder(requests))));
  };

  /** Reports invalid events. Sending goes on meanwhile, and also if a report fails. */
  const reportInvalid = async () => {
    try {
      for (const rejected of records.flatMap((record) => record.rejected)) {
        await report(rejected);
        pending.delete(rejected);
      }
    } catch (error) {
      fail(error);
    }
  };

  await Promise.all([sendAll(), reportInvalid()]);
  const [first] = pending;
  return first;
};
