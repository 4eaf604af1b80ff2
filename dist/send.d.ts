import type { Clock } from './lib/clock.js';
import { type Answer } from './lib/http.js';
import type { Credentials, presign, signHeaders } from './sign.js';
/** Sends bodies to one address, signed or not. */
export interface Sender {
    post(body: string, credentials: Credentials | undefined): {
        survivesPage: boolean;
        answer: Promise<Answer>;
    };
    /** Synchronous from end to end: on the way out nothing may be awaited. */
    beacon(body: string, credentials: Credentials | undefined): boolean;
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
