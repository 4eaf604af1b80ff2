import type { TrackedEvent } from '../event.js';
import { type Stop } from '../lib/lifecycle.js';
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
export declare const captureImpressions: ({ share, timeMs, read, record }: ImpressionOptions) => Impressions;
