import { createReadStream, fstat as fstatCallback, open as openCallback } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import { WrongInput } from '../wrong-input.js';
import { createUtf8Check } from './utf8.js';

/** An open CSV. */
export interface Source {
  /** Name in messages. */
  name: string;
  /** Absent for an input that can be read only once, such as a pipe. */
  file?: {
    path: string;
    size: number;
    /** ISO 8601. */
    modifiedAt: string;
    /** Rejects if it has been written to since it was opened. */
    assertUnchanged(): Promise<void>;
  };
  /** Yields UTF-8. Rejects at the first line that is not, and at the end of a file that was changed meanwhile. */
  read(): AsyncGenerator<Buffer>;
}

// A descriptor stays with its file when another file takes the name. The end of the process closes it.
const open = promisify<string, string, number>(openCallback);
const fstat = promisify(fstatCallback);

const STDIN_PATHS = ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];

/** Returns whether a path is standard input's: it cannot be opened by path when it is a socket. */
export const isStdin = (path: string): boolean => STDIN_PATHS.includes(path);

async function* checked(name: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { add, end } = createUtf8Check(name);
  for await (const chunk of chunks) {
    add(chunk);
    yield chunk;
  }
  end();
}

const openFile = async (path: string, fd: number): Promise<Source> => {
  const { size, mtime } = await fstat(fd);
  const assertUnchanged = async (readBytes = size) => {
    const now = await fstat(fd);
    if (readBytes === size && now.size === size && +now.mtime === +mtime) return;
    throw new WrongInput(
      `${path} has changed while it was read: it had ${size} bytes, and has ${now.size}. ` +
        'Write --restart once nothing writes to it: what was sent is sent again and counted once',
    );
  };
  async function* read() {
    let bytes = 0;
    for await (const chunk of checked(path, createReadStream(path, { fd, start: 0, autoClose: false }))) {
      bytes += chunk.length;
      yield chunk;
    }
    await assertUnchanged(bytes);
  }
  // Reads all of it once, so that a bad line is reported before anything is sent.
  for await (const _ of read());
  return { name: path, file: { path, size, modifiedAt: mtime.toISOString(), assertUnchanged }, read };
};

/** Opens the input that `--from` names: a file, a pipe, or standard input. */
export const openSource = async (path: string): Promise<Source> => {
  if (isStdin(path)) {
    const name = 'standard input';
    return { name, read: () => checked(name, process.stdin) };
  }
  const fd = await open(path, 'r').catch(({ code, message }: NodeJS.ErrnoException) => {
    throw new WrongInput(
      code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read: ${message}`,
    );
  });
  const stats = await fstat(fd);
  if (stats.isDirectory()) throw new WrongInput(`${path} is a folder`);
  if (stats.isFile()) return openFile(path, fd);
  // A pending read of a FIFO keeps the process from ending; that of a socket does not.
  const stream = stats.isFIFO() ? new Socket({ fd, writable: false }) : createReadStream(path, { fd });
  return { name: path, read: () => checked(path, stream) };
};
