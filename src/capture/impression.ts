import type { TrackedAction, TrackedEvent } from '../event.js';
import { isVisible, onHidden, onVisible } from '../lib/lifecycle.js';
import type { Reading } from './attributes.js';

/** What the markup says of an element. */
type MarksOf = (element: Element) => DOMStringMap;

export interface Impressions {
  /** Tiles that have come, or whose marks have changed. */
  watch(tiles: Iterable<Element>): void;
  /** Whether the visitor has been able to see the tile with this item in it. */
  isSeen(tile: Element, itemId: string): boolean;
  /** Another page view: what is in view counts anew. */
  restart(): void;
}

/** What is larger than the viewport never reaches the share itself: some fractions of it are told of, too. */
const FRACTIONS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];

/** What is empty yet is looked at again so often. */
const EMPTY_MS = 500;

/**
 * Records what has been in view for long enough.
 * @param read what the markup says of a tile: nothing, where its impressions are not wanted
 * @param share 0 to 1, of the item, or of the viewport where the item is larger
 */
export const captureImpressions = (
  read: (tile: Element, trigger: 'impression') => Reading | undefined,
  marksOf: MarksOf,
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
  let counted = new WeakMap<Element, Set<string>>();

  const count = (tile: Element) => {
    const { event, list, listName } = read(tile, 'impression') ?? {};
    if (!event) return;
    const owner = (!listName && list) || document.documentElement;
    const keys = counted.get(owner) ?? new Set<string>();
    counted.set(owner, keys);
    const { itemId, actionId, recommendationId } = event as TrackedEvent & Partial<TrackedAction>;
    const key = JSON.stringify([listName, itemId, actionId, recommendationId]);
    if (keys.has(key)) return;
    keys.add(key);
    record(event, 'impression');
  };

  /** One timer for all that come into view together. */
  const begin = (tiles: Element[]) => {
    const turn = {};
    for (const tile of tiles) inView.set(tile, turn);
    // Where nobody looks they get another turn once somebody does.
    if (!tiles.length || !isVisible()) return;
    setTimeout(() => {
      for (const tile of tiles) if (inView.get(tile) === turn && tile.isConnected) count(tile);
    }, timeMs);
  };

  const observer = new IntersectionObserver(
    (entries) => {
      const come = new Set<Element>();
      const empty: Element[] = [];
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        // A frame of another origin is not told the viewport.
        const { width, height } = rootBounds ?? { width: innerWidth, height: innerHeight };
        const area = intersectionRect.width * intersectionRect.height;
        if (area && (intersectionRatio >= share || area >= share * width * height)) {
          seen.set(target, marksOf(target).personalizeItem);
          if (!inView.has(target)) come.add(target);
        } else {
          // Of one that has come and gone since the last time it is told at once.
          inView.delete(target);
          come.delete(target);
          // What has no area counts as wholly in view, and so nothing tells when it has grown.
          if (intersectionRatio && !area) empty.push(target);
        }
      }
      begin([...come]);
      if (empty.length) setTimeout(() => signal.aborted || watch(empty), EMPTY_MS);
    },
    { threshold: FRACTIONS.map((fraction) => share * fraction) },
  );

  const watch = (tiles: Iterable<Element>) => {
    for (const tile of tiles) {
      // Only what is observed anew is told of where it is.
      if (watched.has(tile)) observer.unobserve(tile);
      watched.add(tile);
      inView.delete(tile);
      observer.observe(tile);
    }
  };

  const restart = () => begin([...inView.keys()]);

  onHidden(() => {
    // Their turns are over; they are in view still.
    for (const tile of inView.keys()) inView.set(tile, {});
  }, signal);
  onVisible(restart, signal);
  signal.addEventListener('abort', () => observer.disconnect());
  return {
    watch,
    isSeen: (tile, itemId) => seen.get(tile) === itemId,
    restart() {
      counted = new WeakMap();
      restart();
    },
  };
};
