import { createStore, promisifyRequest } from 'idb-keyval';

/** A key-value store shared by a site's tabs. Each method is one transaction. */
export interface Store {
  /** Replaces one value by what `change` makes of it, if anything; resolves to that. */
  update<T>(key: string, change: (old: T | undefined) => T): Promise<T>;
  /** Replaces each value under `prefix` by what `change` makes of it, if anything; resolves to those replaced. */
  updateAll<T>(prefix: string, change: (old: T) => T | undefined): Promise<T[]>;
  put(records: [key: string, value: unknown][]): Promise<unknown>;
  remove(keys: string[]): Promise<unknown>;
}

/**
 * Opens the database `name` at its first use. Where IndexedDB is absent or fails (private mode, blocked
 * storage, quota) reads find nothing and writes keep nothing: whoever calls goes on with what is in memory.
 */
export const openStore = (name: string): Store => {
  const records = createStore(name, 'records');
  /** One transaction; what `run` returns counts once it is committed. */
  const attempt = async <T>(run: (all: IDBObjectStore) => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await records('readwrite', async (all) => {
        const result = await run(all);
        await promisifyRequest(all.transaction);
        return result;
      });
    } catch {
      return undefined;
    }
  };
  return {
    update: async <T>(key: string, change: (old: T | undefined) => T) => {
      const changed = await attempt(async (all) => {
        const value = change(await promisifyRequest<T | undefined>(all.get(key)));
        if (value !== undefined) all.put(value, key);
        return [value];
      });
      return changed ? (changed[0] as T) : change(undefined);
    },
    updateAll: async <T>(prefix: string, change: (old: T) => T | undefined) => {
      const changed = await attempt(async (all) => {
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
        const keys = promisifyRequest(all.getAllKeys(range));
        const values: T[] = await promisifyRequest(all.getAll(range));
        const replaced: T[] = [];
        for (const [i, key] of (await keys).entries()) {
          const value = change(values[i] as T);
          if (value === undefined) continue;
          all.put(value, key);
          replaced.push(value);
        }
        return replaced;
      });
      return changed ?? [];
    },
    put: (entries) =>
      attempt((all) => {
        for (const [key, value] of entries) all.put(value, key);
      }),
    remove: (keys) =>
      attempt((all) => {
        for (const key of keys) all.delete(key);
      }),
  };
};

/** Notes a page leaves for the next one, written and read synchronously. */
export interface Notes {
  /** False where it could not be kept. */
  leave(key: string, note: unknown): boolean;
  /** Takes one note away; false when another page has done so already. */
  retract(key: string): boolean;
  /** Reads every note and leaves it where it is. */
  all<T>(): [key: string, note: T][];
}

/**
 * Notes in localStorage, which alone keeps what a page writes on its way out: Chromium and WebKit drop an
 * IndexedDB write begun in `pagehide`. Where localStorage is refused nothing is kept.
 */
export const openNotes = (prefix: string): Notes => {
  const attempt = <T>(run: () => T): T | undefined => {
    try {
      return run();
    } catch {
      return undefined; // Refused or full, or a note of another's making.
    }
  };
  return {
    leave: (key, note) => !!attempt(() => [localStorage.setItem(prefix + key, JSON.stringify(note))]),
    retract: (key) => !!attempt(() => prefix + key in localStorage && delete localStorage[prefix + key]),
    all<T>() {
      const notes: [string, T][] = [];
      attempt(() => {
        for (const key of Object.keys(localStorage)) {
          if (!key.startsWith(prefix)) continue;
          notes.push([key.slice(prefix.length), JSON.parse(localStorage[key])]);
        }
      });
      return notes;
    },
  };
};
