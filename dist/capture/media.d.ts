import type { Reading } from './attributes.js';
/** To be told of players that have come or whose marks have changed; it looks, too, whether a frame has gone. */
export type WatchMedia = (players: Iterable<Element>) => void;
/**
 * Records the share of a medium that has really been played, whenever it has grown: at each quarter, at pause and end,
 * and when the page is hidden or left. A live stream, which has no share, makes one event without `eventValue`.
 */
export declare const captureMedia: (read: (player: Element, trigger: 'media') => Reading | undefined, record: (event: Reading['event'], trigger: 'media') => void, signal: AbortSignal) => WatchMedia;
