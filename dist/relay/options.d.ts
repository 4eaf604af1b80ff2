import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { type Forward } from './forward.js';
/** What a relay is made with. */
export interface RelayOptions {
    /** The event tracker's ID, 1–256 characters. Batches of another tracker are refused. */
    trackingId: string;
    /** For actions: the ID of their own tracker. Without it interactions with actions are refused. */
    actionTrackingId?: string | undefined;
    /** What passes batches on to Amazon Personalize, with the credentials and the retries that it is set to. */
    client?: PersonalizeEventsClient | undefined;
    /** Passes batches on in the client's place. It must settle within 30 seconds: a page waits no longer. */
    forward?: Forward | undefined;
    /**
     * Whose pages may send, beside those of the relay's own origin: `https://www.example.com`, without a path. Needed
     * where the relay has a host of its own, or a proxy in front that changes the address.
     */
    origins?: string[] | undefined;
    /** Batches passed on at a time; 50 when absent. */
    concurrency?: number | undefined;
    /** Batches that may wait for their turn; 500 when absent. Further ones are refused for some seconds. */
    maxWaiting?: number | undefined;
    /**
     * Who has sent the request, by the site's own session: the userId of all its events, whatever the page says; nothing
     * for an anonymous visitor. The body has been read. When it throws, the page sends again later.
     */
    userId?: ((request: Request) => string | null | undefined | Promise<string | null | undefined>) | undefined;
    /** Hears of each batch that could not be passed on, with the error. Prints it in one line when absent. */
    onError?: ((error: unknown) => void) | undefined;
}
/** As many connections as a client of the AWS SDK opens at a time, and at 50 ms each the service's quota of 1,000 a second. */
export declare const DEFAULT_CONCURRENCY = 50;
/** What is done within half a second at that rate: nobody waits for long. */
export declare const DEFAULT_MAX_WAITING = 500;
/** Throws a TypeError that names each option that is wrong; returns how batches are passed on. */
export declare const forwardOf: (options: RelayOptions) => Forward;
