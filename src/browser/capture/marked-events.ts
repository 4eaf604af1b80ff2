import type { TrackedAction, TrackedEvent } from '../../contract/event.js';

/** Times of the last events that markup has made, by type and item; in milliseconds since the page's start. */
export type MarkedEvents = Map<string, number>;

export const markedKeyOf = ({ eventType, itemId }: TrackedEvent): string => `${eventType} ${itemId}`;

/** Returns a recorder of events made by markup, which notes them. */
export const noteMarked =
  <Rest extends unknown[]>(
    marked: MarkedEvents,
    record: (event: TrackedEvent | TrackedAction, ...rest: Rest) => void,
  ): typeof record =>
  (event, ...rest) => {
    marked.set(markedKeyOf(event), performance.now());
    record(event, ...rest);
  };
