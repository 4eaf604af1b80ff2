import { createStore, promisifyRequest } from 'idb-keyval';
import { tryOrUndefined } from '../../contract/try.js';
import type { Read, Warn } from './stored-format.js';
import { withTimeout } from './timeout.js';

/** A record's key and value. */
export type Entry<T> = [key: string, value: T];

/** A key-value store shared by a site's tabs. Each method is one transaction; each resolves to undefined if it fails. */
export interface Store {
  /**
   * Reads the records whose keys begin with `prefix`, or the one record of a key that does not end in a colon. Removes
   * records that do not fit.
   * @param read default: the store's own
   */
  get<T>(prefix: string, read?: Read<T>): Promise<Entry<T>[] | undefined>;
  /** Reads the same records, and puts those that `change` returns of them; resolves to these. */
  update<T>(
    prefix: string,
    change: (old: Entry<T>[]) => Entry<T>[],
    read?: Read<T>,
  ): Promise<Entry<T>[] | undefined>;
  /** Resolves to how many records there are then. */
  put(entries: Entry<unknown>[]): Promise<number | undefined>;
  remove(keys: string[]): Promise<unknown>;
  /** Calls `run` when somebody has deleted or emptied the database, as soon as that shows. */
  onEmptied(run: () => void): void;
}

/** A record that tells one database from the next of its name. */
const EPOCH_KEY = 'epoch';

/** A database that has not answered by then is blocked, or the browser's storage hangs. */
const TIME_LIMIT_MS = 3000;

/**
 * Opens the database `name` at its first use. Where IndexedDB is absent, fails or hangs (private mode, blocked
 * storage, quota) whoever calls goes on with what is in memory.
 * @param isOpen whether it may be used
 * @param readRecord checks what whatever script has stored
 * @param warn hears why nothing can be stored
 */
export const openStore = (
  name: string,
  isOpen: () => boolean,
  readRecord: Read<unknown>,
  warn: Warn,
): Store => {
  /** Keys of records that are not to be replaced. */
  const locked = new Set<string>();
  const open = () => createStore(name, 'records');
  let records = open();
  /** The database's own, as this page knows it. */
  let epoch: unknown;
  let emptied = () => {};
  /** One transaction; what `run` returns counts once it is committed. */
  const transact = async <T>(run: (all: IDBObjectStore) => T | Promise<T>): Promise<T | undefined> => {
    if (!isOpen()) return undefined;
    try {
      const transaction = records('readwrite', async (all) => {
        const { db } = all.transaction;
        db.onversionchange = () => {
          // It is to be deleted, here or in another tab.
          db.close();
          records = open();
          emptied();
        };
        // By the browser, as when site data are cleared. The same listener is added once.
        db.addEventListener('close', emptied);
        const result = await run(all);
        await promisifyRequest(all.transaction);
        return result;
      });
      return await withTimeout(TIME_LIMIT_MS, transaction);
    } catch (error) {
      // Browsers close connections, not always with an event (https://bugs.webkit.org/show_bug.cgi?id=197050).
      if (/^(InvalidState|Unknown)/.test(`${error}`)) records = open();
      else warn('IndexedDB', `${error}`);
      return undefined;
    }
  };
  const putAll = (all: IDBObjectStore, entries: Entry<unknown>[]) => {
    for (const [key, value] of entries) if (!locked.has(key)) all.put(value, key);
  };
  /** Not only when the requests are answered: the page may be gone by then. Safari 14 does not have it. */
  const commit = (all: IDBObjectStore) => all.transaction.commit?.();
  /** Removes the records of these keys. Those side by side go in one request: there may be thousands. */
  const removeOdd = (all: IDBObjectStore, keys: string[], odd: Set<string>) => {
    let run: string[] = [];
    for (const key of [...keys, '']) {
      if (odd.has(key)) run.push(key);
      else if (run[0]) {
        all.delete(IDBKeyRange.bound(run[0], run.pop()));
        run = [];
      }
    }
  };
  const getAll = async <T>(all: IDBObjectStore, prefix: string, read: Read<T>): Promise<Entry<T>[]> => {
    const range = IDBKeyRange.bound(prefix, prefix + (prefix.endsWith(':') ? '\uffff' : ''));
    const [keys, values, found] = await Promise.all([
      promisifyRequest(all.getAllKeys(range)) as Promise<string[]>,
      promisifyRequest<unknown[]>(all.getAll(range)),
      promisifyRequest(all.get(EPOCH_KEY)),
    ]);
    if (epoch && epoch !== found) emptied();
    epoch = found ?? Math.random();
    // Once: a transaction that writes keeps those after it waiting for the disk.
    if (found === undefined) all.put(epoch, EPOCH_KEY);
    const odd = new Set<string>();
    const entries = keys.flatMap((key, i): Entry<T>[] => {
      const record = read(values[i], key);
      if (record === undefined) odd.add(key);
      if (record === null) locked.add(key);
      return record ? [[key, record]] : [];
    });
    removeOdd(all, keys, odd);
    return entries;
  };
  return {
    onEmptied(run) {
      emptied = run;
    },
    get: <T>(prefix: string, read = readRecord as Read<T>) => transact((all) => getAll(all, prefix, read)),
    update: <T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[], read = readRecord as Read<T>) =>
      transact(async (all) => {
        const changed = change(await getAll(all, prefix, read));
        putAll(all, changed);
        return changed;
      }),
    put: (entries) =>
      transact((all) => {
        putAll(all, entries);
        const count = promisifyRequest(all.count());
        commit(all);
        return count;
      }),
    remove: (keys) =>
      transact((all) => {
        for (const key of keys) all.delete(key);
        commit(all);
      }),
  };
};

/** Deletes the database, in whichever tabs it is open. */
export const eraseStore = (name: string): void => void tryOrUndefined(() => indexedDB.deleteDatabase(name)); // Or there is none.
