import { dropOldest } from '../platform/drop-oldest.js';

/** The most keys that a page view remembers: an endless list must not fill the memory. */
const MAX_KEYS = 10_000;

/**
 * Remembers what has counted in a page view.
 * @returns counts a key; false if it has counted before
 */
export const createCountedKeys = (): ((key: string) => boolean) => {
  const keys = new Set<string>();
  return (key) => {
    const isNew = !keys.has(key);
    keys.add(key);
    dropOldest(keys, MAX_KEYS);
    return isNew;
  };
};
