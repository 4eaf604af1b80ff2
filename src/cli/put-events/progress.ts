import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { WrongInput } from './wrong-input.js';

/** Of a replay, as it is kept beside the CSV. */
interface Kept {
  /** Of these many rows from the first one on, nothing more is to be done. */
  settledRows: number;
  /** What the CSV was like. */
  size: number;
  modifiedAt: string;
  /** Where its rows went. */
  destination: string;
}

export interface Progress {
  /** As an earlier run left it; 0 without one. */
  settledRows: number;
  /** Keeps that so many rows are settled; soon, not at once. */
  note(settledRows: number): void;
  /** Resolves when all that was noted is kept. */
  saved(): Promise<void>;
  /** The replay is at its end. */
  remove(): Promise<void>;
}

const read = async (file: string): Promise<Kept | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongInput(`${file} is no JSON. Delete it, or write --restart`);
  }
};

/** Opens the progress of a CSV's replay. That of a file that has changed since, or of another destination, is refused. */
export const openProgress = async (
  csv: string,
  destination: string,
  isRestart: boolean,
): Promise<Progress> => {
  const file = `${csv}.progress`;
  const { size, mtime } = await stat(csv);
  const now = { size, modifiedAt: mtime.toISOString(), destination };
  const kept = isRestart ? undefined : await read(file);
  const again = 'write --restart to begin anew: what was sent from it is sent again and counted once';
  if (kept && (kept.size !== now.size || kept.modifiedAt !== now.modifiedAt)) {
    throw new WrongInput(`${csv} has changed since ${file} was written (${kept.modifiedAt}); ${again}`);
  }
  if (kept && kept.destination !== destination) {
    throw new WrongInput(`${file} is of a replay to ${kept.destination}, not to ${destination}; ${again}`);
  }

  let noted = kept?.settledRows ?? 0;
  let written: number | undefined;
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (written !== noted) {
      const settledRows = noted;
      // What is renamed is whole, whenever the process is killed.
      await writeFile(`${file}.new`, `${JSON.stringify({ settledRows, ...now })}\n`);
      await rename(`${file}.new`, file);
      written = settledRows;
    }
    writing = undefined;
  };
  // Where it cannot be written, that shows before anything is sent.
  await write();

  return {
    settledRows: noted,
    note(settledRows) {
      if (settledRows === noted) return;
      noted = settledRows;
      writing ??= write();
      // saved() tells of it.
      writing.catch(() => {});
    },
    async saved() {
      await writing;
    },
    async remove() {
      await writing;
      await rm(file, { force: true });
    },
  };
};
