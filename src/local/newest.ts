/** A list of the newest entries. */
export interface Newest<Entry> {
  /** Oldest first. */
  readonly list: readonly Entry[];
  /** Entries that were dropped since the last `clear()`. */
  readonly dropped: number;
  /** Adds an entry, and drops the oldest one at the limit. */
  add(entry: Entry): void;
  clear(): void;
}

/** Creates a list that keeps the newest `max` entries. */
export const createNewest = <Entry>(max: number): Newest<Entry> => {
  const list: Entry[] = [];
  let dropped = 0;
  return {
    list,
    get dropped() {
      return dropped;
    },
    add(entry) {
      list.push(entry);
      if (list.length <= max) return;
      list.shift();
      dropped++;
    },
    clear() {
      list.length = 0;
      dropped = 0;
    },
  };
};
