import { statSync } from 'node:fs';
import { halves } from '../../batch.js';
import { inBatches } from './batches.js';
import type { Display } from './display.js';
import { type Interaction, type ReadRow, type Row, readRows } from './interactions.js';
import type { Progress } from './progress.js';
import type { Rejected } from './rejected.js';
import { refusalOf } from './sender.js';

/** Requests under way at once: as many as the AWS SDK has connections. */
const MAX_UNDER_WAY = 50;

/** Of rejected rows; the file has all. */
const MAX_LISTED = 20;

export interface ReplayOptions {
  csv: string;
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
  /** What the service has taken in this run, and in how many requests. */
  sentRows: number;
  requests: number;
  /** Of the file, earlier runs counted. */
  settledRows: number;
}

/** Sends a CSV's rows, from where an earlier run has left it. */
export const replay = async ({
  csv,
  read,
  turn,
  send,
  progress,
  rejected,
  display,
  stopping,
}: ReplayOptions): Promise<Replayed> => {
  const { size } = statSync(csv);
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
    display.update({ settledRows: settledRows(), share: readTo.bytes / size });
  };
  const reject = async (row: Row, reason: string) => {
    // Before it counts as settled: killed in between, it is rejected again.
    await rejected.add(row, reason);
    if (rejected.count() <= MAX_LISTED) display.say(`${csv}:${row.line}: ${reason}`);
    if (rejected.count() === MAX_LISTED + 1) display.say(`further rows are in ${rejected.file} alone`);
    settle([row]);
  };

  async function* interactions(): AsyncGenerator<Interaction> {
    for await (const row of readRows(csv)) {
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

  /** One bad row holds back none of the others. */
  const deliver = async (batch: Interaction[]): Promise<void> => {
    try {
      await send(batch);
      requests++;
      sentRows += batch.length;
      settle(batch.map(({ row }) => row));
    } catch (error) {
      // Such as of a repeat that was to wait for its turn.
      if (signal.aborted) return;
      const refusal = refusalOf(error, batch.length);
      if (refusal.do === 'halt') stopping.abort(refusal.because);
      else if (refusal.do === 'drop') for (const { row } of batch) await reject(row, refusal.because);
      else {
        for (const half of halves(batch)) {
          await turn();
          await deliver(half);
        }
      }
    }
  };

  /** Such as a disk that is full; and no turn comes once it is stopping. */
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

  await deliverAll().catch(fail);
  await Promise.all(underWay);
  return { sentRows, requests, settledRows: settledRows() };
};
