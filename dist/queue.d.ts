import type { RecordedEvent } from './event.js';
import type { Notes, Store } from './lib/store.js';
/** An event and the session it belongs to; what waits, is stored and is sent. */
export interface Item {
    event: RecordedEvent;
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
    /** Takes over what pages that are gone have left. Of what they never stored, some may lack its session. */
    recover(): Promise<void>;
    /** Lets go of everything, synchronously: the page is leaving. Memory keeps it, should the page come back. */
    release(): void;
    /** Takes back what `release` let go; where another page has read of it, all is that page's now. */
    reclaim(): void;
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
