import type { TrackedAction, TrackedEvent } from '../../contract/event.js';

/** A push this soon after a marked-up event of the same type and item reports the same action of the visitor. */
const SAME_ACTION_MS = 1000;

/** Remembers the events that markup has made, for as long as a push may report the same action. */
export interface MarkedEvents {
  add(event: TrackedEvent | TrackedAction): void;
  /** Returns whether markup has just made an event of the same type and item. */
  has(event: TrackedEvent): boolean;
}

const keyOf = ({ eventType, itemId }: Partial<TrackedEvent>): string => JSON.stringify([eventType, itemId]);

/**
 * @param now in milliseconds since the page's start
 * @param times of the events, oldest first
 */
export const createMarkedEvents = (
  now = () => performance.now(),
  times = new Map<string, number>(),
): MarkedEvents => {
  const isOver = (at: number) => now() - at >= SAME_ACTION_MS;
  return {
    add(event) {
      const key = keyOf(event);
      times.delete(key);
      times.set(key, now());
      for (const [oldest, at] of times) {
        if (!isOver(at)) return;
        times.delete(oldest);
      }
    },
    has: (event) => !isOver(times.get(keyOf(event)) ?? Number.NEGATIVE_INFINITY),
  };
};

/** Returns a recorder of events made by markup, which notes them. */
export const noteMarked =
  <Rest extends unknown[]>(
    marked: MarkedEvents,
    record: (event: TrackedEvent | TrackedAction, ...rest: Rest) => void,
  ): typeof record =>
  (event, ...rest) => {
    marked.add(event);
    record(event, ...rest);
  };
