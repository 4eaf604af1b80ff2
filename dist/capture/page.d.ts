import type { TrackedAction, TrackedEvent } from '../event.js';
import { type Trigger } from './attributes.js';
export interface PageOptions {
    eventTypeOf(trigger: Trigger): string;
    /** Percent. */
    impressionShare: number;
    /** Milliseconds. */
    impressionTime: number;
    impressionItems: 'seen' | 'all';
}
/** Makes events of what a page shows and visitors do with it, as its markup says. */
export declare const capturePage: (options: PageOptions, record: (event: TrackedEvent | TrackedAction, trigger: Trigger) => void, signal: AbortSignal) => void;
