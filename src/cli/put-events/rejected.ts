import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { oneLine } from '../printable.js';
import { REJECTED_COLUMNS, type Row, readRows } from './interactions.js';
import { openSource, type Source } from './source.js';
import { WrongInput } from './wrong-input.js';

export interface Rejected {
  /** Its path, for example `interactions.rejected.csv`. */
  file: string;
  /** Rows in it. */
  count(): number;
  add(row: Row, reason: string): Promise<void>;
}

/** In the working directory, for rows of what has no place of its own, such as a pipe. */
const UNPLACED = 'put-events';

const isThere = (file: string) =>
  lstat(file).then(
    () => true,
    () => false,
  );

/** A name that no file has, for the rejected rows of a replay that begins: `x.rejected.csv`, `x.rejected-2.csv` … */
export const nameRejected = async ({ file }: Source): Promise<string> => {
  const base = `${file?.path.replace(/\.csv$/i, '') ?? UNPLACED}.rejected`;
  let name = `${base}.csv`;
  for (let number = 2; await isThere(name); number++) name = `${base}-${number}.csv`;
  return name;
};

/** Reads the lines that are in such a file; one that this command has not written is refused, and so is a symbolic link. */
const readLines = async (file: string): Promise<Set<number>> => {
  const lines = new Set<number>();
  const refusal = new WrongInput(`${file} is not of this replay, which would add rows to it. Move it away`);
  if (!(await lstat(file)).isFile()) throw refusal;
  for await (const { number, cells } of readRows(await openSource(file))) {
    if (number > 0) lines.add(Number(cells[0]));
    else if (REJECTED_COLUMNS.some((name, i) => cells[i] !== name)) throw refusal;
  }
  return lines;
};

/**
 * Opens the CSV of refused rows, each with line and reason, which can be corrected and replayed itself.
 * @param file new, or what an earlier run of this replay has begun
 */
export const openRejected = async (file: string, header: string[]): Promise<Rejected> => {
  /** A row that a run before this one has refused is not written twice. */
  const isBegun = await isThere(file);
  const lines = isBegun ? await readLines(file) : new Set<number>();
  // Those of a rejected file that is replayed itself are of its own rows.
  const isOwn = header.map((name) => !REJECTED_COLUMNS.includes(name.toUpperCase()));
  const ownCells = (cells: string[]) => cells.filter((_, i) => isOwn[i] ?? true);

  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  let handle: FileHandle | undefined;
  let written = Promise.resolve();
  const write = async (text: string) => {
    // Follows no link, and takes no file that has come in between.
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
