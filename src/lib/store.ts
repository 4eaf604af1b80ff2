import { createStore, delMany, promisifyRequest, setMany, type UseStore, update } from 'idb-keyval';

/** A key-value store shared by a site's tabs. Each method is one transaction. */
export interface Store {
  /** Replaces one value by what `change` makes of it; resolves to the new value. */
  update<T>(key: string, change: (old: T | undefined) => T): Promise<T>;
  /** Replaces each value under `prefix` by what `change` makes of it, if anything; resolves to those replaced. */
  updateAll<T>(prefix: string, change: (old: T) => T | undefined): Promise<T[]>;
  put(records: [key: string, value: unknown][]): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

const indexedDBStore = (records: UseStore): Store => ({
  async update<T>(key: string, change: (old: T | undefined) => T) {
    let value!: T;
    await update<T>(
      key,
      (old) => {
        value = change(old);
        return value;
      },
      records,
    );
    return value;
  },
  updateAll: <T>(prefix: string, change: (old: T) => T | undefined) =>
    records('readwrite', async (all) => {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const found = [promisifyRequest(all.getAllKeys(range)), promisifyRequest(all.getAll(range))] as const;
      const [keys, values] = [await found[0], await found[1]];
      const changed: T[] = [];
      values.forEach((old: T, i) => {
        const value = change(old);
        if (value === undefined) return;
        all.put(value, keys[i]);
        changed.push(value);
      });
      await promisifyRequest(all.transaction);
      return changed;
    }),
  put: (entries) => setMany(entries, records),
  remove: (keys) => delMany(keys, records),
});

/** The twin in memory, for browsers that refuse storage. */
export const memoryStore = (records = new Map<string, unknown>()): Store => ({
  async update<T>(key: string, change: (old: T | undefined) => T) {
    const value = change(records.get(key) as T | undefined);
    records.set(key, value);
    return value;
  },
  async updateAll<T>(prefix: string, change: (old: T) => T | undefined) {
    const changed: T[] = [];
    for (const [key, old] of records) {
      const value = key.startsWith(prefix) ? change(old as T) : undefined;
      if (value === undefined) continue;
      records.set(key, value);
      changed.push(value);
    }
    return changed;
  },
  async put(entries) {
    for (const [key, value] of entries) records.set(key, value);
  },
  async remove(keys) {
    for (const key of keys) records.delete(key);
  },
});

/**
 * Opens the database `name` at its first use. Where IndexedDB is absent or fails (private mode, blocked
 * storage, quota), the page goes on in memory from then on.
 */
export const openStore = (name: string): Store => {
  const durable = indexedDBStore(createStore(name, 'records'));
  const twin = memoryStore();
  let failed = false;
  const attempt = async <T>(run: (store: Store) => Promise<T>): Promise<T> => {
    if (!failed) {
      try {
        return await run(durable);
      } catch {
        failed = true;
      }
    }
    return run(twin);
  };
  return {
    update: (key, change) => attempt((store) => store.update(key, change)),
    updateAll: (prefix, change) => attempt((store) => store.updateAll(prefix, change)),
    put: (entries) => attempt((store) => store.put(entries)),
    remove: (keys) => attempt((store) => store.remove(keys)),
  };
};

/** Notes a page leaves for the next one, written and read synchronously. */
export interface Notes {
  leave(key: string, note: unknown): void;
  /** Takes one note back; false when another page has had it already. */
  retract(key: string): boolean;
  /** Takes every note away and returns them by key. */
  take<T>(): [key: string, note: T][];
}

/**
 * Notes in localStorage, which alone keeps what a page writes on its way out: Chromium and WebKit drop an
 * IndexedDB write begun in `pagehide`. Where localStorage is refused nothing is kept.
 */
export const openNotes = (prefix: string): Notes => ({
  leave(key, note) {
    try {
      localStorage.setItem(prefix + key, JSON.stringify(note));
    } catch {
      // Refused or full: the records' age frees them later instead.
    }
  },
  retract(key) {
    try {
      const isThere = prefix + key in localStorage;
      localStorage.removeItem(prefix + key);
      return isThere;
    } catch {
      return false;
    }
  },
  take<T>() {
    const notes: [string, T][] = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(prefix)) continue;
        const note = localStorage.getItem(key);
        localStorage.removeItem(key);
        if (note) notes.push([key.slice(prefix.length), JSON.parse(note)]);
      }
    } catch {
      // A refused storage or a note of another's making: what was read so far stands.
    }
    return notes;
  },
});
