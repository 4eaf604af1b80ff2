import { appendFile, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { REJECTED_COLUMNS, type Row, readRows } from './interactions.js';

export interface Rejected {
  /** `interactions.rejected.csv` */
  file: string;
  /** Rows in it. */
  count(): number;
  add(row: Row, reason: string): Promise<void>;
}

/** The rows that were refused, with line and reason, in a CSV that can be mended and replayed itself. */
export const openRejected = async (csv: string, header: string[], isResumed: boolean): Promise<Rejected> => {
  const file = `${csv.replace(/\.csv$/i, '')}.rejected.csv`;
  /** A row that a run before this one has refused is not written twice. */
  const lines = new Set<number>();
  if (!isResumed) await rm(file, { force: true });
  else {
    try {
      for await (const { number, cells } of readRows(file)) if (number > 0) lines.add(Number(cells[0]));
    } catch {
      // None was refused so far.
    }
  }
  return {
    file,
    count: () => lines.size,
    async add({ line, cells }, reason) {
      if (lines.has(line)) return;
      const head = lines.size ? [] : [[...REJECTED_COLUMNS, ...header]];
      lines.add(line);
      await appendFile(file, stringify([...head, [line, reason, ...cells]]));
    },
  };
};
