/** Notes a page leaves for the next one, written and read synchronously. */
export interface Notes {
    /** False where it could not be kept. */
    leave(key: string, note: unknown): boolean;
    /** Takes one note away and returns it; undefined when another page has done so already. */
    retract<T>(key: string): T | undefined;
    /** Reads every note and leaves it where it is. */
    all<T>(): [key: string, note: T][];
}
export declare const openNotes: (prefix: string) => Notes;
/** One value that all of a site's tabs have, and hear of at once when another tab changes it. */
export interface Shared<T> {
    get(): T | null | undefined;
    set(value: T): void;
    onChange(run: (value: T) => void): void;
}
/** By `storage` events: an open BroadcastChannel would cost pages the back/forward cache when another page posts. */
export declare const openShared: <T>(key: string, signal: AbortSignal) => Shared<T>;
