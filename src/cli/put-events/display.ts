import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';

/** How far a replay is. */
interface State {
  settledRows: number;
  /** 0 to 1, of the file. */
  share: number;
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
const CLEAR_LINE = '\r\u001b[K';

const createBar = (stream: WriteStream): Display => {
  const bar = new SingleBar({
    stream,
    format: '{bar} {percentage} %  {settled} rows  {duration_formatted}',
    hideCursor: true,
  });
  bar.start(1, 0, { settled: count(0) });
  return {
    update: ({ settledRows, share }) => bar.update(share, { settled: count(settledRows) }),
    say: (line) => stream.write(`${CLEAR_LINE}${line}\n`),
    end: () => bar.stop(),
  };
};

const createLines = (stream: NodeJS.WritableStream, now: () => number): Display => {
  let saidAt = now();
  const say = (line: string) => stream.write(`${line}\n`);
  return {
    update({ settledRows, share }) {
      if (now() - saidAt < LINE_EVERY_MS) return;
      saidAt = now();
      say(`${Math.floor(share * 100)} %, ${count(settledRows)} rows`);
    },
    say,
    end() {},
  };
};

/** A progress bar on a terminal, a line now and then elsewhere. */
export const createDisplay = (stream: WriteStream, now: () => number = Date.now): Display =>
  stream.isTTY ? createBar(stream) : createLines(stream, now);
