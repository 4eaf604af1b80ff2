/** What AWS signs with. */
export interface Credentials {
    /** Names the key in each signature. */
    accessKeyId: string;
    /** Signs, and is never sent. */
    secretAccessKey: string;
    /** Comes with temporary credentials. */
    sessionToken?: string;
    /** When they stop being valid; never, when absent. */
    expiration?: Date;
}
/** Signs requests with somebody's credentials, at the time of signing. */
export interface Signer {
    signHeaders(request: SignableRequest): Record<string, string>;
    presign(request: SignableRequest): string;
}
/** A POST to a URL without a query. */
export interface SignableRequest {
    url: string;
    body: string;
}
/** The signature of a canonical request, at a time such as `20260102T030405Z`. */
export declare const signature: (canonicalRequest: string, secret: string, time: string, scope: string) => string;
/**
 * The headers of a request whose body is JSON, the signature among them. A browser sets `host` itself and passes
 * over what it is given.
 * @param at Unix milliseconds, true time: AWS refuses what is more than five minutes off
 */
export declare const signHeaders: (request: SignableRequest, credentials: Credentials, region: string, at: number) => Record<string, string>;
/**
 * The request's URL with the signature in its query; only `host` is signed. Valid for an hour, as guest credentials
 * are, for what waits for a crash.
 * @param at Unix milliseconds, true time
 */
export declare const presign: (request: SignableRequest, credentials: Credentials, region: string, at: number) => string;
/** @param now Unix milliseconds, true time */
export declare const createSigner: (credentials: Credentials, region: string, now: () => number) => Signer;
