import type { RecordedEvent } from './event.js';
import type { Shared } from './lib/notes.js';
type Source = Pick<RecordedEvent, 'recommendationId' | 'impression' | 'metricAttribution'>;
/** Where a session's visitor has come to items from, the latest first. */
export interface Sources {
    sessionId: string | undefined;
    items: [itemId: string, source: Source][];
}
/**
 * Lets the recommendation and the list that a visitor came to an item through follow him: what an event says of them
 * is remembered for its item, and given to later events of that item that say nothing. Until the session ends.
 */
export declare const attribute: (event: RecordedEvent, shared: Shared<Sources>, sessionId: string | undefined) => RecordedEvent;
export {};
