/**
 * The depth of a message about an event: the event, its `properties` and their values. Deeper objects are not event
 * data.
 */
const MAX_DEPTH = 3;

/**
 * Copies data deeply, so that outside code never holds one of our objects. Objects become plain ones; those deeper than
 * `depth` become empty, which ends cycles. Functions hold no data and are kept. Throws when a getter throws.
 */
export const copy = <T>(value: T, depth = MAX_DEPTH): T => {
  if (typeof value !== 'object' || !value) return value;
  if (value instanceof Date) return new Date(+value) as T;
  const names = depth < 0 ? [] : Object.keys(value);
  const members = names.map((name): [string, unknown] => [name, copy(value[name as keyof T], depth - 1)]);
  // `fromEntries` defines properties: an assignment to one called `__proto__` would not.
  return (Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)) as T;
};
