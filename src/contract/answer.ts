import { tryOrUndefined } from './try.js';

/** A request to Cognito Identity or Personalize Events; always a POST. */
export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

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
  /** Names who answered in the service's place, such as a proxy's log-in page. */
  foreign?: string | undefined;
}

export const NO_ANSWER: Answer = { status: 0, kind: '', body: {}, retryAfterMs: 0 };

/** A `Response` before its body is read. */
export interface ResponseHead {
  status: number;
  type: string;
  redirected: boolean;
  headers: { get(name: string): string | null };
}

/** Content types that neither the service nor a relay of it has. */
const FOREIGN_TYPE = /html|xml|javascript|css|^(image|audio|video|font)\//i;

export const isForeignType = (contentType = ''): boolean => FOREIGN_TYPE.test(contentType);

/** Reads a `Retry-After`, seconds or an HTTP date, as milliseconds. A date is compared with the answer's own `Date`. */
export const readRetryAfter = (value = '', date = ''): number => {
  const ms = /^[\d.]+$/.test(value) ? +value * 1000 : Date.parse(value) - (Date.parse(date) || Date.now());
  return Math.max(0, ms || 0);
};

/** Reads a header; empty where there is none, or a page's own `fetch` has given no real response. */
export const headerOf = (response: ResponseHead, name: string): string =>
  tryOrUndefined(() => response.headers.get(name)) ?? '';

export const isRedirect = ({ type, redirected, status }: ResponseHead): boolean =>
  type === 'opaqueredirect' || redirected || (status > 299 && status < 400);

export const hasForeignType = (response: ResponseHead): boolean =>
  isForeignType(headerOf(response, 'content-type'));

/**
 * Reads an answer, also one that lacks headers or a body, as a page's own `fetch` may make it.
 * @param text the body; undefined where it did not come in time
 */
export const readAnswer = (response: ResponseHead, text: string | undefined): Answer => {
  const { status } = response;
  if (isRedirect(response)) return { ...NO_ANSWER, status, foreign: 'a redirect' };
  // Success is an empty body; a proxy's may be anything, JSON's null among it.
  const body = tryOrUndefined(() => JSON.parse(text as string)) ?? {};
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
