import type { TrackedEvent } from '../event.js';
/**
 * Reads the event that something done to `path[0]` makes, if it is in an item at all.
 * @param path from the target outwards, through open shadow roots: an event's `composedPath()`
 */
export declare const readEvent: (path: EventTarget[], defaultType: string) => TrackedEvent | undefined;
