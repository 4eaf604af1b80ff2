import { tryOrUndefined } from '../../contract/try.js';
import { listen } from './lifecycle.js';
import type { Read } from './stored-format.js';

// Only localStorage keeps what a page writes on unload: Chromium and WebKit drop an IndexedDB write that begins in
// `pagehide`. Where it is refused or full, nothing is kept.

/** Data that a page leaves for the next one. Written and read synchronously, under the page's ID. */
export interface Handoffs<Handoff> {
  /** Returns false if it could not be stored. */
  put(page: string, handoff: Handoff): boolean;
  /** Removes a handoff and returns it; undefined when another page has taken it. */
  take(page: string): Handoff | undefined;
  /** Returns every handoff, and removes none. */
  all(): [page: string, handoff: Handoff][];
  /** Removes every handoff. */
  wipe(): void;
}

/** A page's ID, as nanoid generates it. A key with the prefix and anything else belongs to another tracker. */
const PAGE_ID = /^[\w-]{21}$/;

const readText = (key: string) => tryOrUndefined((): string | undefined => localStorage[key]);
const erase = (key: string) => void tryOrUndefined(() => delete localStorage[key]);
const write = (key: string, value: unknown) =>
  tryOrUndefined(() => [localStorage.setItem(key, JSON.stringify(value))]);
/**
 * Reads a value. Removes an invalid one, unless its key holds another text by now.
 * @param text default: what the key holds
 */
const readOrRemove = <T>(key: string, read: Read<T>, text: string | null = readText(key) ?? null) => {
  if (text === null) return undefined;
  const value = read(
    tryOrUndefined(() => JSON.parse(text)),
    key,
  );
  if (value === undefined && readText(key) === text) erase(key);
  return value;
};

/**
 * Opens the handoffs of a tracker.
 * @param isAllowed whether anything may be written
 */
export const openHandoffs = <Handoff>(
  prefix: string,
  isAllowed: () => boolean,
  readHandoff: Read<Handoff>,
): Handoffs<Handoff> => {
  const pages = () =>
    (tryOrUndefined(() => Object.keys(localStorage)) ?? [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .filter((page) => PAGE_ID.test(page));
  const get = (page: string) => readOrRemove(prefix + page, readHandoff);
  return {
    put: (page, handoff) => isAllowed() && !!write(prefix + page, handoff),
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

/** A value that all of a site's tabs share. */
export interface SharedValue<T> {
  get(): T | null | undefined;
  set(value: T): void;
  remove(): void;
  /** Sets what runs at once when another tab changes or removes the value, after `followTabs`. */
  onChange(run: (value: T | null | undefined) => void): void;
}

/** Hears what other tabs change. */
export type StorageListener = (event: StorageEvent) => void;

/**
 * Listens to the site's other tabs by `storage` events: with an open BroadcastChannel, a message from another page would
 * evict this one from the back/forward cache. The listener opens the storage, which takes milliseconds.
 */
export const followTabs = (listeners: StorageListener[], signal: AbortSignal): void =>
  listen(
    window,
    'storage',
    (event) => {
      for (const run of listeners) run(event as StorageEvent);
    },
    signal,
  );

/**
 * Opens a shared value.
 * @param listeners the listeners for `followTabs`, to which that of this value is added
 */
export const openSharedValue = <T>(
  key: string,
  listeners: StorageListener[],
  read: Read<T>,
  isAllowed: () => boolean = () => true,
): SharedValue<T> => {
  // Parsed again only when its text has changed: it may have 100 kB, and every event needs it.
  let knownText: string | undefined;
  let knownValue: T | null | undefined;
  const get = () => {
    const text = readText(key);
    if (text === undefined || text !== knownText) {
      knownText = text;
      knownValue = readOrRemove(key, read, text);
    }
    return knownValue;
  };
  return {
    get,
    set(value) {
      // Null: a later version wrote the value.
      if (!isAllowed() || get() === null || !write(key, value)) return;
      knownText = readText(key);
      knownValue = value;
    },
    remove: () => erase(key),
    onChange(run) {
      listeners.push(({ key: changed, newValue }) => {
        if (changed !== key) return;
        const value = readOrRemove(key, read, newValue);
        if (value !== undefined || newValue === null) run(value);
      });
    },
  };
};
