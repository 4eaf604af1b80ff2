import { createStore, promisifyRequest } from 'idb-keyval';
import { tryOrUndefined } from '../../contract/try.js';
import type { Read, Warn } from './stored-format.js';
import { withTimeout } from './timeout.js';

/** A record's key and value. */
export type Entry<T> = [key: string, value: T];

/**
 * A key-value store shared by a site's tabs. Each method is one transaction, and resolves to undefined when it fails.
 */
export interface Store {
  /**
   * Reads the records whose keys begin with `prefix`, or the one record of a key that does not end in a colon. Removes
   * invalid records.
   * @param read default: the reader of the store
   */
  get<T>(prefix: string, read?: Read<T>): Promise<Entry<T>[] | undefined>;
  /** Reads the same records, and stores those that `change` returns; resolves to the latter. */
  update<T>(
    prefix: string,
    change: (old: Entry<T>[]) => Entry<T>[],
    read?: Read<T>,
  ): Promise<Entry<T>[] | undefined>;
  /** Resolves to the number of records in the store afterwards. */
  put(entries: Entry<unknown>[]): Promise<number | undefined>;
  remove(keys: string[]): Promise<unknown>;
  /** Sets what runs when the database has been deleted or emptied from outside, as soon as that is noticed. */
  onEmptied(run: () => void): void;
}

/** Key of a random number that identifies the database: a new database of the same name has another one. */
const EPOCH_KEY = 'epoch';

/** A database that takes longer to answer is blocked, or the browser's storage hangs. */
const TIMEOUT_MS = 3000;

/**
 * Opens the database `name` on first use. Where IndexedDB is absent, fails or hangs (private mode, blocked storage,
 * quota), callers go on with what is in memory.
 * @param isAllowed whether the database may be used
 * @param readRecord validates records, which any script of the site may have written
 * @param warn is called with the reason why nothing can be stored
 */
export const openStore = (
  name: string,
  isAllowed: () => boolean,
  readRecord: Read<unknown>,
  warn: Warn,
): Store => {
  /** Keys of records that must not be replaced: a later version wrote them. */
  const locked = new Set<string>();
  const open = () => createStore(name, 'records');
  let useStore = open();
  /** The epoch that this page has read from the database. */
  let epoch: unknown;
  let onEmptied = () => {};
  /** Runs one transaction. Its result counts once it is committed; undefined if it fails. */
  const transact = async <T>(run: (records: IDBObjectStore) => T | Promise<T>): Promise<T | undefined> => {
    if (!isAllowed()) return undefined;
    try {
      const transaction = useStore('readwrite', async (records) => {
        const { db } = records.transaction;
        db.onversionchange = () => {
          // This tab or another one is about to delete it.
          db.close();
          useStore = open();
          onEmptied();
        };
        // The browser has closed it, as when site data is cleared. Adding the same listener again has no effect.
        db.addEventListener('close', onEmptied);
        const result = await run(records);
        await promisifyRequest(records.transaction);
        return result;
      });
      return await withTimeout(TIMEOUT_MS, transaction);
    } catch (error) {
      // Browsers close connections, not always with an event (https://bugs.webkit.org/show_bug.cgi?id=197050).
      if (/^(InvalidState|Unknown)/.test(`${error}`)) useStore = open();
      else warn('IndexedDB', `${error}`);
      return undefined;
    }
  };
  const putAll = (records: IDBObjectStore, entries: Entry<unknown>[]) => {
    for (const [key, value] of entries) if (!locked.has(key)) records.put(value, key);
  };
  /** Commits without waiting for the requests: the page may be gone by then. Safari 14 has no `commit`. */
  const commit = (records: IDBObjectStore) => records.transaction.commit?.();
  /** Removes records with invalid keys. Neighbours go in one request: there may be thousands. */
  const removeInvalid = (records: IDBObjectStore, keys: string[], invalid: Set<string>) => {
    let neighbours: string[] = [];
    for (const key of [...keys, '']) {
      if (invalid.has(key)) neighbours.push(key);
      else if (neighbours[0]) {
        records.delete(IDBKeyRange.bound(neighbours[0], neighbours.pop()));
        neighbours = [];
      }
    }
  };
  const readAll = async <T>(records: IDBObjectStore, prefix: string, read: Read<T>): Promise<Entry<T>[]> => {
    const range = IDBKeyRange.bound(prefix, prefix + (prefix.endsWith(':') ? '\uffff' : ''));
    const [keys, values, storedEpoch] = await Promise.all([
      promisifyRequest(records.getAllKeys(range)) as Promise<string[]>,
      promisifyRequest<unknown[]>(records.getAll(range)),
      promisifyRequest(records.get(EPOCH_KEY)),
    ]);
    if (epoch && epoch !== storedEpoch) onEmptied();
    epoch = storedEpoch ?? Math.random();
    // Only once: after a transaction that writes, the next ones wait for the disk.
    if (storedEpoch === undefined) records.put(epoch, EPOCH_KEY);
    const invalid = new Set<string>();
    const entries = keys.flatMap((key, i): Entry<T>[] => {
      const record = read(values[i], key);
      if (record === undefined) invalid.add(key);
      if (record === null) locked.add(key);
      return record ? [[key, record]] : [];
    });
    removeInvalid(records, keys, invalid);
    return entries;
  };
  return {
    onEmptied(run) {
      onEmptied = run;
    },
    get: <T>(prefix: string, read = readRecord as Read<T>) =>
      transact((records) => readAll(records, prefix, read)),
    update: <T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[], read = readRecord as Read<T>) =>
      transact(async (records) => {
        const changed = change(await readAll(records, prefix, read));
        putAll(records, changed);
        return changed;
      }),
    put: (entries) =>
      transact((records) => {
        putAll(records, entries);
        const count = promisifyRequest(records.count());
        commit(records);
        return count;
      }),
    remove: (keys) =>
      transact((records) => {
        for (const key of keys) records.delete(key);
        commit(records);
      }),
  };
};

/** Deletes the database, even while other tabs have it open. Does nothing where IndexedDB is absent. */
export const eraseStore = (name: string): void => void tryOrUndefined(() => indexedDB.deleteDatabase(name));
