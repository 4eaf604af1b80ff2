import { randomUUID } from 'node:crypto';
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isPlainObject } from '../../contract/validate.js';
import type { Source } from './source.js';
import { decodeUtf8 } from './utf8.js';
import { WrongInput } from './wrong-input.js';

/** How far a replay has come: of the rows that have been read, all but a few are settled. */
interface State {
  readRows: number;
  /** Their numbers. */
  unsettledRows: number[];
}

/** A replay's progress file, beside the CSV. */
interface Kept extends State {
  /** The CSV's, when the replay began. */
  size: number;
  modifiedAt: string;
  /** The tracker and endpoint of its rows, for people. */
  destination: string;
  /** Makes the name of the file that is written and then renamed nobody else's. */
  runId: string;
  /** The name of the file beside the CSV that rejected rows are put into. */
  rejectedFile: string;
}

export interface Progress {
  /** As an earlier run left it. */
  before: State;
  /** Path of the CSV that rejected rows are put into. */
  rejectedFile: string;
  /** Keeps how far it is; within a second, not at once. */
  note(state: () => State): void;
  /** Keeps what was noted last; resolves when it is kept. */
  save(): Promise<void>;
  /** The replay is at its end. */
  remove(): Promise<void>;
}

/** A crash has as much sent again; each time a window of rows may be written. */
const WRITE_EVERY_MS = 1000;

const NONE: State = { readRows: 0, unsettledRows: [] };

const isRowNumber = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Checks what a progress file holds. 0.1.0 wrote neither `runId` nor `rejectedFile`. */
const isKept = (value: unknown): value is Omit<Kept, 'runId' | 'rejectedFile'> & Partial<Kept> =>
  isPlainObject(value) &&
  isRowNumber(value.readRows) &&
  Array.isArray(value.unsettledRows) &&
  value.unsettledRows.every(isRowNumber) &&
  Number.isSafeInteger(value.size) &&
  typeof value.modifiedAt === 'string' &&
  typeof value.destination === 'string' &&
  (value.runId === undefined || /^[\w-]{8,64}$/.test(`${value.runId}`)) &&
  (value.rejectedFile === undefined || typeof value.rejectedFile === 'string');

const tryParse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads what an earlier run has kept; a file that no run has written is refused, and so is a symbolic link. */
const readKept = async (file: string) => {
  const stats = await lstat(file).catch(({ code }: NodeJS.ErrnoException) => {
    if (code !== 'ENOENT') throw new WrongInput(`${file} cannot be read: ${code}`);
  });
  if (!stats) return undefined;
  const kept = stats.isFile() ? tryParse(decodeUtf8(await readFile(file), file)) : undefined;
  if (isKept(kept)) return kept;
  throw new WrongInput(`${file} is not the progress of a replay, and would be overwritten. Move it away`);
};

interface ProgressOptions {
  destination: string;
  isRestart: boolean;
  /** Path of the CSV that a new replay puts rejected rows into. */
  rejectedFile: string;
}

/** Keeps nothing: a pipe cannot be read again to go on from there. */
const createNoProgress = (rejectedFile: string): Progress => ({
  before: NONE,
  rejectedFile,
  note() {},
  async save() {},
  async remove() {},
});

/** Opens the progress of a CSV's replay. That of a file that has changed since, or of another destination, is refused. */
export const openProgress = async (
  { file: csv }: Source,
  { destination, isRestart, rejectedFile }: ProgressOptions,
): Promise<Progress> => {
  if (!csv) return createNoProgress(rejectedFile);
  const { path, size, modifiedAt } = csv;
  const file = `${path}.progress`;
  const found = await readKept(file);
  const kept = isRestart ? undefined : found;
  const again = 'write --restart to start over: what was sent from it is sent again and counted once';
  if (kept && (kept.size !== size || kept.modifiedAt !== modifiedAt)) {
    throw new WrongInput(`${path} has changed since ${file} was written (${kept.modifiedAt}); ${again}`);
  }
  if (kept && kept.destination !== destination) {
    throw new WrongInput(`${file} is of a replay to ${kept.destination}, not to ${destination}; ${again}`);
  }

  const { readRows, unsettledRows } = kept ?? NONE;
  const before = { readRows, unsettledRows };
  const run = {
    size,
    modifiedAt,
    destination,
    runId: found?.runId ?? randomUUID(),
    rejectedFile: basename(kept?.rejectedFile ?? rejectedFile),
  };
  const draft = `${file}.${run.runId}.new`;
  let latest: () => State = () => before;
  let writtenAt = 0;
  let writing: Promise<void> | undefined;
  const write = async () => {
    writtenAt = Date.now();
    // An earlier run that was killed may have left it.
    await rm(draft, { force: true });
    // A renamed file is whole, whenever the process is killed.
    await writeFile(draft, `${JSON.stringify({ ...run, ...latest() })}\n`, { flag: 'wx' });
    await rename(draft, file);
  };
  // A folder that cannot be written to shows before anything is sent.
  await write();

  return {
    before,
    rejectedFile: join(dirname(path), run.rejectedFile),
    note(state) {
      latest = state;
      if (writing || Date.now() - writtenAt < WRITE_EVERY_MS) return;
      // An error comes again in save(), which reports it.
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
