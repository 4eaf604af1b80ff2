import pThrottle from 'p-throttle';
import { print, printError } from '../output.js';
import { oneLine } from '../printable.js';
import { inBatches } from './batches.js';
import { createDisplay } from './display.js';
import {
  type Interaction,
  type InteractionsOptions,
  type ReadRow,
  type Row,
  readHeader,
  readRows,
  toBody,
} from './interactions.js';
import { type Interrupt, onInterrupt } from './interrupts.js';
import { openProgress } from './progress.js';
import { nameRejected, openRejected } from './rejected.js';
import { replay, STOP_LIMIT_MS } from './replay.js';
import { createSender, type SenderOptions } from './sender.js';
import { openSource, type Source } from './source.js';
import { WrongInput } from './wrong-input.js';

export interface FromCsvOptions extends SenderOptions, InteractionsOptions {
  /** Requests a second, the SDK's repeats among them. */
  rate: number;
  isRestart: boolean;
  isDryRun: boolean;
}

/** A CSV whose header has been read. */
interface Csv {
  source: Source;
  header: string[];
  read: ReadRow;
  /** The rows after the header; read once. */
  rows: AsyncIterable<Row>;
}

const count = (number: number, noun: string) =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

const openCsv = async (path: string, options: InteractionsOptions): Promise<Csv> => {
  const source = await openSource(path);
  const rows = readRows(source);
  const { done, value } = await rows.next();
  if (done) throw new WrongInput(`--from: ${source.name} is empty`);
  const header = value.cells;
  return { source, header, read: readHeader(header, options), rows };
};

/** Prints what would be sent, a request a line. */
const printBodies = async ({ source, read, rows }: Csv, options: FromCsvOptions): Promise<number> => {
  let rejected = 0;
  async function* interactions(): AsyncGenerator<Interaction> {
    for await (const row of rows) {
      const interaction = read(row);
      if (!('problem' in interaction)) yield interaction;
      else {
        rejected++;
        await printError(oneLine(`${source.name}:${row.line}: ${interaction.problem}`));
      }
    }
  }
  let [sentRows, requests] = [0, 0];
  for await (const batch of inBatches(interactions())) {
    sentRows += batch.length;
    requests++;
    await print(JSON.stringify(toBody(options.trackingId, batch)));
  }
  const would = `${count(sentRows, 'row')} would be sent in ${count(requests, 'request')}`;
  await printError(`${would}, ${count(rejected, 'row')} rejected`);
  return rejected ? 1 : 0;
};

const HOW_TO_GO_ON = 'run the same command again to go on from there';
const HOW_TO_REPEAT = 'it cannot be read again from there: send it all again, what was sent is counted once';

/** Replays a CSV of past events, or prints what that would send; resolves to the exit code. */
export const fromCsv = async (path: string, options: FromCsvOptions): Promise<number> => {
  const csv = await openCsv(path, options);
  if (options.isDryRun) return printBodies(csv, options);
  const { source, header, read, rows } = csv;
  const { trackingId, rate, isRestart } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  // One by one, not a second's worth at once. What waits for its turn gives it up when the replay stops.
  const turn = pThrottle({ limit: 1, interval: 1000 / rate, strict: true, signal })(async () => {});
  const { destination, send } = await createSender({ ...options, turn });
  const progress = await openProgress(source, {
    destination: `${trackingId} at ${destination}`,
    isRestart,
    rejectedFile: await nameRejected(source),
  });
  const rejected = await openRejected(progress.rejectedFile, header);
  const { readRows, unsettledRows } = progress.before;
  if (readRows) printError(`going on: ${count(readRows - unsettledRows.length, 'row')} settled before`);

  let interrupt: Interrupt | undefined;
  const display = createDisplay(process.stderr, !!source.file);
  onInterrupt((by) => {
    interrupt ??= by;
    stopping.abort(by.reason);
    if (by.isHeard) display.say(`stops within ${STOP_LIMIT_MS / 1000} s; again to stop at once`);
  });
  const { sentRows, requests, settledRows } = await replay({
    source,
    rows,
    read,
    turn,
    send: (batch) => send(toBody(trackingId, batch)),
    progress,
    rejected,
    display,
    stopping,
  }).finally(() => display.end());
  // Before anything is printed, which may fail.
  await (signal.aborted ? progress.save() : progress.remove());
  const where = rejected.count() ? `: ${rejected.file}` : '';
  printError(
    `${count(sentRows, 'row')} sent in ${count(requests, 'request')}, ${rejected.count()} rejected${where}`,
  );
  if (!signal.aborted) return rejected.count() ? 1 : 0;
  printError(
    `stopped: ${oneLine(`${signal.reason}`)}\n${count(settledRows, 'row')} settled; ${source.file ? HOW_TO_GO_ON : HOW_TO_REPEAT}`,
  );
  return interrupt?.exitCode ?? 1;
};
