import { setTimeout as wait } from 'node:timers/promises';
import { splitBatch } from '../../contract/batch.js';
import { batchRows } from './batch-rows.js';
import type { Interaction, ReadRow, Row } from './interactions.js';
import type { ProgressDisplay } from './progress-display.js';
import type { ProgressFile } from './progress-file.js';
import type { RejectedFile } from './rejected-file.js';
import { classifyFailure } from './sender.js';
import type { Source } from './source.js';
import { createSuspectRows } from './suspect-rows.js';

/** Requests in flight at a time: the AWS SDK's default number of connections. */
const MAX_IN_FLIGHT = 50;

/**
 * Timeout of requests in flight when a replay stops: answers usually take a tenth of it. The next run sends rows without
 * an answer again, with the same IDs.
 */
export const STOP_TIMEOUT_MS = 2000;

/** Rejected rows that are printed; the file holds all. */
const MAX_LISTED = 20;

export interface ReplayOptions {
  source: Source;
  /** All rows but the header. */
  rows: AsyncIterable<Row>;
  read: ReadRow;
  /** Resolves when one more request may be sent. */
  waitForTurn(): Promise<void>;
  /** Rejects with the AWS SDK's error. */
  send(batch: Interaction[]): Promise<void>;
  progress: ProgressFile;
  rejected: RejectedFile;
  display: ProgressDisplay;
  /** Aborted with the reason when nothing more may begin. The replay itself aborts it at an error that stops it. */
  stopping: AbortController;
}

export interface Replayed {
  /** Rows accepted in this run. */
  sentRows: number;
  /** Requests that were accepted in this run. */
  requests: number;
  /** Rows settled in this run and earlier ones. */
  settledRows: number;
}

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

/** Sends a CSV's rows, from where an earlier run has left off. */
export const replay = async ({
  source,
  rows,
  read,
  waitForTurn,
  send,
  progress,
  rejected,
  display,
  stopping,
}: ReplayOptions): Promise<Replayed> => {
  const inFlight = new Set<Promise<void>>();
  const unsettledBefore = new Set(progress.before.unsettledRows);
  /** Numbers of rows that are read, by this run or before, and neither sent nor rejected. */
  const unsettled = new Set(unsettledBefore);
  let readTo = { number: progress.before.readRows, bytes: 0 };
  let sentRows = 0;
  let requests = 0;
  const { signal } = stopping;

  const settledRows = () => readTo.number - unsettled.size;
  const settle = (rows: Row[]) => {
    for (const { number } of rows) unsettled.delete(number);
    progress.update(() => ({ readRows: readTo.number, unsettledRows: [...unsettled] }));
    display.update({ settledRows: settledRows(), share: source.file && readTo.bytes / source.file.size });
  };
  const reject = async (row: Row, reason: string) => {
    // Written before it counts as settled: if the process is killed in between, the row is rejected again.
    await rejected.add(row, reason);
    if (rejected.count() <= MAX_LISTED) display.print(`${source.name}:${row.line}: ${reason}`);
    if (rejected.count() === MAX_LISTED + 1) display.print(`further rows are in ${rejected.file} alone`);
    settle([row]);
  };

  const suspects = createSuspectRows({
    isAnyAccepted: settledRows() > rejected.count(),
    reject,
    onAllAlike: (reason) => stopping.abort(reason),
  });

  /** Notes a row as read. Returns false if an earlier run has settled it. */
  const noteRead = (row: Row): boolean => {
    if (row.number <= progress.before.readRows) return unsettledBefore.has(row.number);
    readTo = row;
    unsettled.add(row.number);
    return true;
  };

  async function* interactions(): AsyncGenerator<Interaction> {
    for await (const row of rows) {
      if (signal.aborted) return;
      if (!noteRead(row)) continue;
      const interaction = read(row);
      if ('problem' in interaction) await reject(row, interaction.problem);
      else yield interaction;
    }
  }

  const onAccepted = async (batch: Interaction[]) => {
    requests++;
    sentRows += batch.length;
    settle(batch.map(({ row }) => row));
    await suspects.onAccepted();
  };
  /** Stops, rejects the rows, or splits the batch: one bad row holds back none of the others. */
  const onFailed = async (batch: Interaction[], error: unknown) => {
    // The SDK's retries fail once the replay stops, since they get no turn.
    if (signal.aborted) return;
    const outcome = classifyFailure(error, batch.length);
    if (outcome.type === 'halt') stopping.abort(outcome.reason);
    else if (outcome.type === 'reject') for (const { row } of batch) await suspects.add(row, outcome.reason);
    else {
      for (const half of splitBatch(batch)) {
        await waitForTurn();
        await deliver(half);
      }
    }
  };
  const deliver = (batch: Interaction[]): Promise<void> =>
    send(batch).then(
      () => onAccepted(batch),
      (error) => onFailed(batch, error),
    );

  /** Stops, for example at a full disk. Later errors change nothing, such as those of requests that get no turn. */
  const fail = (error: Error) => stopping.abort(error.message);
  const deliverAll = async () => {
    for await (const batch of batchRows(interactions())) {
      while (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
      await waitForTurn();
      const delivery = deliver(batch)
        .catch(fail)
        .finally(() => inFlight.delete(delivery));
      inFlight.add(delivery);
    }
  };

  const isAborted = aborted(signal);
  // A stop must not wait for a pipe's next row, nor long for a server's answer.
  await Promise.race([deliverAll().catch(fail), isAborted]);
  await Promise.race([Promise.all(inFlight), isAborted.then(() => wait(STOP_TIMEOUT_MS))]);
  if (!signal.aborted) await suspects.release().catch(fail);
  await source.file?.assertUnchanged().catch(fail);
  if (unsettled.size) stopping.abort('not all rows are settled');
  return { sentRows, requests, settledRows: settledRows() };
};
