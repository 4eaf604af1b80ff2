import type { Options, Settings } from './options.js';
import type { Item } from './queue.js';
import type { Session } from './session.js';
/** Prints what happens to an event, or to all; `at` in Unix milliseconds. */
export type Print = (kind: string, detail: object, at?: number) => void;
/**
 * Says in the console what happens to each event, and its whole life in one group when that is over; and once when a page
 * goes past a limit of the dataset's.
 */
export declare const createPrinter: () => Print;
/** What a tracker knows and does, as plain data: it survives JSON, and holds nothing that could sign a request. */
export interface Inspection {
    /** Of this package. */
    version?: string;
    /** What it runs with, checked, defaults and addresses filled in. */
    options: Omit<Options, 'credentials'>;
    /** The running session; absent until storage has answered. */
    session?: {
        /** As `tracker.sessionId`. */
        sessionId: string;
        /** Absent for an anonymous visitor. */
        userId?: string;
        /** ISO 8601, like every time here, by the visitor's clock. */
        createdAt: string;
    };
    /** What waits to be delivered, oldest first. */
    queue: {
        /** As `track()` has returned it. */
        eventId: string;
        /** What happened. */
        eventType: string;
        /** Absent of an action's event, and of one without an item. */
        itemId?: string;
        /** Of an action's event alone. */
        actionId?: string;
        /** When it was recorded, whatever `sentAt` the page gave. */
        recordedAt: string;
        /** It has been sent by a request whose answer could not be read: it waits to be confirmed. */
        unconfirmed: boolean;
    }[];
    /** Those that sign now, never what they consist of; absent where there are none yet, or they do not say when they expire. */
    credentials?: {
        /** By AWS's clock. */
        expiration: string;
        /** Milliseconds until then, less than nothing once they have expired. */
        expiresInMs: number;
    };
    /** Milliseconds that AWS's clock is ahead of the visitor's, as far as known. */
    clockOffset: number;
    /** What has gone wrong, the latest first. */
    errors: {
        /** When it was told. */
        at: string;
        /** As `on('rejected')` and `on('error')` heard it. */
        reason: string;
    }[];
}
/** What is looked at; times in Unix milliseconds. */
export interface InspectedParts {
    settings: Partial<Settings>;
    session: Session | undefined;
    items: Item[];
    /** Of the credentials. */
    expiration: Date | undefined;
    /** Of the clock, in milliseconds. */
    offset: number;
    errors: {
        at: number;
        reason: string;
    }[];
}
/** A copy of what is told of a tracker; JSON writes the times, and leaves out functions and what is undefined. */
export declare const inspect: ({ settings, session, items, expiration, offset, errors }: InspectedParts, now?: number) => Inspection;
