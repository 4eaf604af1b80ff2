import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { oneLine } from '../printable.js';
import { WrongInput } from '../wrong-input.js';
import { REJECTED_COLUMNS, type Row, readRows } from './interactions.js';
import { openSource, type Source } from './source.js';

export interface RejectedFile {
  /** Path, for example `interactions.rejected.csv`. */
  file: string;
  /** Returns the number of rows in it. */
  count(): number;
  add(row: Row, reason: string): Promise<void>;
}

/** Name in the working directory for rows of a pipe. */
const PIPE_NAME = 'put-events';

const exists = (file: string) =>
  lstat(file).then(
    () => true,
    () => false,
  );

/** Returns a free name for the rejected rows of a new replay: `x.rejected.csv`, `x.rejected-2.csv` … */
export const nameRejectedFile = async ({ file }: Source): Promise<string> => {
  const base = `${file?.path.replace(/\.csv$/i, '') ?? PIPE_NAME}.rejected`;
  let name = `${base}.csv`;
  for (let number = 2; await exists(name); number++) name = `${base}-${number}.csv`;
  return name;
};

/** Reads the line numbers in such a file. Throws at one that this command has not written, and at a symbolic link. */
const readLines = async (file: string): Promise<Set<number>> => {
  const lines = new Set<number>();
  const notOurs = new WrongInput(`${file} is not of this replay, which would add rows to it. Move it away`);
  if (!(await lstat(file)).isFile()) throw notOurs;
  for await (const { number, cells } of readRows(await openSource(file))) {
    if (number > 0) lines.add(Number(cells[0]));
    else if (REJECTED_COLUMNS.some((name, i) => cells[i] !== name)) throw notOurs;
  }
  return lines;
};

/**
 * Opens the CSV of rejected rows, each with line and reason. It can be corrected and replayed itself.
 * @param file new, or begun by an earlier run of this replay
 */
export const openRejectedFile = async (file: string, header: string[]): Promise<RejectedFile> => {
  // A row that an earlier run has rejected is not written twice.
  const isBegun = await exists(file);
  const lines = isBegun ? await readLines(file) : new Set<number>();
  // When a rejected file is itself replayed, its extra columns are left out.
  const isOwn = header.map((name) => !REJECTED_COLUMNS.includes(name.toUpperCase()));
  const ownCells = (cells: string[]) => cells.filter((_, i) => isOwn[i] ?? true);

  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  let handle: FileHandle | undefined;
  let written = Promise.resolve();
  const write = async (text: string) => {
    // Follows no symbolic link, and accepts no file that was created meanwhile.
    handle ??= await open(file, O_WRONLY | O_APPEND | (isBegun ? O_NOFOLLOW : O_CREAT | O_EXCL));
    await handle.appendFile(text);
  };

  return {
    file,
    count: () => lines.size,
    add({ line, cells }, reason) {
      if (lines.has(line)) return written;
      const head = lines.size ? [] : [[...REJECTED_COLUMNS, ...ownCells(header)]];
      lines.add(line);
      written = written.then(() => write(stringify([...head, [line, oneLine(reason), ...ownCells(cells)]])));
      return written;
    },
  };
};
