import type { Clock } from './lib/clock.js';
import { type Stop } from './lib/lifecycle.js';
import type { Store } from './lib/store.js';
import type { Credentials } from './sign.js';
/** Gives credentials when asked, as the AWS SDK's providers do. */
export type CredentialsProvider = () => Promise<Credentials>;
/** Where credentials come from: with the identity they are for, when it is to be kept. */
export type Source = (identityId?: string) => Promise<{
    identityId?: string;
    credentials: Credentials;
}>;
export interface CredentialsKeeper {
    /** From memory, at once; undefined where there are none or they have expired. */
    current(): Credentials | undefined;
    /** Reads what an earlier visit or another tab kept; renews what is due by now. */
    load(): Promise<void>;
    /** Those in memory, else or when `anew` new ones; one request however many ask. */
    get(anew?: boolean): Promise<Credentials>;
    stop: Stop;
}
/** An identity pool's guest credentials, by plain requests (the "enhanced" flow). */
export declare const cognitoSource: (endpoint: string, identityPoolId: string, clock: Clock) => Source;
/** @param kept where they are kept between visits, if they are */
export declare const createCredentials: (source: Source, clock: Clock, kept?: {
    store: Store;
    key: string;
}) => CredentialsKeeper;
