import { createStore, promisifyRequest } from 'idb-keyval';
import { attempt } from './attempt.js';
import { within } from './limit.js';

/** A record's key and value. */
export type Entry<T> = [key: string, value: T];

/** A key-value store shared by a site's tabs. Each method is one transaction; each resolves to undefined if it fails. */
export interface Store {
  /** Puts what `change` makes of the records whose keys begin with `prefix`; resolves to that. */
  change<T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[]): Promise<Entry<T>[] | undefined>;
  /** Resolves to how many records there are then. */
  put(entries: Entry<unknown>[]): Promise<number | undefined>;
  remove(keys: string[]): Promise<unknown>;
}

/** A database that has not answered by then is blocked, or the browser's storage hangs. */
const TIME_LIMIT_MS = 3000;

/**
 * Opens the database `name` at its first use. Where IndexedDB is absent, fails or hangs (private mode, blocked
 * storage, quota) whoever calls goes on with what is in memory.
 * @param isOpen whether it may be used
 */
export const openStore = (name: string, isOpen: () => boolean): Store => {
  const open = () => createStore(name, 'records');
  let records = open();
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
        };
        const result = await run(all);
        await promisifyRequest(all.transaction);
        return result;
      });
      return await within(TIME_LIMIT_MS, transaction);
    } catch (error) {
      // Browsers close connections, not always with an event (https://bugs.webkit.org/show_bug.cgi?id=197050).
      if (/^(InvalidState|Unknown)/.test(`${error}`)) records = open();
      return undefined;
    }
  };
  const putAll = (all: IDBObjectStore, entries: Entry<unknown>[]) => {
    for (const [key, value] of entries) all.put(value, key);
  };
  /** Not only when the requests are answered: the page may be gone by then. Safari 14 does not have it. */
  const commit = (all: IDBObjectStore) => all.transaction.commit?.();
  return {
    change: <T>(prefix: string, change: (old: Entry<T>[]) => Entry<T>[]) =>
      transact(async (all) => {
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
        const [keys, values] = await Promise.all([
          promisifyRequest(all.getAllKeys(range)),
          promisifyRequest<T[]>(all.getAll(range)),
        ]);
        const changed = change(keys.map((key, i) => [key as string, values[i] as T]));
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
export const eraseStore = (name: string): void => void attempt(() => indexedDB.deleteDatabase(name)); // Or there is none.
