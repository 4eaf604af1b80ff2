import type { Clock } from './lib/clock.js';
import { type Stop } from './lib/lifecycle.js';
import type { Store } from './lib/store.js';
import { type Credentials, type Signer } from './sign.js';
/** Gives credentials when asked, as the AWS SDK's providers do. */
export type CredentialsProvider = () => Promise<Credentials>;
/** Where credentials come from: with the identity they are for, when it is to be kept. */
export type Source = (identityId?: string) => Promise<{
    identityId?: string;
    credentials: Credentials;
}>;
export interface CredentialsKeeper {
    /** What signs with those in memory, at once; undefined where there are none or they have expired. */
    current(): Signer | undefined;
    /** When those in memory expire, if they do. */
    expiration(): Date | undefined;
    /** Reads what an earlier visit or another tab kept; renews what is due by now. */
    load(): Promise<void>;
    /** Those in memory, else or when `anew` new ones; one request however many ask. */
    get(anew?: boolean): Promise<Signer>;
    forget(): void;
    stop: Stop;
}
/**
 * @param region an AWS SDK's client may have to find it out first
 * @param isOpen whether they may be had
 * @param kept where they are kept between visits, if they are
 */
export declare const createCredentials: (source: Source, region: string | Promise<string>, clock: Clock, isOpen: () => boolean, kept?: {
    store: Store;
    key: string;
}) => CredentialsKeeper;
