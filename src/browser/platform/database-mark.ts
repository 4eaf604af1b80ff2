import { eraseStore, openStore } from './indexed-db.js';
import { withTimeout } from './timeout.js';

/** A mark that survives `localStorage.clear()`: the existence of a database of its own. */
export interface Mark {
  isSet(): Promise<boolean>;
  set(): void;
  remove(): void;
}

/** A database that takes longer to answer counts as absent. */
const TIMEOUT_MS = 3000;

// Opening it would create it. Firefox before 126 cannot list databases: there an opt-out ends with localStorage.
const exists = async (name: string) =>
  (await indexedDB.databases()).some((database) => database.name === name);

export const openMark = (name: string): Mark => ({
  isSet: () => withTimeout(TIMEOUT_MS, exists(name)).catch(() => false),
  set: () =>
    void openStore(
      name,
      () => true,
      () => undefined,
      () => {},
    ).put([['out', 1]]),
  remove: () => eraseStore(name),
});
