/** Removes the oldest entries of a Map or a Set over a limit. Replacing an entry does not make it newer. */
export const dropOldest = (entries: Map<unknown, unknown> | Set<unknown>, limit: number): void => {
  for (const key of entries.keys()) {
    if (entries.size <= limit) return;
    entries.delete(key);
  }
};
