import {
  type Answer,
  hasForeignType,
  headerOf,
  isRedirect,
  NO_ANSWER,
  type PostRequest,
  readAnswer,
} from '../../contract/answer.js';
import { tryOrUndefined } from '../../contract/try.js';
import type { Stop } from '../platform/lifecycle.js';
import { request } from '../platform/page-fetch.js';
import { withTimeout } from '../platform/timeout.js';

/** A body that takes longer is ignored: the status is in the headers. */
const BODY_TIMEOUT_MS = 4000;

/** A POST that may outlive its page. */
interface KeepaliveRequest extends PostRequest {
  /** Whether to use keepalive, if the page's share is not used up by other requests. */
  keepalive?: boolean;
}

/** All keepalive requests and beacons in flight share 64 KiB a page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const KEEPALIVE_BYTES = 64 * 1024;

/**
 * Returns whether the browser knows keepalive; Firefox does since 133
 * (https://developer.mozilla.org/docs/Web/API/Request/keepalive).
 */
export const hasKeepalive = (): boolean => 'keepalive' in Request.prototype;

/** Timeout for the headers of a response. */
export const REQUEST_TIMEOUT_MS = 30_000;

const byteLength = (text: string) => new TextEncoder().encode(text).length;

let bytesInFlight = 0;

/**
 * Sends a POST request: with keepalive, if that is wanted and the page's share of it is not used up. Never rejects,
 * although a page's own `fetch` may throw.
 * @param onDate gets the `Date` of the response, which cannot come from a cache
 */
export const post = (
  { url, headers, body, keepalive: isWanted = false }: KeepaliveRequest,
  onDate: (date: string | null) => void,
): { survivesPage: boolean; answer: Promise<Answer> } => {
  const bytes = byteLength(body);
  const keepalive = isWanted && bytesInFlight + bytes < KEEPALIVE_BYTES;
  const send = async (): Promise<Answer> => {
    const abort = new AbortController();
    if (keepalive) bytesInFlight += bytes;
    try {
      const responsePromise = request(url, {
        method: 'POST',
        headers,
        body,
        keepalive,
        signal: abort.signal,
        // Only the service may get the data: redirects are not followed.
        redirect: 'manual',
      });
      // Aborting is not enough: in Firefox and WebKit a request that was in flight when its page entered the
      // back/forward cache never settles.
      const response = await withTimeout(REQUEST_TIMEOUT_MS, responsePromise);
      // A response from a service worker's cache has an old `Date`.
      if (!isRedirect(response) && !hasForeignType(response)) onDate(headerOf(response, 'date'));
      const readText = async () => response.text();
      const text = isRedirect(response)
        ? undefined
        : await withTimeout(BODY_TIMEOUT_MS, readText()).catch(() => undefined);
      const answer = readAnswer(response, text);
      return answer.foreign ? { ...answer, foreign: `${url} is answered by ${answer.foreign}` } : answer;
    } catch {
      return NO_ANSWER;
    } finally {
      abort.abort();
      if (keepalive) bytesInFlight -= bytes;
    }
  };
  return { survivesPage: keepalive, answer: send() };
};

/** The part of it that is used (https://developer.mozilla.org/docs/Web/API/Window/fetchLater). */
declare const fetchLater: (url: string, init: RequestInit) => unknown;

/** Returns whether the browser has `fetchLater`; Chrome does since 135. */
export const hasPostLater = (): boolean => 'fetchLater' in window;

/**
 * Schedules a POST request with the browser, which sends it when the page is gone, even by a crash. Returns a function
 * that cancels it; undefined when the browser has no room for it.
 */
export const postLater = (url: string, body: string): Stop | undefined =>
  tryOrUndefined(() => {
    const abort = new AbortController();
    fetchLater(url, { method: 'POST', body, signal: abort.signal, redirect: 'manual' });
    return () => abort.abort();
  });

/** Hands a body to the browser, which sends it whatever happens to the page. Returns false when the browser refuses. */
export const beacon = (url: string, body: string): boolean =>
  !!tryOrUndefined(() => navigator.sendBeacon(url, body));
