import { isVisible, onHidden, onVisible } from '../platform/lifecycle.js';
import { isRendered, isSeeable, LOOK_AGAIN_MS } from '../platform/visibility.js';
import { TILE } from './attributes.js';
import { createImpressionCounts } from './impression-counts.js';
import { observeInView } from './in-view.js';
import type { Reading } from './read-event.js';

export interface Impressions {
  /** Watches tiles that are new, or whose attributes have changed. */
  watch(tiles: Iterable<Element>): void;
  /** Returns whether the visitor sees the tile, whose item this is now, or has seen it with this item for long enough. */
  isSeen(tile: Element, itemId: string): boolean;
  /**
   * Begins another page view: what comes into view from now on counts again.
   * @param includesShown items that are in view already count again, too
   */
  restart(includesShown: boolean): void;
}

/**
 * Records what has been in view for long enough.
 * @param read reads the markup of a tile; undefined if it wants no impressions
 * @param itemOf returns the ID of an element's item
 * @param share 0 to 1, of the item, or of the viewport if the item is larger
 */
export const captureImpressions = (
  read: (tile: Element, trigger: 'impression') => Reading | undefined,
  itemOf: (element: Element) => string | undefined,
  record: (event: Reading['event'], trigger: 'impression') => void,
  share: number,
  timeMs: number,
  signal: AbortSignal,
): Impressions => {
  /** Tiles in view, and the dwell that each is in. */
  const inView = new Map<Element, object>();
  /** The item that was in each tile when it had been seen. */
  const seen = new WeakMap<Element, string | undefined>();
  const counts = createImpressionCounts(read, record);

  /**
   * Starts the dwell time of tiles that have come into view together, with one timer for all. They are checked halfway and
   * at its end: never while they are only scrolled past.
   */
  const startDwell = (tiles: Element[]) => {
    const dwell = {};
    for (const tile of tiles) inView.set(tile, dwell);
    // In a hidden page the dwell starts again once it is visible.
    if (!tiles.length || !isVisible()) return;
    /** Runs later for those that are still in view. */
    const later = (ms: number, some: Element[], run: (tiles: Element[]) => void) => {
      const isStill = (tile: Element) => inView.get(tile) === dwell && tile.isConnected;
      if (some.length && !signal.aborted) setTimeout(() => signal.aborted || run(some.filter(isStill)), ms);
    };
    /** Returns the tiles that can be seen. The others start their dwell again once they can. */
    const keepSeeable = (some: Element[]): Element[] => {
      const hidden: Element[] = [];
      const shown = some.filter((tile) => isSeeable(tile, TILE) || !hidden.push(tile));
      later(LOOK_AGAIN_MS, hidden, (again) => startDwell(keepSeeable(again)));
      return shown;
    };
    const countAll = (some: Element[]) => {
      const stayed = keepSeeable(some);
      // All of them first: the event of each names the others of its list.
      for (const tile of stayed) seen.set(tile, itemOf(tile));
      for (const tile of stayed) counts.count(tile);
    };
    later(timeMs / 2, tiles, (halfway) => later(timeMs / 2, keepSeeable(halfway), countAll));
  };

  const observe = observeInView(
    share,
    {
      onEnter: (tiles) => startDwell(tiles.filter((tile) => !inView.has(tile))),
      onLeave(tile) {
        inView.delete(tile);
        counts.uncount(tile);
      },
      onEmpty: (tiles) => setTimeout(() => signal.aborted || watch(tiles), LOOK_AGAIN_MS),
    },
    signal,
  );

  const watch = (tiles: Iterable<Element>) => {
    for (const tile of tiles) {
      inView.delete(tile);
      observe(tile);
    }
  };

  const tilesInView = () => [...inView.keys()];
  const uncounted = () => tilesInView().filter((tile) => !counts.isCounted(tile));
  onHidden(() => {
    // They stay in view, but their dwell is over.
    for (const tile of uncounted()) inView.set(tile, {});
  }, signal);
  onVisible(() => startDwell(uncounted()), signal);

  return {
    watch,
    isSeen: (tile, itemId) => seen.get(tile) === itemId || (inView.has(tile) && isSeeable(tile, TILE)),
    restart(includesShown) {
      counts.restart();
      const tiles = tilesInView().filter(
        (tile) => counts.isCounted(tile) && (includesShown || !isRendered(tile)),
      );
      for (const tile of tiles) counts.uncount(tile);
      startDwell(tiles);
    },
  };
};
