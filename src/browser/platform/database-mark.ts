import { eraseStore, openStore } from './indexed-db.js';
import { withTimeout } from './timeout.js';

/** A mark that outlives `localStorage.clear()`: a database of its own, whose existence is the mark. */
export interface Mark {
  isSet(): Promise<boolean>;
  set(): void;
  remove(): void;
}

/** A database that has not answered by then counts as absent. */
const TIME_LIMIT_MS = 3000;

// To open it would make it. Firefox before 126 has no list: there an opt-out ends with localStorage.
const exists = async (name: string) =>
  (await indexedDB.databases()).some((database) => database.name === name);

export const openMark = (name: string): Mark => ({
  isSet: () => withTimeout(TIME_LIMIT_MS, exists(name)).catch(() => false),
  set: () =>
    void openStore(
      name,
      () => true,
      () => undefined,
      () => {},
    ).put([['out', 1]]),
  remove: () => eraseStore(name),
});
