import { randomUUID } from 'node:crypto';
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isPlainObject } from '../../contract/validate.js';
import { WrongInput } from '../wrong-input.js';
import type { Source } from './source.js';
import { decodeUtf8 } from './utf8.js';

/** The state of a replay: of the rows that are read, all but the unsettled ones are sent or rejected. */
interface State {
  readRows: number;
  /** Row numbers. */
  unsettledRows: number[];
}

/** The content of a progress file, which lies beside the CSV. */
interface StoredProgress extends State {
  /** The CSV's size when the replay began. */
  size: number;
  modifiedAt: string;
  /** The tracker and endpoint of its rows, as shown to people. */
  destination: string;
  /** Makes the name of the temporary file unique. */
  runId: string;
  /** The name of the file of rejected rows, beside the CSV. */
  rejectedFile: string;
}

export interface ProgressFile {
  /** The state that an earlier run left. */
  before: State;
  /** Path of the CSV of rejected rows. */
  rejectedFile: string;
  /** Writes the state within a second, not at once. */
  update(state: () => State): void;
  /** Writes the latest state; resolves when it is written. */
  save(): Promise<void>;
  /** Deletes the file when the replay is complete. */
  remove(): Promise<void>;
}

/** Events sent since the last write are sent again after a crash. Each write may hold a whole window of rows. */
const WRITE_EVERY_MS = 1000;

const NONE: State = { readRows: 0, unsettledRows: [] };

const isRowNumber = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Checks the content of a progress file. 0.1.0 wrote neither `runId` nor `rejectedFile`. */
const isStoredProgress = (
  value: unknown,
): value is Omit<StoredProgress, 'runId' | 'rejectedFile'> & Partial<StoredProgress> =>
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

/** Reads the progress of an earlier run. Throws at a file that no run has written, and at a symbolic link. */
const readStored = async (file: string) => {
  const stats = await lstat(file).catch(({ code }: NodeJS.ErrnoException) => {
    if (code !== 'ENOENT') throw new WrongInput(`${file} cannot be read: ${code}`);
  });
  if (!stats) return undefined;
  const stored = stats.isFile() ? tryParse(decodeUtf8(await readFile(file), file)) : undefined;
  if (isStoredProgress(stored)) return stored;
  throw new WrongInput(`${file} is not the progress of a replay, and would be overwritten. Move it away`);
};

interface ProgressFileOptions {
  destination: string;
  isRestart: boolean;
  /** Path of a new replay's CSV of rejected rows. */
  rejectedFile: string;
}

/** Returns one that stores nothing: a pipe cannot be read again. */
const createNoProgressFile = (rejectedFile: string): ProgressFile => ({
  before: NONE,
  rejectedFile,
  update() {},
  async save() {},
  async remove() {},
});

/** Opens the progress of a CSV's replay. Throws if the CSV has changed since, or if it is for another destination. */
export const openProgressFile = async (
  { file: csv }: Source,
  { destination, isRestart, rejectedFile }: ProgressFileOptions,
): Promise<ProgressFile> => {
  if (!csv) return createNoProgressFile(rejectedFile);
  const { path, size, modifiedAt } = csv;
  const file = `${path}.progress`;
  const stored = await readStored(file);
  const resumed = isRestart ? undefined : stored;
  const howToRestart = 'write --restart to start over: what was sent from it is sent again and counted once';
  if (resumed && (resumed.size !== size || resumed.modifiedAt !== modifiedAt)) {
    throw new WrongInput(
      `${path} has changed since ${file} was written (${resumed.modifiedAt}); ${howToRestart}`,
    );
  }
  if (resumed && resumed.destination !== destination) {
    throw new WrongInput(
      `${file} is of a replay to ${resumed.destination}, not to ${destination}; ${howToRestart}`,
    );
  }

  const { readRows, unsettledRows } = resumed ?? NONE;
  const before = { readRows, unsettledRows };
  const run = {
    size,
    modifiedAt,
    destination,
    runId: stored?.runId ?? randomUUID(),
    rejectedFile: basename(resumed?.rejectedFile ?? rejectedFile),
  };
  const temporaryFile = `${file}.${run.runId}.new`;
  let latest: () => State = () => before;
  let writtenAt = 0;
  let writing: Promise<void> | undefined;
  const write = async () => {
    writtenAt = Date.now();
    // A killed run may have left it.
    await rm(temporaryFile, { force: true });
    // A rename is atomic: the file stays complete even if the process is killed.
    await writeFile(temporaryFile, `${JSON.stringify({ ...run, ...latest() })}\n`, { flag: 'wx' });
    await rename(temporaryFile, file);
  };
  // Fails before anything is sent if the folder is not writable.
  await write();

  return {
    before,
    rejectedFile: join(dirname(path), run.rejectedFile),
    update(state) {
      latest = state;
      if (writing || Date.now() - writtenAt < WRITE_EVERY_MS) return;
      // An error is ignored here: save() meets it again and reports it.
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
