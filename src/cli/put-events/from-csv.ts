import { existsSync } from 'node:fs';
import pThrottle from 'p-throttle';
import { inBatches } from './batches.js';
import { createDisplay } from './display.js';
import { type Interaction, type InteractionsOptions, readHeader, readRows, toBody } from './interactions.js';
import { openProgress } from './progress.js';
import { openRejected } from './rejected.js';
import { replay } from './replay.js';
import { createSender, type SenderOptions } from './sender.js';
import { WrongInput } from './wrong-input.js';

export interface FromCsvOptions extends SenderOptions, InteractionsOptions {
  /** Requests a second, the SDK's repeats among them. */
  rate: number;
  isRestart: boolean;
  isDryRun: boolean;
}

const count = (number: number, noun: string) =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

const openHeader = async (csv: string): Promise<string[]> => {
  if (!existsSync(csv)) throw new WrongInput(`--from: there is no file ${csv}`);
  for await (const { cells } of readRows(csv)) return cells;
  throw new WrongInput(`--from: ${csv} is empty`);
};

/** Prints what would be sent, a request a line. */
const print = async (csv: string, header: string[], options: FromCsvOptions): Promise<number> => {
  const read = readHeader(header, options);
  let rejected = 0;
  async function* interactions(): AsyncGenerator<Interaction> {
    for await (const row of readRows(csv)) {
      if (row.number === 0) continue;
      const interaction = read(row);
      if (!('problem' in interaction)) yield interaction;
      else {
        rejected++;
        console.error(`${csv}:${row.line}: ${interaction.problem}`);
      }
    }
  }
  let [rows, requests] = [0, 0];
  for await (const batch of inBatches(interactions())) {
    rows += batch.length;
    requests++;
    console.log(JSON.stringify(toBody(options.trackingId, batch)));
  }
  const would = `${count(rows, 'row')} would be sent in ${count(requests, 'request')}`;
  console.error(`${would}, ${count(rejected, 'row')} rejected`);
  return rejected ? 1 : 0;
};

/** Aborted by Ctrl+C; a second one ends the process as the first would have. */
const stopAtInterrupt = () => {
  const stopping = new AbortController();
  const abort = () => stopping.abort('interrupted');
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return { stopping, forget: () => process.off('SIGINT', abort).off('SIGTERM', abort) };
};

/** Replays a CSV of past events, or prints what that would send; resolves to the exit code. */
export const fromCsv = async (csv: string, options: FromCsvOptions): Promise<number> => {
  const header = await openHeader(csv);
  if (options.isDryRun) return print(csv, header, options);
  const read = readHeader(header, options);
  const { stopping, forget } = stopAtInterrupt();
  const { signal } = stopping;
  // One by one, not a second's worth at once. What waits for its turn gives it up when the replay stops.
  const turn = pThrottle({ limit: 1, interval: 1000 / options.rate, strict: true, signal })(async () => {});
  const { destination, send } = await createSender({ ...options, turn });
  const to = `${options.trackingId} at ${destination}`;
  const progress = await openProgress(csv, to, options.isRestart);
  const rejected = await openRejected(csv, header, progress.before.readRows > 0);
  const { readRows, unsettledRows } = progress.before;
  if (readRows) console.error(`going on: ${count(readRows - unsettledRows.length, 'row')} settled before`);

  const display = createDisplay(process.stderr);
  const { trackingId } = options;
  const { sentRows, requests, settledRows } = await replay({
    csv,
    read,
    turn,
    send: (batch) => send(toBody(trackingId, batch)),
    progress,
    rejected,
    display,
    stopping,
  }).finally(() => {
    forget();
    display.end();
  });
  const where = rejected.count() ? `: ${rejected.file}` : '';
  console.error(
    `${count(sentRows, 'row')} sent in ${count(requests, 'request')}, ${rejected.count()} rejected${where}`,
  );
  if (signal.aborted) {
    await progress.save();
    console.error(
      `stopped: ${signal.reason}\n${count(settledRows, 'row')} settled; run the same command again to go on from there`,
    );
    return 1;
  }
  await progress.remove();
  return rejected.count() ? 1 : 0;
};
