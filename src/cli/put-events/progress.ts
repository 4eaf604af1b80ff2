import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { WrongInput } from './wrong-input.js';

/** How far a replay has come: of the rows that have been read, all but a few are settled. */
interface State {
  readRows: number;
  /** Their numbers. */
  unsettledRows: number[];
}

/** Of a replay, as it is kept beside the CSV. */
interface Kept extends State {
  /** What the CSV was like. */
  size: number;
  modifiedAt: string;
  /** Where its rows went. */
  destination: string;
}

export interface Progress {
  /** As an earlier run left it. */
  before: State;
  /** Keeps how far it is; within a second, not at once. */
  note(state: () => State): void;
  /** Keeps what was noted last; resolves when it is kept. */
  save(): Promise<void>;
  /** The replay is at its end. */
  remove(): Promise<void>;
}

/** A crash has as much sent again; each time a window of rows may be written. */
const WRITE_EVERY_MS = 1000;

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

  const { readRows = 0, unsettledRows = [] } = kept ?? {};
  const before = { readRows, unsettledRows };
  let latest: () => State = () => before;
  let writtenAt = 0;
  let writing: Promise<void> | undefined;
  const write = async () => {
    writtenAt = Date.now();
    // What is renamed is whole, whenever the process is killed.
    await writeFile(`${file}.new`, `${JSON.stringify({ ...now, ...latest() })}\n`);
    await rename(`${file}.new`, file);
  };
  // Where it cannot be written, that shows before anything is sent.
  await write();

  return {
    before,
    note(state) {
      latest = state;
      if (writing || Date.now() - writtenAt < WRITE_EVERY_MS) return;
      // What fails here fails again in save(), which tells.
      const done = () => {
        writing = undefined;
      };
      writing = write().then(done, done);
    },
    async save() {
      await writing;
      await write();
    },
    async remove() {
      await writing;
      await rm(file, { force: true });
    },
  };
};
