import { tryOrUndefined } from '../../contract/try.js';
import type { Stop } from '../platform/lifecycle.js';
import { isolate } from '../platform/log-error.js';
import { finishOnUnload } from './finish-on-unload.js';

/** A page's data layer: an array, or an object with a `push` of its own. */
interface DataLayer extends ArrayLike<unknown> {
  push(...entries: unknown[]): unknown;
}

/**
 * How often the global is checked. A page may make it late, assign another array, or replace `push` by one that does
 * not call the one before.
 */
const CHECK_MS = 1000;

/** Hooks that are put above another's, in one data layer: two scripts must not stack theirs for ever. */
const MAX_HOOKS = 20;

const isObject = (value: unknown): value is object => typeof value === 'object' && !!value;

/** Returns the page's data layer; undefined if the global is missing or something else, such as an element. */
const findDataLayer = (name: string): DataLayer | undefined =>
  tryOrUndefined(() => {
    const layer = (window as unknown as Record<string, DataLayer | undefined>)[name];
    return typeof layer?.push === 'function' ? layer : undefined;
  });

/**
 * Calls `onPush` before each push, and `onPushed` after it. Callers get what they got before: the value, or the error.
 * @returns removes the hook, unless the page has put another one above it, which keeps calling this one
 */
const hookPush = (layer: DataLayer, onPush: (entries: unknown[]) => void, onPushed: () => void): Stop => {
  const before = Object.getOwnPropertyDescriptor(layer, 'push');
  const inner = layer.push;
  let isActive = true;
  const push = function (this: unknown, ...entries: unknown[]) {
    if (isActive) isolate(() => onPush(entries));
    try {
      return Reflect.apply(inner, this, entries);
    } finally {
      if (isActive) isolate(onPushed);
    }
  };
  // Like the one of the prototype, it is not listed. A frozen array refuses it, and takes no entries either.
  const attributes = before ?? { configurable: true, enumerable: false, writable: true };
  tryOrUndefined(() => {
    if (before?.set) layer.push = push;
    else Object.defineProperty(layer, 'push', { ...attributes, value: push });
  });
  return () => {
    isActive = false;
    tryOrUndefined(() => {
      if (layer.push !== push) return;
      if (before?.set) layer.push = inner;
      else if (before) Object.defineProperty(layer, 'push', before);
      else Reflect.deleteProperty(layer, 'push');
    });
  };
};

/**
 * Calls `onEntry` for each entry of a page's data layer, once a push: for those that are in it, and those to come.
 * Follows the global as the page replaces it, or its `push`.
 * @param name the global's name
 */
export const followDataLayer = (
  name: string,
  onEntry: (entry: unknown) => void,
  signal: AbortSignal,
): void => {
  let layer: DataLayer | undefined;
  let hooked: DataLayer['push'] | undefined;
  let unhook: Stop = () => {};
  let hooks = 0;
  /** Pushes that are running: one, and those inside it. */
  let pushes = 0;
  /** Entries that need not be read in the array: they have been read as they were pushed, or there. */
  const known = new WeakSet<object>();

  /**
   * Returns the entries that are not known yet, which then are.
   * @param isNew the array has not been searched yet; otherwise the search ends at the last known entry
   */
  const takeUnknown = (isNew: boolean) => {
    const entries: object[] = [];
    // Another object than an array may keep no entries.
    const length = Array.isArray(layer) ? layer.length : 0;
    for (let at = length - 1; at >= 0; at--) {
      const entry = (layer as DataLayer)[at];
      if (!isObject(entry)) continue;
      if (!known.has(entry)) entries.push(entry);
      else if (!isNew) break;
      known.add(entry);
    }
    return entries.reverse();
  };

  const read = (entries: unknown[]) => {
    for (const entry of entries) isolate(() => onEntry(entry));
  };
  const onPush = (entries: unknown[]) => {
    // A tag that runs during a push may push, too.
    if (!pushes++) read(takeUnknown(false));
    for (const entry of entries) if (isObject(entry)) known.add(entry);
    read(entries);
  };
  const onPushed = () => {
    // All that the push has added is known, even if another script's hook has added a copy.
    if (!--pushes) takeUnknown(false);
  };
  const hook = () => {
    unhook();
    unhook = layer ? hookPush(layer, onPush, onPushed) : () => {};
    hooked = layer?.push;
    hooks++;
  };

  const check = () => {
    if (signal.aborted) return;
    const found = findDataLayer(name);
    const isNew = found !== layer;
    layer = found;
    if (isNew) hooks = 0;
    const missed = takeUnknown(isNew);
    // Another script's `push` may call this one, or may not: above it, the hook sees all.
    if (isNew || (layer?.push !== hooked && hooks < MAX_HOOKS)) hook();
    read(missed);
  };
  const timer = setInterval(() => isolate(check), CHECK_MS);
  finishOnUnload(new Set([check]), signal);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    unhook();
  });
  check();
};
