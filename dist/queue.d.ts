import type { RecordedEvent } from './event.js';
import type { Notes, Store } from './lib/store.js';
/** An event and the session it belongs to; what waits, is stored and is sent. */
export interface Item {
    event: RecordedEvent;
    /** Absent until storage has said which session runs. */
    sessionId?: string;
    userId?: string;
    /** Unix milliseconds of the moment a beacon or a request whose answer was never read took it. */
    unconfirmedSince?: number;
}
export interface Queue {
    /** Everything waiting, oldest first. */
    items(): Item[];
    has(eventId: string): boolean;
    add(item: Item): void;
    /** Forgets settled events, in memory and in the store. */
    remove(eventIds: string[]): void;
    /** Takes over what pages that are gone have left. Of what they never stored, some may lack its session. */
    recover(): Promise<void>;
    /** Lets go of everything, synchronously: the page is leaving. Memory keeps it, should the page come back. */
    release(): void;
    /** Takes back what `release` let go, less what another page has taken meanwhile. */
    reclaim(): Promise<void>;
}
export interface QueueOptions {
    store: Store;
    notes: Notes;
    /** This page's own name. */
    owner: string;
    now: () => number;
}
/** Memory is the queue, the store its shadow: written a turn behind, removed by event ID. */
export declare const createQueue: ({ store, notes, owner, now }: QueueOptions) => Queue;
