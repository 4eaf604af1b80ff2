import type { Shared } from './lib/notes.js';
import type { Store } from './lib/store.js';
/**
 * What joins a visitor's events. The service trains on anonymous events only when a later event has the same
 * sessionId and a userId, so a session outlives page views, tabs and idle hours.
 */
export interface Session {
    sessionId: string;
    userId?: string | undefined;
    /** Unix milliseconds. */
    createdAt: number;
}
export interface SessionKeeper {
    /** The running session, once the store has answered. */
    current(): Session | undefined;
    /**
     * Resolves once there is a session, made or found in one transaction, so that tabs opened together share it.
     * Called again it finds what other tabs have done while this one was frozen.
     */
    load(): Promise<void>;
    /** Attaches the user to the running session; another user than before gets a new one. */
    identify(userId: string): void;
    /** Forgets the user and starts a new session. */
    reset(): void;
    /** Forgets the session; `load` makes a new one. */
    forget(): void;
}
/** @param shared tells the site's other tabs, and stands in where the store fails */
export declare const createSession: (store: Store, shared: Shared<Session>, mint: () => string, maxAgeMs: number, now?: () => number) => SessionKeeper;
