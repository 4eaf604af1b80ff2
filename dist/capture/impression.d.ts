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
/**
 * Records what has been in view for long enough.
 * @param read what the markup says of a tile: nothing, where its impressions are not wanted
 * @param share 0 to 1, of the item, or of the viewport where the item is larger
 */
export declare const captureImpressions: (read: (tile: Element, trigger: 'impression') => Reading | undefined, marksOf: MarksOf, record: (event: Reading['event'], trigger: 'impression') => void, share: number, timeMs: number, signal: AbortSignal) => Impressions;
export {};
