import { attempt } from './attempt.js';
import { request } from './fetch.js';
import type { Stop } from './lifecycle.js';
import { within } from './limit.js';

/** An answer to a request, as far as it could be read. */
export interface Answer {
  /** HTTP status; 0 when no answer came. */
  status: number;
  /** The error's kind as AWS names it, such as `ThrottlingException`; empty when it names none. */
  kind: string;
  /** JSON of AWS's, or of anything in between. */
  // biome-ignore lint/suspicious/noExplicitAny: a stranger's JSON, to be read with care
  body: any;
  /** Milliseconds to wait, from `Retry-After`; 0 where there is none that can be read. */
  retryAfterMs: number;
  /** Says who answered in the service's place, such as a proxy's log-in page. */
  foreign?: string | undefined;
}

export const NO_ANSWER: Answer = { status: 0, kind: '', body: {}, retryAfterMs: 0 };

/** The status stands in the headers: a body that takes longer is given up. */
const BODY_TIME_LIMIT_MS = 4000;

/** Content types that neither the service nor a relay of it has. */
const FOREIGN_TYPE = /html|xml|javascript|css|^(image|audio|video|font)\//i;

export const isForeignType = (contentType = ''): boolean => FOREIGN_TYPE.test(contentType);

/** Reads a `Retry-After`, seconds or an HTTP date, as milliseconds; a date is compared with the answer's own `Date`. */
export const readRetryAfter = (value = '', date = ''): number => {
  const ms = /^[\d.]+$/.test(value) ? +value * 1000 : Date.parse(value) - (Date.parse(date) || Date.now());
  return Math.max(0, ms || 0);
};

/** Reads a header; empty where there is none, or a page's own `fetch` has given no real response. */
const headerOf = (response: Response, name: string): string =>
  attempt(() => response.headers.get(name)) ?? '';

const isRedirect = ({ type, redirected, status }: Response) =>
  type === 'opaqueredirect' || redirected || (status > 299 && status < 400);

const hasForeignType = (response: Response) => isForeignType(headerOf(response, 'content-type'));

/** Reads an answer, also one that lacks headers or a body, as a page's own `fetch` may make it. */
export const toAnswer = async (response: Response): Promise<Answer> => {
  const { status } = response;
  if (isRedirect(response)) return { ...NO_ANSWER, status, foreign: 'a redirect' };
  const readText = async () => response.text();
  const text = await within(BODY_TIME_LIMIT_MS, readText()).catch(() => undefined);
  // Success is an empty body; a proxy's may be anything, JSON's null among it.
  const body = attempt(() => JSON.parse(text as string)) ?? {};
  const named = headerOf(response, 'x-amzn-errortype') || body.__type;
  // `Kind:http://…` in the header, `namespace#Kind` in some bodies.
  const kind = typeof named === 'string' ? named.replace(/:.*|.*#/g, '') : '';
  const answer = {
    status,
    kind,
    body,
    retryAfterMs: readRetryAfter(headerOf(response, 'retry-after'), headerOf(response, 'date')),
  };
  if (status < 200 || status > 299) return answer;
  if (/^\s*</.test(text ?? '') || (text !== '' && hasForeignType(response))) {
    return { ...answer, foreign: 'a web page' };
  }
  // API Gateway passes on as 200 what a function has thrown.
  return kind || body.error || body.errorMessage ? { ...answer, foreign: 'an error as a success' } : answer;
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

/** A server that has sent no headers for this long will not. */
const TIME_LIMIT_MS = 30_000;

const byteLength = (text: string) => new TextEncoder().encode(text).length;

let bytesInFlight = 0;

/**
 * Posts; with keepalive, if asked for, while the page's share of it lasts. Never rejects: a page's own `fetch` may throw.
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
      const asked = request(url, {
        method: 'POST',
        headers,
        body,
        keepalive,
        signal: abort.signal,
        // Another address is not the service, and must not get what is sent to it.
        redirect: 'manual',
      });
      // To abort is not enough: what was under way as a page went into the back/forward cache is never heard of again in
      // Firefox and WebKit.
      const response = await within(TIME_LIMIT_MS, asked);
      // An answer that a service worker has kept carries an old time.
      if (!isRedirect(response) && !hasForeignType(response)) onDate(headerOf(response, 'date'));
      const answer = await toAnswer(response);
      return answer.foreign ? { ...answer, foreign: `${url} is answered by ${answer.foreign}` } : answer;
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
    fetchLater(url, { method: 'POST', body, signal: abort.signal, redirect: 'manual' });
    return () => abort.abort();
  });

/** Hands a body to the browser, which sends it whatever becomes of the page; false when the browser refuses. */
export const beacon = (url: string, body: string): boolean =>
  !!attempt(() => navigator.sendBeacon(url, body));
