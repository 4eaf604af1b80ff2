/** A message about an event has the event, its `properties` and their values: what is nested deeper is no data of events. */
const MAX_DEPTH = 3;

/**
 * Copies data deeply, so that nobody outside holds an object of ours. Objects become plain ones, those beyond `depth` empty
 * ones, which ends cycles. Functions hold no data and stay. Throws where a getter throws.
 */
export const copy = <T>(value: T, depth = MAX_DEPTH): T => {
  if (typeof value !== 'object' || !value) return value;
  if (value instanceof Date) return new Date(+value) as T;
  const names = depth < 0 ? [] : Object.keys(value);
  const members = names.map((name): [string, unknown] => [name, copy(value[name as keyof T], depth - 1)]);
  // Defined, not assigned: a property may be called `__proto__`.
  return (Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)) as T;
};
