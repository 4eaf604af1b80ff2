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
export declare const openStore: (name: string) => Store;
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
export declare const openNotes: (prefix: string) => Notes;
