import pThrottle from 'p-throttle';
import type { SchemaWarning, SentEvent } from '../../server/schema-check.js';
import { type Interrupt, onInterrupt } from '../interrupts.js';
import { print, printError } from '../output.js';
import { oneLine } from '../printable.js';
import { WrongInput } from '../wrong-input.js';
import { batchRows } from './batch-rows.js';
import {
  type Interaction,
  type InteractionsOptions,
  type ReadRow,
  type Row,
  readHeader,
  readRows,
  toBody,
} from './interactions.js';
import { createProgressDisplay } from './progress-display.js';
import { openProgressFile } from './progress-file.js';
import { nameRejectedFile, openRejectedFile } from './rejected-file.js';
import { replay, STOP_TIMEOUT_MS } from './replay.js';
import { withWarnings } from './schema-warnings.js';
import { createSender, type SenderOptions } from './sender.js';
import { openSource, type Source } from './source.js';

export interface FromCsvOptions extends SenderOptions, InteractionsOptions {
  /** Requests a second, the SDK's retries included. */
  rate: number;
  isRestart: boolean;
  isDryRun: boolean;
  /** Returns what the dataset would drop of an event. */
  check?: ((sent: SentEvent) => SchemaWarning[]) | undefined;
}

/** A CSV whose header is read. */
interface Csv {
  source: Source;
  header: string[];
  read: ReadRow;
  /** The rows after the header. They can be read once. */
  rows: AsyncIterable<Row>;
}

const count = (number: number, noun: string) =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

const openCsv = async (path: string, options: FromCsvOptions): Promise<Csv> => {
  const source = await openSource(path);
  const rows = readRows(source);
  const { done, value } = await rows.next();
  if (done) throw new WrongInput(`--from: ${source.name} is empty`);
  const header = value.cells;
  const read = readHeader(header, options);
  const { check } = options;
  return { source, header, read: check ? withWarnings(read, source.name, check) : read, rows };
};

/** Prints the requests that would be sent, one a line. */
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
  for await (const batch of batchRows(interactions())) {
    sentRows += batch.length;
    requests++;
    await print(JSON.stringify(toBody(options.trackingId, batch)));
  }
  const would = `${count(sentRows, 'row')} would be sent in ${count(requests, 'request')}`;
  await printError(`${would}, ${count(rejected, 'row')} rejected`);
  return rejected ? 1 : 0;
};

const HOW_TO_RESUME = 'run the same command again to go on from there';
const HOW_TO_REPEAT = 'it cannot be read again from there: send it all again, what was sent is counted once';

/** Replays a CSV of past events, or prints the requests in a dry run. Resolves to the exit code. */
export const fromCsv = async (path: string, options: FromCsvOptions): Promise<number> => {
  const csv = await openCsv(path, options);
  if (options.isDryRun) return printBodies(csv, options);
  const { source, header, read, rows } = csv;
  const { trackingId, rate, isRestart } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  // One at a time, not a second's share at once. When the replay stops, waiting requests reject.
  const waitForTurn = pThrottle({ limit: 1, interval: 1000 / rate, strict: true, signal })(async () => {});
  const { destination, send } = await createSender({ ...options, waitForTurn });
  const progress = await openProgressFile(source, {
    destination: `${trackingId} at ${destination}`,
    isRestart,
    rejectedFile: await nameRejectedFile(source),
  });
  const rejected = await openRejectedFile(progress.rejectedFile, header);
  const { readRows, unsettledRows } = progress.before;
  if (readRows) printError(`going on: ${count(readRows - unsettledRows.length, 'row')} settled before`);

  let interrupt: Interrupt | undefined;
  const display = createProgressDisplay(process.stderr, !!source.file);
  onInterrupt((cause) => {
    interrupt ??= cause;
    stopping.abort(cause.reason);
    if (cause.isOutputRead) display.print(`stops within ${STOP_TIMEOUT_MS / 1000} s; again to stop at once`);
  });
  const { sentRows, requests, settledRows } = await replay({
    source,
    rows,
    read,
    waitForTurn,
    send: (batch) => send(toBody(trackingId, batch)),
    progress,
    rejected,
    display,
    stopping,
  }).finally(() => display.end());
  // Before anything is printed, since printing may fail.
  await (signal.aborted ? progress.save() : progress.remove());
  const where = rejected.count() ? `: ${rejected.file}` : '';
  printError(
    `${count(sentRows, 'row')} sent in ${count(requests, 'request')}, ${rejected.count()} rejected${where}`,
  );
  if (!signal.aborted) return rejected.count() ? 1 : 0;
  printError(
    `stopped: ${oneLine(`${signal.reason}`)}\n${count(settledRows, 'row')} settled; ${source.file ? HOW_TO_RESUME : HOW_TO_REPEAT}`,
  );
  return interrupt?.exitCode ?? 1;
};
