import type { Clock } from './lib/clock.js';
import { type Answer } from './lib/http.js';
import type { Stop } from './lib/lifecycle.js';
import type { Credentials, presign, signHeaders } from './sign.js';
/** Sends bodies to one address, signed or not. */
export interface Sender {
    post(body: string, credentials: Credentials | undefined, keepalive: boolean): {
        survivesPage: boolean;
        answer: Promise<Answer>;
    };
    /** Synchronous from end to end: on the way out nothing may be awaited. */
    beacon(body: string, credentials: Credentials | undefined): boolean;
    /**
     * To be sent by the browser should the page be gone without a word, unless what this returns is called; undefined
     * where the browser has no `fetchLater` or no room.
     */
    arm(body: string, credentials: Credentials | undefined): Stop | undefined;
}
export interface SenderOptions {
    url: string;
    /** The region to sign for. Absent: nothing is signed. */
    region?: string | undefined;
    clock: Clock;
    sign: {
        signHeaders: typeof signHeaders;
        presign: typeof presign;
    };
}
export declare const createSender: ({ url, region, clock, sign }: SenderOptions) => Sender;
