import { tryOrUndefined } from '../../contract/try.js';
import { listen } from './lifecycle.js';
import type { Read } from './stored-format.js';

// localStorage, which alone keeps what a page writes on its way out: Chromium and WebKit drop an IndexedDB write
// begun in `pagehide`. Where it is refused or full, nothing is kept.

/** Notes a page leaves for the next one, written and read synchronously. */
export interface Handoffs {
  /** False where it could not be kept. */
  put(key: string, note: unknown): boolean;
  /** Takes one note away and returns it; undefined when another page has done so already. */
  take<T>(key: string): T | undefined;
  /** Reads every note and leaves it where it is. */
  all<T>(): [key: string, note: T][];
  /** Removes every note. */
  wipe(): void;
}

/** A note's key: a page's name, as nanoid makes it. Whatever else begins with the prefix is another tracker's. */
const KEY = /^[\w-]{21}$/;

const textOf = (key: string) => tryOrUndefined((): string | undefined => localStorage[key]);
const erase = (key: string) => void tryOrUndefined(() => delete localStorage[key]);
const write = (key: string, value: unknown) =>
  tryOrUndefined(() => [localStorage.setItem(key, JSON.stringify(value))]);
/** Reads `text`, which stands or stood under `key`. What does not fit is removed, unless something else stands there by now. */
const readOrRemove = <T>(key: string, read: Read<T>, text: string | null = textOf(key) ?? null) => {
  if (text === null) return undefined;
  const found = read(
    tryOrUndefined(() => JSON.parse(text)),
    key,
  );
  if (found === undefined && textOf(key) === text) erase(key);
  return found;
};

/**
 * @param isOpen whether anything may be written
 * @param readNote checks what whatever script has left
 */
export const openHandoffs = (prefix: string, isOpen: () => boolean, readNote: Read<unknown>): Handoffs => {
  const keys = () =>
    (tryOrUndefined(() => Object.keys(localStorage)) ?? [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .filter((key) => KEY.test(key));
  const get = <T>(key: string) => readOrRemove(prefix + key, readNote as Read<T>);
  return {
    put: (key, note) => isOpen() && !!write(prefix + key, note),
    take<T>(key: string) {
      const note = get<T>(key);
      erase(prefix + key);
      return note ?? undefined;
    },
    all: <T>() =>
      keys().flatMap((key): [string, T][] => {
        const note = get<T>(key);
        return note ? [[key, note]] : [];
      }),
    wipe() {
      for (const key of keys()) erase(prefix + key);
    },
  };
};

/** One value that all of a site's tabs have, and hear of at once when another tab changes or removes it. */
export interface SharedValue<T> {
  get(): T | null | undefined;
  set(value: T): void;
  remove(): void;
  onChange(run: (value: T | null | undefined) => void): void;
}

/** By `storage` events: an open BroadcastChannel would cost pages the back/forward cache when another page posts. */
export const openSharedValue = <T>(
  key: string,
  signal: AbortSignal,
  read: Read<T>,
  isOpen: () => boolean = () => true,
): SharedValue<T> => {
  const get = () => readOrRemove(key, read);
  return {
    get,
    // Null is a later version's.
    set: (value) => void (isOpen() && get() !== null && write(key, value)),
    remove: () => erase(key),
    onChange(run) {
      const look = (event: Event) => {
        const { key: changed, newValue } = event as StorageEvent;
        if (changed !== key) return;
        const value = readOrRemove(key, read, newValue);
        if (value !== undefined || newValue === null) run(value);
      };
      listen(window, 'storage', look, signal);
    },
  };
};
