import { attempt } from './attempt.js';
import type { Stop } from './lifecycle.js';
import { within } from './limit.js';

/** What came of a request. */
export interface Answer {
  /** HTTP status; 0 when no answer came. */
  status: number;
  /** The error's kind as AWS names it, such as `ThrottlingException`. */
  kind: string;
  /** The body: JSON of AWS's, or whatever stood in its way. */
  // biome-ignore lint/suspicious/noExplicitAny: a stranger's JSON, read with care by whoever asked
  body: any;
  /** The `Retry-After` header, in milliseconds; 0 or NaN where it gives no number of seconds. */
  retryAfterMs: number;
}

export const NO_ANSWER: Answer = { status: 0, kind: '', body: {}, retryAfterMs: 0 };

/** What AWS has answered, or whatever stood in its way. */
export const toAnswer = async (response: Response): Promise<Answer> => {
  // Success is an empty body; what a proxy says may be anything, JSON's null among it.
  const content = (await response.json().catch(() => {})) ?? {};
  const kind = response.headers.get('x-amzn-errortype') ?? content.__type ?? '';
  return {
    status: response.status,
    // `Kind:http://…` in the header, `namespace#Kind` in some bodies.
    kind: kind.replace(/:.*|.*#/g, ''),
    body: content,
    retryAfterMs: Number(response.headers.get('retry-after')) * 1000,
  };
};

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Whether to ask for the page's share of keepalive, which others on the page may have used up. */
  keepalive?: boolean;
}

/** All keepalive requests and beacons in flight share 64 KiB a page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const KEEPALIVE_BYTES = 64 * 1024;

/** Firefox has it since 133 (https://developer.mozilla.org/docs/Web/API/Request/keepalive). */
export const hasKeepalive = (): boolean => 'keepalive' in Request.prototype;

/** A server that has said nothing for this long will not. */
const TIME_LIMIT_MS = 30_000;

const byteLength = (text: string) => new TextEncoder().encode(text).length;

let bytesInFlight = 0;

/**
 * Posts; with keepalive, if asked for, while the page's share of it lasts. Never rejects.
 * `onDate` gets the `Date` of the answer: a POST's answer comes from no cache.
 */
export const post = (
  { url, headers, body, keepalive: wanted = false }: PostRequest,
  onDate: (date: string | null) => void,
): { survivesPage: boolean; answer: Promise<Answer> } => {
  const bytes = byteLength(body);
  const keepalive = wanted && bytesInFlight + bytes < KEEPALIVE_BYTES;
  const ask = async (): Promise<Answer> => {
    const abort = new AbortController();
    if (keepalive) bytesInFlight += bytes;
    try {
      // A page's own wrapper may throw.
      const answered = fetch(url, { method: 'POST', headers, body, keepalive, signal: abort.signal }).then(
        (response) => {
          onDate(response.headers.get('date'));
          return toAnswer(response);
        },
      );
      // To abort is not enough: what was under way as a page went into the back/forward cache is never heard of again in
      // Firefox and WebKit.
      return await within(TIME_LIMIT_MS, answered);
    } catch {
      return NO_ANSWER;
    } finally {
      abort.abort();
      if (keepalive) bytesInFlight -= bytes;
    }
  };
  return { survivesPage: keepalive, answer: ask() };
};

/** As much as this uses of it (https://developer.mozilla.org/docs/Web/API/Window/fetchLater). */
declare const fetchLater: (url: string, init: RequestInit) => unknown;

/** Chrome has it since 135. */
export const hasPostLater = (): boolean => 'fetchLater' in window;

/**
 * Leaves a body with the browser, which sends it when the page is gone, even by a crash; returns what takes it
 * back, or undefined when there is no room for it.
 */
export const postLater = (url: string, body: string): Stop | undefined =>
  attempt(() => {
    const abort = new AbortController();
    fetchLater(url, { method: 'POST', body, signal: abort.signal });
    return () => abort.abort();
  });

/** Hands a body to the browser, which sends it whatever becomes of the page; false when the browser refuses. */
export const beacon = (url: string, body: string): boolean =>
  !!attempt(() => navigator.sendBeacon(url, body));
