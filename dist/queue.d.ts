import type { RecordedEvent } from './event.js';
import type { Notes } from './lib/notes.js';
import type { Store } from './lib/store.js';
/** An event and the session it belongs to; what waits, is stored and is sent. */
export interface Item {
    event: RecordedEvent;
    /** When it was recorded, in Unix milliseconds on the visitor's clock, whatever `sentAt` the page gave. */
    recordedAt: number;
    /** Of the event, in characters of JSON. */
    size: number;
    /** Milliseconds to add to the visitor's clock as it was then, where that was known for sure. */
    offset?: number | undefined;
    /** Absent until storage has said which session runs. */
    sessionId?: string | undefined;
    userId?: string | undefined;
    /** A beacon took it, or a request whose answer was never read. */
    unconfirmed?: boolean;
}
export interface Queue {
    /** Everything waiting, oldest first. */
    items(): Item[];
    has(item: Item): boolean;
    add(item: Item): void;
    /** Forgets settled events, in memory and in the store. */
    remove(items: Item[]): void;
    /** Drops what was recorded longer ago, of what is concerned. */
    expire(maxAgeMs: number, isConcerned: (item: Item) => unknown): void;
    /** Takes over what pages that are gone have left. Of what they never stored, some may lack its session. */
    recover(): Promise<void>;
    /** Forgets what another page has taken over while this one was frozen or failing. To be asked before sending. */
    hold(): Promise<void>;
    /** Lets go of everything, synchronously: the page is leaving. Memory keeps it, should the page come back. */
    release(): void;
    /** Takes back what `release` let go; where another page has read of it, all is that page's now. */
    reclaim(): void;
}
/**
 * Memory is the queue, the store its shadow: written a turn behind, removed by event ID.
 * @param owner this page's own name
 * @param onDropped hears of what is past a bound and given up, the oldest first
 */
export declare const createQueue: (store: Store, notes: Notes, owner: string, onDropped: (item: Item, because: string) => void, now?: () => number) => Queue;
