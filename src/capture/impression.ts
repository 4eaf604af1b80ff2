import type { TrackedEvent } from '../event.js';
import { isVisible, onHidden, onVisible, type Stop } from '../lib/lifecycle.js';
import type { Reading } from './attributes.js';

export interface ImpressionOptions {
  /** 0 to 1, of the item, or of the viewport where the item is larger. */
  share: number;
  timeMs: number;
  /** What the markup says of a tile: nothing, where its impressions are not wanted. */
  read(tile: Element): Reading | undefined;
  record(event: TrackedEvent): void;
}

export interface Impressions {
  /** Tiles that have come, or whose marks have changed. */
  watch(tiles: Iterable<Element>): void;
  /** Whether the visitor has been able to see the tile with this item in it. */
  isSeen(tile: Element, itemId: string): boolean;
  /** Another page view: what is in view counts anew. */
  restart(): void;
  stop: Stop;
}

/** What is larger than the viewport never reaches the share itself: some fractions of it are told of, too. */
const FRACTIONS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];

export const captureImpressions = ({ share, timeMs, read, record }: ImpressionOptions): Impressions => {
  /** In view, by the turn in which they came. What is removed from the page the observer reports as out of view. */
  const inView = new Map<Element, object>();
  const watched = new WeakSet<Element>();
  /** By the item that was in it. */
  const seen = new WeakMap<Element, string | undefined>();
  let counted = new WeakMap<Element, Set<string>>();

  const count = (tile: Element) => {
    const { event, list } = read(tile) ?? {};
    if (!event) return;
    // A list that has a name stays the same when it is rendered anew.
    const name = list?.dataset.personalizeList;
    const owner = (!name && list) || document.documentElement;
    const keys = counted.get(owner) ?? new Set<string>();
    counted.set(owner, keys);
    const key = `${[name, event.itemId, event.recommendationId]}`;
    if (keys.has(key)) return;
    keys.add(key);
    record(event);
  };

  /** One timer for all that come into view together. */
  const begin = (tiles: Element[]) => {
    if (!tiles.length || !isVisible()) return;
    const turn = {};
    for (const tile of tiles) inView.set(tile, turn);
    setTimeout(() => {
      for (const tile of tiles) if (inView.get(tile) === turn && tile.isConnected) count(tile);
    }, timeMs);
  };

  const observer = new IntersectionObserver(
    (entries) => {
      const come: Element[] = [];
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        // A frame of another origin is not told the viewport.
        const { width, height } = rootBounds ?? { width: innerWidth, height: innerHeight };
        const area = intersectionRect.width * intersectionRect.height;
        if (area && (intersectionRatio >= share || area >= share * width * height)) {
          seen.set(target, (target as HTMLElement).dataset.personalizeItem);
          if (!inView.has(target)) come.push(target);
        } else inView.delete(target);
      }
      begin(come);
    },
    { threshold: FRACTIONS.map((fraction) => share * fraction) },
  );

  const restart = () => begin([...inView.keys()]);

  const stops = [
    onHidden(() => {
      // Their turns are over; they are in view still.
      for (const tile of inView.keys()) inView.set(tile, {});
    }),
    onVisible(restart),
    () => observer.disconnect(),
  ];
  return {
    watch(tiles) {
      for (const tile of tiles) {
        // Only what is observed anew is told of where it is.
        if (watched.has(tile)) observer.unobserve(tile);
        watched.add(tile);
        inView.delete(tile);
        observer.observe(tile);
      }
    },
    isSeen: (tile, itemId) => seen.get(tile) === itemId,
    restart() {
      counted = new WeakMap();
      restart();
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
};
