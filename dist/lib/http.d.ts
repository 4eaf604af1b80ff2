import type { Stop } from './lifecycle.js';
/** What came of a request. */
export interface Answer {
    /** HTTP status; 0 when no answer came. */
    status: number;
    /** The error's kind as AWS names it, such as `ThrottlingException`. */
    kind: string;
    /** The body: JSON of AWS's, or whatever stood in its way. */
    body: any;
    /** The `Retry-After` header, in milliseconds; 0 or NaN where it gives no number of seconds. */
    retryAfterMs: number;
}
export declare const NO_ANSWER: Answer;
/** What AWS has answered, or whatever stood in its way. */
export declare const toAnswer: (response: Response) => Promise<Answer>;
export interface PostRequest {
    url: string;
    headers: Record<string, string>;
    body: string;
    /** Whether to ask for the page's share of keepalive, which others on the page may have used up. */
    keepalive?: boolean;
}
/** Firefox has it since 133 (https://developer.mozilla.org/docs/Web/API/Request/keepalive). */
export declare const hasKeepalive: () => boolean;
/**
 * Posts; with keepalive, if asked for, while the page's share of it lasts. Never rejects.
 * `onDate` gets the `Date` of the answer: a POST's answer comes from no cache.
 */
export declare const post: ({ url, headers, body, keepalive: wanted }: PostRequest, onDate: (date: string | null) => void) => {
    survivesPage: boolean;
    answer: Promise<Answer>;
};
/** Chrome has it since 135. */
export declare const hasPostLater: () => boolean;
/**
 * Leaves a body with the browser, which sends it when the page is gone, even by a crash; returns what takes it
 * back, or undefined when there is no room for it.
 */
export declare const postLater: (url: string, body: string) => Stop | undefined;
/** Hands a body to the browser, which sends it whatever becomes of the page; false when the browser refuses. */
export declare const beacon: (url: string, body: string) => boolean;
