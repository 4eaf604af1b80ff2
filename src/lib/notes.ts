import { attempt } from './attempt.js';
import { listen } from './lifecycle.js';

// localStorage, which alone keeps what a page writes on its way out: Chromium and WebKit drop an IndexedDB write
// begun in `pagehide`. Where it is refused or full, nothing is kept.

/** Notes a page leaves for the next one, written and read synchronously. */
export interface Notes {
  /** False where it could not be kept. */
  leave(key: string, note: unknown): boolean;
  /** Takes one note away and returns it; undefined when another page has done so already. */
  retract<T>(key: string): T | undefined;
  /** Reads every note and leaves it where it is. */
  all<T>(): [key: string, note: T][];
}

const parse = (text: string | null) => attempt(() => JSON.parse(text as string));
const read = (key: string) => attempt(() => parse(localStorage[key]));
const write = (key: string, value: unknown) =>
  attempt(() => [localStorage.setItem(key, JSON.stringify(value))]);

/** @param isOpen whether anything may be written */
export const openNotes = (prefix: string, isOpen: () => boolean): Notes => ({
  leave: (key, note) => isOpen() && !!write(prefix + key, note),
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

/** Removes all whose keys begin with `prefix`. */
export const eraseNotes = (prefix: string): void =>
  void attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) delete localStorage[key];
  });

/** One value that all of a site's tabs have, and hear of at once when another tab changes or removes it. */
export interface Shared<T> {
  get(): T | null | undefined;
  set(value: T): void;
  remove(): void;
  onChange(run: (value: T | null | undefined) => void): void;
}

/** By `storage` events: an open BroadcastChannel would cost pages the back/forward cache when another page posts. */
export const openShared = <T>(
  key: string,
  signal: AbortSignal,
  isOpen: () => boolean = () => true,
): Shared<T> => ({
  get: () => read(key),
  set: (value) => void (isOpen() && write(key, value)),
  remove: () => eraseNotes(key),
  onChange(run) {
    const look = (event: Event) => {
      const { key: changed, newValue } = event as StorageEvent;
      if (changed === key) run(parse(newValue));
    };
    listen(window, 'storage', look, signal);
  },
});
