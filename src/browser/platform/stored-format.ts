import { tryOrUndefined } from '../../contract/try.js';

/**
 * The format of stored data, in the field `format` of an object; 1 without it. When a stored name changes its meaning,
 * this becomes 2, and every object must carry it. Format 1 must stay readable.
 */
const FORMAT = 1;

/**
 * Reads a stored value. Returns undefined for an invalid value, which will be removed, and null for one that must be
 * left alone.
 */
export type Read<T> = (value: unknown, key: string) => T | null | undefined;

/** Reports something that concerns developers only. */
export type Warn = (kind: string, reason: string) => void;

/** Validates a stored value. Throws or returns undefined when it is invalid. */
// biome-ignore lint/suspicious/noExplicitAny: anything at all may be stored
export type Parse<T> = (value: any, key: string, warn: Warn) => T | undefined;

/** Creates a reader of stored values. It leaves the values of later versions alone. */
export const createReader =
  <T>(parse: Parse<T>, warn: Warn): Read<T> =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  (value: any, key) => {
    if (value?.format > FORMAT) return null;
    const parsed = tryOrUndefined(() => parse(value, key, warn));
    if (parsed === undefined) warn('removed from storage', key);
    return parsed;
  };
