import { tryOrUndefined } from '../../contract/try.js';

/**
 * The format of stored data: `format` of an object, 1 where there is none. A change of what a stored name means makes it 2,
 * and then every object is to carry it; format 1 must stay readable.
 */
const FORMAT = 1;

/** Returns what a stored value says: undefined when it does not fit and is to go, null when it is to be left alone. */
export type Read<T> = (value: unknown, key: string) => T | null | undefined;

/** Says something to developers. */
export type Warn = (kind: string, reason: string) => void;

/** Throws, or returns undefined, where a value does not fit. */
// biome-ignore lint/suspicious/noExplicitAny: anything at all may be stored
export type Parse<T> = (value: any, key: string, warn: Warn) => T | undefined;

/** Makes a reader of stored values, which leaves those of a later version alone. */
export const createReader =
  <T>(parse: Parse<T>, warn: Warn): Read<T> =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  (value: any, key) => {
    if (value?.format > FORMAT) return null;
    const found = tryOrUndefined(() => parse(value, key, warn));
    if (found === undefined) warn('removed from storage', key);
    return found;
  };
