import { styleText } from 'node:util';
import { printable } from './printable.js';

// The CLI prints through this file alone, so that no foreign text can control the terminal.

/** The CLI's own text that may hold terminal controls, such as a colour. */
export class Styled {
  constructor(readonly text: string) {}
}

/** Returns whether standard output shows colours: false for a file or a pipe, and with NO_COLOR, which Node reads. */
const hasColours = () => process.stdout.isTTY && process.stdout.hasColors();

/** Returns printable text, in a colour if standard output shows colours. */
export const paint = (colour: Parameters<typeof styleText>[0], text: string): Styled =>
  new Styled(hasColours() ? styleText(colour, printable(text)) : printable(text));

/** Writes a text. Resolves when it is written, or when nobody reads it any more. */
const write = (stream: NodeJS.WritableStream, parts: (string | Styled)[]) =>
  new Promise<void>((resolve) => {
    const text = parts.map((part) => (part instanceof Styled ? part.text : printable(part))).join('');
    stream.write(text, () => resolve());
  });

/** Prints a line on standard output. Await it when printing much: a reader may be slow. */
export const print = (...parts: (string | Styled)[]): Promise<void> =>
  write(process.stdout, [...parts, '\n']);

/** Prints a line on standard error. */
export const printError = (...parts: (string | Styled)[]): Promise<void> =>
  write(process.stderr, [...parts, '\n']);

/** Resolves when all output is written. */
export const flushOutput = (): Promise<unknown> =>
  Promise.all([write(process.stdout, []), write(process.stderr, [])]);

/** 128 + SIGPIPE, the shells' exit code for a process whose output nobody reads. */
export const CLOSED_EXIT_CODE = 141;

/** Error codes after `| head` has ended, or a terminal was closed. */
const CLOSED = ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'];

let handleFailure = (isClosed: boolean): void => process.exit(isClosed ? CLOSED_EXIT_CODE : 1);

/** Calls the listener when output cannot be written. By default that ends the process. */
export const onOutputFailure = (listener: () => void): void => {
  handleFailure = listener;
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
    const isClosed = CLOSED.includes(code);
    if (!isClosed && stream === process.stdout) printError(`standard output cannot be written: ${message}`);
    handleFailure(isClosed);
  });
}
