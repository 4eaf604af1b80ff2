import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';
import { printError, Styled } from '../output.js';
import { oneLine } from '../printable.js';

/** How far a replay is. */
interface State {
  settledRows: number;
  /** 0 to 1, of a file; of a pipe nobody knows. */
  share?: number | undefined;
}

export interface Display {
  update(state: State): void;
  /** A line for good, which the bar steps aside for. */
  say(line: string): void;
  end(): void;
}

/** Without a terminal: often enough to see that it lives, seldom enough for a log. */
const LINE_EVERY_MS = 5000;

const count = (rows: number) => rows.toLocaleString('en');

/** Ends a bar's line: back to its beginning, and nothing more in it. */
const CLEAR_LINE = new Styled('\r\u001b[K');

const BAR = '{bar} {percentage} %  ';

const createBar = (stream: WriteStream, hasShare: boolean): Display => {
  const bar = new SingleBar({
    stream,
    format: `${hasShare ? BAR : ''}{settled} rows  {duration_formatted}`,
    hideCursor: true,
  });
  bar.start(1, 0, { settled: count(0) });
  return {
    update: ({ settledRows, share = 0 }) => bar.update(share, { settled: count(settledRows) }),
    say: (line) => void printError(CLEAR_LINE, oneLine(line)),
    end: () => bar.stop(),
  };
};

const createLines = (now: () => number): Display => {
  let saidAt = now();
  const say = (line: string) => void printError(oneLine(line));
  return {
    update({ settledRows, share }) {
      if (now() - saidAt < LINE_EVERY_MS) return;
      saidAt = now();
      const percentage = share === undefined ? '' : `${Math.floor(share * 100)} %, `;
      say(`${percentage}${count(settledRows)} rows`);
    },
    say,
    end() {},
  };
};

/**
 * A progress bar on a terminal, a line now and then elsewhere.
 * @param hasShare whether it is known how much there is
 */
export const createDisplay = (
  stream: WriteStream,
  hasShare: boolean,
  now: () => number = Date.now,
): Display => (stream.isTTY ? createBar(stream, hasShare) : createLines(now));
