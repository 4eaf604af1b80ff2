import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { isVisible, onHidden, onVisible } from '../platform/lifecycle.js';
import { isRendered, isSeeable, LOOK_AGAIN_MS } from '../platform/visibility.js';
import { TILE } from './attributes.js';
import type { Reading } from './read-event.js';

/** Returns the ID of the item that an element is marked as. */
type ItemOf = (element: Element) => string | undefined;

export interface Impressions {
  /** Tiles that have come, or whose marks have changed. */
  watch(tiles: Iterable<Element>): void;
  /** Whether the visitor sees the tile, whose item this is now, or has seen it with this item for long enough. */
  isSeen(tile: Element, itemId: string): boolean;
  /**
   * Another page view: what comes into view from now on counts again.
   * @param includesShown items that are in view already count again, too
   */
  restart(includesShown: boolean): void;
}

/** What is larger than the viewport never reaches the share itself: some fractions of it are told of, too. */
const FRACTIONS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];

/**
 * Records what has been in view for long enough.
 * @param read what the markup says of a tile: nothing, where its impressions are not wanted
 * @param share 0 to 1, of the item, or of the viewport where the item is larger
 */
export const captureImpressions = (
  read: (tile: Element, trigger: 'impression') => Reading | undefined,
  itemOf: ItemOf,
  record: (event: Reading['event'], trigger: 'impression') => void,
  share: number,
  timeMs: number,
  signal: AbortSignal,
): Impressions => {
  /** In view, by the turn in which they came. What is removed from the page the observer reports as out of view. */
  const inView = new Map<Element, object>();
  const watched = new WeakSet<Element>();
  /** By the item that was in it. */
  const seen = new WeakMap<Element, string | undefined>();
  /** The key that each tile has counted under, for as long as it stays in view. */
  const stays = new WeakMap<Element, string>();
  let counted = new WeakMap<Element, Set<string>>();

  const count = (tile: Element) => {
    const before = stays.get(tile);
    stays.set(tile, '');
    const { event, list, listName } = read(tile, 'impression') ?? {};
    if (!event) return;
    const owner = (!listName && list) || document.documentElement;
    const keys = counted.get(owner) ?? new Set<string>();
    counted.set(owner, keys);
    const { itemId, actionId, recommendationId } = event as TrackedEvent & Partial<TrackedAction>;
    const key = JSON.stringify([listName, itemId, actionId, recommendationId]);
    stays.set(tile, key);
    // It has stayed in view while the page changed its address or wrote the same marks again.
    if (key === before || keys.has(key)) return;
    keys.add(key);
    record(event, 'impression');
  };

  /**
   * Starts one timer for all that come into view together. They are looked at halfway and when their time is up: never while
   * they are only scrolled past.
   */
  const begin = (tiles: Element[]) => {
    const turn = {};
    for (const tile of tiles) inView.set(tile, turn);
    // Where nobody looks they get another turn once somebody does.
    if (!tiles.length || !isVisible()) return;
    const later = (ms: number, of: Element[], run: (tiles: Element[]) => void) => {
      const isStill = (tile: Element) => inView.get(tile) === turn && tile.isConnected;
      if (of.length && !signal.aborted) setTimeout(() => signal.aborted || run(of.filter(isStill)), ms);
    };
    /** Returns those that somebody can see. The others get another turn once they are shown. */
    const look = (of: Element[]): Element[] => {
      const hidden: Element[] = [];
      const shown = of.filter((tile) => isSeeable(tile, TILE) || !hidden.push(tile));
      later(LOOK_AGAIN_MS, hidden, (again) => begin(look(again)));
      return shown;
    };
    const countAll = (of: Element[]) => {
      const stayed = look(of);
      // All of them first: the event of each names the others of its list.
      for (const tile of stayed) seen.set(tile, itemOf(tile));
      for (const tile of stayed) count(tile);
    };
    later(timeMs / 2, tiles, (halfway) => later(timeMs / 2, look(halfway), countAll));
  };

  /** Those in view that have not counted yet. */
  const pending = () => [...inView.keys()].filter((tile) => !stays.has(tile));

  const observer = new IntersectionObserver(
    (entries) => {
      const come = new Set<Element>();
      const empty: Element[] = [];
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        // A frame of another origin is not told the viewport.
        const { width, height } = rootBounds ?? { width: innerWidth, height: innerHeight };
        const area = intersectionRect.width * intersectionRect.height;
        if (area && (intersectionRatio >= share || area >= share * width * height)) {
          if (!inView.has(target)) come.add(target);
        } else {
          // Of one that has come and gone since the last time it is told at once.
          inView.delete(target);
          stays.delete(target);
          come.delete(target);
          // What has no area counts as wholly in view, and so nothing tells when it has grown.
          if (intersectionRatio && !area) empty.push(target);
        }
      }
      begin([...come]);
      if (empty.length) setTimeout(() => signal.aborted || watch(empty), LOOK_AGAIN_MS);
    },
    { threshold: FRACTIONS.map((fraction) => share * fraction) },
  );

  const watch = (tiles: Iterable<Element>) => {
    for (const tile of tiles) {
      // The observer reports only newly observed elements.
      if (watched.has(tile)) observer.unobserve(tile);
      watched.add(tile);
      inView.delete(tile);
      observer.observe(tile);
    }
  };

  onHidden(() => {
    // Their turns are over; they are in view still.
    for (const tile of pending()) inView.set(tile, {});
  }, signal);
  onVisible(() => begin(pending()), signal);
  signal.addEventListener('abort', () => observer.disconnect());
  return {
    watch,
    isSeen: (tile, itemId) => seen.get(tile) === itemId || (inView.has(tile) && isSeeable(tile, TILE)),
    restart(includesShown) {
      counted = new WeakMap();
      const tiles = [...inView.keys()].filter(
        (tile) => stays.has(tile) && (includesShown || !isRendered(tile)),
      );
      for (const tile of tiles) stays.delete(tile);
      begin(tiles);
    },
  };
};
