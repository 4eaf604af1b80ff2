import { tryOrUndefined } from '../../contract/try.js';
import { listen } from './lifecycle.js';
import type { Read } from './stored-format.js';

// localStorage, which alone keeps what a page writes on its way out: Chromium and WebKit drop an IndexedDB write
// begun in `pagehide`. Where it is refused or full, nothing is kept.

/** What a page leaves for the next one, written and read synchronously. The key is the page's ID. */
export interface Handoffs<Handoff> {
  /** False where it could not be kept. */
  put(page: string, handoff: Handoff): boolean;
  /** Removes one and returns it; undefined when another page has done so already. */
  take(page: string): Handoff | undefined;
  /** Reads every one and leaves it where it is. */
  all(): [page: string, handoff: Handoff][];
  /** Removes every one. */
  wipe(): void;
}

/** A page's ID, as nanoid makes it. Any other key that begins with the prefix is another tracker's. */
const PAGE_ID = /^[\w-]{21}$/;

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

/** @param isOpen whether anything may be written */
export const openHandoffs = <Handoff>(
  prefix: string,
  isOpen: () => boolean,
  readHandoff: Read<Handoff>,
): Handoffs<Handoff> => {
  const pages = () =>
    (tryOrUndefined(() => Object.keys(localStorage)) ?? [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .filter((page) => PAGE_ID.test(page));
  const get = (page: string) => readOrRemove(prefix + page, readHandoff);
  return {
    put: (page, handoff) => isOpen() && !!write(prefix + page, handoff),
    take(page) {
      const handoff = get(page);
      erase(prefix + page);
      return handoff ?? undefined;
    },
    all: () =>
      pages().flatMap((page): [string, Handoff][] => {
        const handoff = get(page);
        return handoff ? [[page, handoff]] : [];
      }),
    wipe() {
      for (const page of pages()) erase(prefix + page);
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
