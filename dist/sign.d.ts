/** What AWS signs with. `sessionToken` comes with temporary credentials. */
export interface Credentials {
    accessKeyId: string;
    secretAccessKey: string;
    sessionToken?: string;
    /** When they stop being valid; never, when absent. */
    expiration?: Date;
}
/** Where and when a signature holds. */
export interface Scope {
    region: string;
    service: string;
    /** Unix milliseconds, true time: AWS refuses what is more than five minutes off. */
    at: number;
}
export interface SignableRequest {
    method: string;
    url: string;
    /** Each of them is signed; lower-case names. `host` is added. */
    headers: Record<string, string>;
    body: string;
}
/** The request's headers with the signature among them. `host` is left out: a browser sets it itself. */
export declare const signHeaders: (request: SignableRequest, credentials: Credentials, scope: Scope) => Record<string, string>;
/** The request's URL with the signature in its query, valid for `expiresIn` seconds; only `host` is signed. */
export declare const presign: (request: SignableRequest, credentials: Credentials, scope: Scope, expiresIn: number) => string;
