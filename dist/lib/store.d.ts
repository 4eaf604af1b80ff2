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
/**
 * Opens the database `name` at its first use. Where IndexedDB is absent, fails or hangs (private mode, blocked
 * storage, quota) whoever calls goes on with what is in memory.
 * @param isOpen whether it may be used
 */
export declare const openStore: (name: string, isOpen: () => boolean) => Store;
/** Deletes the database, in whichever tabs it is open. */
export declare const eraseStore: (name: string) => void;
