import type { Answer, PostRequest } from './lib/http.js';
import type { Credentials } from './sign.js';
/** Posts, and tells what came of it. */
type Ask = (request: PostRequest) => Promise<Answer>;
/**
 * An identity pool's guest credentials, by plain requests (the "enhanced" flow), and the identity they are for. Rejects with
 * the `answer` that stood in the way.
 * @param kept the identity of an earlier time
 */
export declare const askCognito: (ask: Ask, url: string, identityPoolId: string, kept?: string) => Promise<{
    identityId: string;
    credentials: Credentials;
}>;
export {};
