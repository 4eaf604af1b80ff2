/** Notes a page leaves for the next one, written and read synchronously. */
export interface Notes {
    /** False where it could not be kept. */
    leave(key: string, note: unknown): boolean;
    /** Takes one note away and returns it; undefined when another page has done so already. */
    retract<T>(key: string): T | undefined;
    /** Reads every note and leaves it where it is. */
    all<T>(): [key: string, note: T][];
}
/** @param isOpen whether anything may be written */
export declare const openNotes: (prefix: string, isOpen: () => boolean) => Notes;
/** Removes all whose keys begin with `prefix`. */
export declare const eraseNotes: (prefix: string) => void;
/** One value that all of a site's tabs have, and hear of at once when another tab changes or removes it. */
export interface Shared<T> {
    get(): T | null | undefined;
    set(value: T): void;
    remove(): void;
    onChange(run: (value: T | null | undefined) => void): void;
}
/** By `storage` events: an open BroadcastChannel would cost pages the back/forward cache when another page posts. */
export declare const openShared: <T>(key: string, signal: AbortSignal, isOpen?: () => boolean) => Shared<T>;
