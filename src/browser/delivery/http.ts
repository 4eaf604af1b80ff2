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

/** The status stands in the headers: a body that takes longer is given up. */
const BODY_TIMEOUT_MS = 4000;

/** A POST that may outlive its page. */
interface KeepaliveRequest extends PostRequest {
  /** Whether to ask for the page's share of keepalive, which others on the page may have used up. */
  keepalive?: boolean;
}

/** All keepalive requests and beacons in flight share 64 KiB a page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const KEEPALIVE_BYTES = 64 * 1024;

/** Firefox has it since 133 (https://developer.mozilla.org/docs/Web/API/Request/keepalive). */
export const hasKeepalive = (): boolean => 'keepalive' in Request.prototype;

/** A server that has sent no headers for this long will not. */
const REQUEST_TIMEOUT_MS = 30_000;

const byteLength = (text: string) => new TextEncoder().encode(text).length;

let bytesInFlight = 0;

/**
 * Posts; with keepalive, if asked for, while the page's share of it lasts. Never rejects: a page's own `fetch` may throw.
 * `onDate` gets the `Date` of the answer: a POST's answer comes from no cache.
 */
export const post = (
  { url, headers, body, keepalive: wanted = false }: KeepaliveRequest,
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
      const response = await withTimeout(REQUEST_TIMEOUT_MS, asked);
      // An answer that a service worker has kept carries an old time.
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
  tryOrUndefined(() => {
    const abort = new AbortController();
    fetchLater(url, { method: 'POST', body, signal: abort.signal, redirect: 'manual' });
    return () => abort.abort();
  });

/** Hands a body to the browser, which sends it whatever becomes of the page; false when the browser refuses. */
export const beacon = (url: string, body: string): boolean =>
  !!tryOrUndefined(() => navigator.sendBeacon(url, body));
