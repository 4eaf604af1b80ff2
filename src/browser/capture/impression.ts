import type { IdleSlices, Work } from '../platform/idle-slices.js';
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

export interface ImpressionOptions {
  /** Reads the markup of a tile; returns undefined if it wants no impressions. */
  read(tile: Element, trigger: 'impression'): Reading | undefined;
  /** Returns the ID of an element's item. */
  itemOf(element: Element): string | undefined;
  record(event: Reading['event'], trigger: 'impression'): void;
  /** 0 to 1, of the item, or of the viewport if the item is larger. */
  share: number;
  timeMs: number;
  /** Tiles that were in view for long enough are checked and read in these: a screen may have hundreds. */
  slices: IdleSlices;
  signal: AbortSignal;
}

/** Records what has been in view for long enough. */
export const captureImpressions = (options: ImpressionOptions): Impressions => {
  const { read, itemOf, record, share, timeMs, slices, signal } = options;
  /** Tiles in view, and the dwell that each is in. */
  const inView = new Map<Element, object>();
  /** The item that was in each tile when it had been seen. */
  const seen = new WeakMap<Element, string | undefined>();
  const counts = createImpressionCounts(read);

  /**
   * Starts the dwell time of tiles that have come into view together, with one timer for all. They are checked halfway and
   * at its end: never while they are only scrolled past.
   */
  const startDwell = (tiles: Element[]) => {
    const dwell = {};
    for (const tile of tiles) inView.set(tile, dwell);
    // In a hidden page the dwell starts again once it is visible.
    if (!tiles.length || !isVisible()) return;
    const isStill = (tile: Element) => inView.get(tile) === dwell && tile.isConnected;
    /** Runs later, with those of the tiles that are still in view and can be seen. */
    const later = (ms: number, some: Element[], run: (seeable: Element[]) => Work | undefined) => {
      if (!some.length || signal.aborted) return;
      setTimeout(() => slices.run(checkThen(some.filter(isStill), run)), ms);
    };
    /** Tiles that cannot be seen start their dwell again once they can. */
    function* checkThen(some: Element[], run: (seeable: Element[]) => Work | undefined): Work {
      const hidden: Element[] = [];
      const seeable: Element[] = [];
      for (const tile of some) {
        (isSeeable(tile, TILE) ? seeable : hidden).push(tile);
        yield;
      }
      later(LOOK_AGAIN_MS, hidden, (again) => void startDwell(again));
      yield* run(seeable.filter(isStill)) ?? [];
    }
    function* countAll(stayed: Element[]): Work {
      // All of them first: the event of each names the others of its list.
      for (const tile of stayed) seen.set(tile, itemOf(tile));
      const events: Reading['event'][] = [];
      for (const tile of stayed) {
        const event = isStill(tile) && counts.count(tile);
        if (event) events.push(event);
        yield;
      }
      // Together: in one transaction and in the fewest requests.
      for (const event of events) record(event, 'impression');
    }
    later(timeMs / 2, tiles, (halfway) => void later(timeMs / 2, halfway, countAll));
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
