import type { BatchRequest } from './batch.js';
import type { Clock } from './lib/clock.js';
import { type Answer } from './lib/http.js';
import type { Stop } from './lib/lifecycle.js';
import { type Credentials } from './sign.js';
/** Sends batches, signed or not. */
export interface Sender {
    post(batch: BatchRequest, credentials: Credentials | undefined, keepalive: boolean): {
        survivesPage: boolean;
        answer: Promise<Answer>;
    };
    /** Synchronous from end to end: on the way out nothing may be awaited. */
    beacon(batch: BatchRequest, credentials: Credentials | undefined): boolean;
    /**
     * To be sent by the browser should the page be gone without a word, unless what this returns is called; undefined
     * where the browser has no `fetchLater` or no room.
     */
    arm(batch: BatchRequest, credentials: Credentials | undefined): Stop | undefined;
}
/** @param region to sign for; absent: nothing is signed */
export declare const createSender: (region: string | undefined, clock: Clock) => Sender;
