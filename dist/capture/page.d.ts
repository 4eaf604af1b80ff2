import type { TrackedEvent } from '../event.js';
import type { Stop } from '../lib/lifecycle.js';
import { type Reader, type Trigger } from './attributes.js';
export interface PageOptions {
    eventTypes: Reader['eventTypes'];
    /** Percent. */
    impressionShare: number;
    /** Milliseconds. */
    impressionTime: number;
    impressionItems: 'seen' | 'all';
}
/** Makes events of what a page shows and visitors do with it, as its markup says; returns the undo. */
export declare const capturePage: ({ eventTypes, impressionShare, impressionTime, impressionItems }: PageOptions, record: (event: TrackedEvent, trigger: Trigger) => void) => Stop;
