import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { createCountedKeys } from './counted-keys.js';
import type { Reading } from './read-event.js';

/** Counts each impression once a page view. */
export interface ImpressionCounts {
  /** Returns the event of a tile that stayed in view; undefined if it has counted before, or wants no impressions. */
  count(tile: Element): Reading['event'] | undefined;
  /** Returns whether a tile has been counted since it came into view. */
  isCounted(tile: Element): boolean;
  /** Lets a tile count again, as when it leaves the view. */
  uncount(tile: Element): void;
  /** Begins another page view. */
  restart(): void;
}

export const createImpressionCounts = (
  read: (tile: Element, trigger: 'impression') => Reading | undefined,
): ImpressionCounts => {
  /** The key that each tile has counted under, for as long as it stays in view. */
  const keyOfTile = new WeakMap<Element, string>();
  /** Keys of this page view, by list; for lists with a name, and without a list, by the document. */
  let counted = new WeakMap<Element, ReturnType<typeof createCountedKeys>>();

  return {
    count(tile) {
      const keyBefore = keyOfTile.get(tile);
      keyOfTile.set(tile, '');
      const { event, list, listName } = read(tile, 'impression') ?? {};
      if (!event) return undefined;
      const owner = (!listName && list) || document.documentElement;
      const countKey = counted.get(owner) ?? createCountedKeys();
      counted.set(owner, countKey);
      const { itemId, actionId, recommendationId } = event as TrackedEvent & Partial<TrackedAction>;
      const key = JSON.stringify([listName, itemId, actionId, recommendationId]);
      keyOfTile.set(tile, key);
      // The key is the same if the tile stayed in view while the page changed its address or wrote the same attributes again.
      return key !== keyBefore && countKey(key) ? event : undefined;
    },
    isCounted: (tile) => keyOfTile.has(tile),
    uncount: (tile) => keyOfTile.delete(tile),
    restart() {
      counted = new WeakMap();
    },
  };
};
