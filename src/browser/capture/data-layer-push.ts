import { isLeftover, isPlainObject } from '../../contract/validate.js';
import type { SourceEvent } from '../commerce/product-events.js';
import { toText } from '../commerce/product-fields.js';

/** The parts of a pushed entry that the tracker uses. */
export interface Push {
  /** Null: the visitor is signed out. Undefined: the entry does not say. */
  userId: string | null | undefined;
  event: SourceEvent | undefined;
}

const NOTHING: Push = { userId: undefined, event: undefined };

/** Returns what an object says about the visitor's user ID. GA4 takes null for a visitor who has signed out. */
const toUserId = (value: unknown): Push['userId'] => {
  const userId = toText(value);
  if (userId) return isLeftover(userId) ? undefined : userId;
  return value === null || typeof value === 'string' ? null : undefined;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && !!value;

const toEvent = (name: string, ...sources: Record<string, unknown>[]): SourceEvent => ({
  name,
  parameter(key) {
    for (const source of sources) {
      const value = source[key];
      if (value !== undefined) return value;
    }
    return undefined;
  },
});

/** Reads a command of `gtag()`, which pushes its `arguments`. */
const readCommand = ([command, target, value]: ArrayLike<unknown> & Iterable<unknown>): Push => {
  const parameters = isObject(value) ? value : {};
  if (command === 'event' && typeof target === 'string')
    return { userId: undefined, event: toEvent(target, parameters) };
  if (command === 'config') return { ...NOTHING, userId: toUserId(parameters.user_id) };
  if (command !== 'set') return NOTHING;
  const userId = isObject(target) ? target.user_id : target === 'user_id' ? value : undefined;
  return { ...NOTHING, userId: toUserId(userId) };
};

/**
 * Creates a function that reads pushed entries in their order. As in Tag Manager, an `ecommerce` that was pushed without
 * an event belongs to the next events that have none of their own, until another or null is pushed.
 */
export const createPushReader = (): ((entry: unknown) => Push) => {
  let kept: Record<string, unknown> | undefined;

  const readObject = (entry: Record<string, unknown>): Push => {
    const { event: name, ecommerce, user_id } = entry;
    const userId = toUserId(user_id);
    if (ecommerce === null || typeof name !== 'string') {
      if (ecommerce !== undefined) kept = isObject(ecommerce) ? ecommerce : undefined;
    }
    if (typeof name !== 'string') return { ...NOTHING, userId };
    if (isObject(ecommerce)) return { userId, event: toEvent(name, ecommerce, entry) };
    return { userId, event: toEvent(name, entry, kept ?? {}) };
  };

  return (entry) => {
    // An array is a command of Tag Manager's own, such as ['list.push', item].
    if (!isPlainObject(entry)) return NOTHING;
    const isCommand = Object.prototype.toString.call(entry) === '[object Arguments]';
    return isCommand ? readCommand(entry as unknown as IArguments) : readObject(entry);
  };
};
