import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';
import { printError, Styled } from '../output.js';
import { oneLine } from '../printable.js';

/** The state of a replay. */
interface State {
  settledRows: number;
  /** The part of a file that is read, 0 to 1; absent for a pipe. */
  share?: number | undefined;
}

export interface ProgressDisplay {
  update(state: State): void;
  /** Prints a line above the bar. */
  print(line: string): void;
  end(): void;
}

/** Interval of lines without a terminal: often enough to show life, seldom enough for a log. */
const LINE_EVERY_MS = 5000;

const formatCount = (rows: number) => rows.toLocaleString('en');

/** Moves the cursor to the beginning of the bar's line and clears it. */
const CLEAR_LINE = new Styled('\r\u001b[K');

const BAR = '{bar} {percentage} %  ';

const createBar = (stream: WriteStream, hasShare: boolean): ProgressDisplay => {
  const bar = new SingleBar({
    stream,
    format: `${hasShare ? BAR : ''}{settled} rows  {duration_formatted}`,
    hideCursor: true,
  });
  bar.start(1, 0, { settled: formatCount(0) });
  return {
    update: ({ settledRows, share = 0 }) => bar.update(share, { settled: formatCount(settledRows) }),
    print: (line) => void printError(CLEAR_LINE, oneLine(line)),
    end: () => bar.stop(),
  };
};

const createLines = (now: () => number): ProgressDisplay => {
  let printedAt = now();
  const print = (line: string) => void printError(oneLine(line));
  return {
    update({ settledRows, share }) {
      if (now() - printedAt < LINE_EVERY_MS) return;
      printedAt = now();
      const percentage = share === undefined ? '' : `${Math.floor(share * 100)} %, `;
      print(`${percentage}${formatCount(settledRows)} rows`);
    },
    print,
    end() {},
  };
};

/**
 * Returns a progress bar on a terminal; elsewhere prints a line now and then.
 * @param hasShare whether the length of the input is known
 */
export const createProgressDisplay = (
  stream: WriteStream,
  hasShare: boolean,
  now: () => number = Date.now,
): ProgressDisplay => (stream.isTTY ? createBar(stream, hasShare) : createLines(now));
