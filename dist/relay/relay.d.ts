import { type RelayOptions } from './options.js';
/** Takes a request of the tracker's and resolves to the answer, in the service's own terms. Never rejects. */
export interface Relay {
    (request: Request): Promise<Response>;
    /** Answers 503 to batches from now on; resolves when those under way have been passed on, or have failed. */
    close(): Promise<void>;
}
/**
 * Makes what takes the tracker's unsigned batches on a site's own origin and passes them on to Amazon Personalize. What
 * has been accepted is passed on even when its page is gone. Throws a TypeError on options that are wrong.
 * @example const relay = createRelay({ trackingId: '…', client: new PersonalizeEventsClient({ maxAttempts: 3 }) });
 */
export declare const createRelay: (options: RelayOptions) => Relay;
