import { listen } from './lifecycle.js';

// localStorage, which alone keeps what a page writes on its way out: Chromium and WebKit drop an IndexedDB write
// begun in `pagehide`. Where it is refused or full, nothing is kept.
const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

/** Notes a page leaves for the next one, written and read synchronously. */
export interface Notes {
  /** False where it could not be kept. */
  leave(key: string, note: unknown): boolean;
  /** Takes one note away and returns it; undefined when another page has done so already. */
  retract<T>(key: string): T | undefined;
  /** Reads every note and leaves it where it is. */
  all<T>(): [key: string, note: T][];
}

const read = (key: string) => attempt(() => JSON.parse(localStorage[key]));
const write = (key: string, value: unknown) =>
  attempt(() => [localStorage.setItem(key, JSON.stringify(value))]);

export const openNotes = (prefix: string): Notes => ({
  leave: (key, note) => !!write(prefix + key, note),
  retract(key) {
    const note = read(prefix + key);
    attempt(() => delete localStorage[prefix + key]);
    return note;
  },
  all: <T>() =>
    (attempt(() => Object.keys(localStorage)) ?? []).flatMap((key): [string, T][] => {
      // A note that is no JSON is of another's making.
      const note = key.startsWith(prefix) && read(key);
      return note ? [[key.slice(prefix.length), note]] : [];
    }),
});

/** One value that all of a site's tabs have, and hear of at once when another tab changes it. */
export interface Shared<T> {
  get(): T | null | undefined;
  set(value: T): void;
  onChange(run: (value: T) => void): void;
}

/** By `storage` events: an open BroadcastChannel would cost pages the back/forward cache when another page posts. */
export const openShared = <T>(key: string, signal: AbortSignal): Shared<T> => ({
  get: () => read(key),
  set: (value) => void write(key, value),
  onChange(run) {
    const look = (event: Event) => {
      const value = (event as StorageEvent).key === key && read(key);
      if (value) run(value);
    };
    listen(window, 'storage', look, signal);
  },
});
