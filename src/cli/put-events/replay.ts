import { setTimeout as wait } from 'node:timers/promises';
import { splitBatch } from '../../contract/batch.js';
import { inBatches } from './batches.js';
import type { Display } from './display.js';
import type { Interaction, ReadRow, Row } from './interactions.js';
import type { Progress } from './progress.js';
import { createRefusals } from './refusals.js';
import type { Rejected } from './rejected.js';
import { refusalOf } from './sender.js';
import type { Source } from './source.js';

/** Requests under way at once: as many as the AWS SDK has connections. */
const MAX_UNDER_WAY = 50;

/**
 * How long requests under way are waited for when a replay stops: answers take a tenth of it as a rule. Rows without one are
 * sent again by the next run, under the same IDs.
 */
export const STOP_LIMIT_MS = 2000;

/** Rejected rows that are printed; the file has all. */
const MAX_LISTED = 20;

export interface ReplayOptions {
  source: Source;
  /** All but the header. */
  rows: AsyncIterable<Row>;
  read: ReadRow;
  /** Waits until one more request may go out. */
  turn(): Promise<void>;
  /** Rejects with the AWS SDK's error. */
  send(batch: Interaction[]): Promise<void>;
  progress: Progress;
  rejected: Rejected;
  display: Display;
  /** Aborted, by the reason, when nothing more is to be begun; the replay does so itself at what stops it. */
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

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

/** Sends a CSV's rows, from where an earlier run has left it. */
export const replay = async ({
  source,
  rows,
  read,
  turn,
  send,
  progress,
  rejected,
  display,
  stopping,
}: ReplayOptions): Promise<Replayed> => {
  const underWay = new Set<Promise<void>>();
  const left = new Set(progress.before.unsettledRows);
  /** Numbers of rows that have been read, by this run or before, and are neither sent nor rejected. */
  const unsettled = new Set(left);
  let readTo = { number: progress.before.readRows, bytes: 0 };
  let sentRows = 0;
  let requests = 0;
  const { signal } = stopping;

  const settledRows = () => readTo.number - unsettled.size;
  const settle = (rows: Row[]) => {
    for (const { number } of rows) unsettled.delete(number);
    progress.note(() => ({ readRows: readTo.number, unsettledRows: [...unsettled] }));
    display.update({ settledRows: settledRows(), share: source.file && readTo.bytes / source.file.size });
  };
  const reject = async (row: Row, reason: string) => {
    // Before it counts as settled: killed in between, it is rejected again.
    await rejected.add(row, reason);
    if (rejected.count() <= MAX_LISTED) display.say(`${source.name}:${row.line}: ${reason}`);
    if (rejected.count() === MAX_LISTED + 1) display.say(`further rows are in ${rejected.file} alone`);
    settle([row]);
  };

  const refusals = createRefusals({
    isAnyAccepted: settledRows() > rejected.count(),
    reject,
    onAllAlike: (reason) => stopping.abort(reason),
  });

  async function* interactions(): AsyncGenerator<Interaction> {
    for await (const row of rows) {
      if (signal.aborted) return;
      if (row.number <= progress.before.readRows) {
        if (!left.has(row.number)) continue;
      } else {
        readTo = row;
        unsettled.add(row.number);
      }
      const interaction = read(row);
      if ('problem' in interaction) await reject(row, interaction.problem);
      else yield interaction;
    }
  }

  const accept = async (batch: Interaction[]) => {
    requests++;
    sentRows += batch.length;
    settle(batch.map(({ row }) => row));
    await refusals.noteAccepted();
  };
  /** One bad row holds back none of the others. */
  const refuse = async (batch: Interaction[], error: unknown) => {
    // A retry of the SDK's gets no turn any more once the replay stops.
    if (signal.aborted) return;
    const refusal = refusalOf(error, batch.length);
    if (refusal.type === 'halt') stopping.abort(refusal.reason);
    else if (refusal.type === 'reject') for (const { row } of batch) await refusals.add(row, refusal.reason);
    else {
      for (const half of splitBatch(batch)) {
        await turn();
        await deliver(half);
      }
    }
  };
  const deliver = (batch: Interaction[]): Promise<void> =>
    send(batch).then(
      () => accept(batch),
      (error) => refuse(batch, error),
    );

  /** Stops at, for example, a full disk. An error after the first, such as that no turn comes any more, changes nothing. */
  const fail = (error: Error) => stopping.abort(error.message);
  const deliverAll = async () => {
    for await (const batch of inBatches(interactions())) {
      while (underWay.size >= MAX_UNDER_WAY) await Promise.race(underWay);
      await turn();
      const delivery = deliver(batch)
        .catch(fail)
        .finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    }
  };

  const isAborted = aborted(signal);
  // A stop waits neither for a pipe's next row nor long for a server's answer.
  await Promise.race([deliverAll().catch(fail), isAborted]);
  await Promise.race([Promise.all(underWay), isAborted.then(() => wait(STOP_LIMIT_MS))]);
  if (!signal.aborted) await refusals.release().catch(fail);
  await source.file?.assertUnchanged().catch(fail);
  if (unsettled.size) stopping.abort('not all rows are settled');
  return { sentRows, requests, settledRows: settledRows() };
};
