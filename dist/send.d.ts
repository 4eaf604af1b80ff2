import type { BatchRequest } from './batch.js';
import { type Answer } from './lib/http.js';
import type { Stop } from './lib/lifecycle.js';
import type { Signer } from './sign.js';
/** Sends batches, signed or not. */
export interface Sender {
    post(batch: BatchRequest, signer: Signer | undefined, keepalive: boolean): {
        survivesPage: boolean;
        answer: Promise<Answer>;
    };
    /** Synchronous from end to end: on the way out nothing may be awaited. */
    beacon(batch: BatchRequest, signer: Signer | undefined): boolean;
    /**
     * To be sent by the browser should the page be gone without a word, unless what this returns is called; undefined
     * where the browser has no `fetchLater` or no room.
     */
    arm(batch: BatchRequest, signer: Signer | undefined): Stop | undefined;
}
/**
 * @param onDate hears of the `Date` of each answer
 * @param isKeptAlive whether a page is left by keepalive requests in place of beacons
 */
export declare const createSender: (onDate: (date: string | null) => void, isKeptAlive?: boolean) => Sender;
