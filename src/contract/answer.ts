import { tryOrUndefined } from './try.js';

/** A request to Cognito Identity or Personalize Events; always a POST. */
export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** The response to a request, as far as it could be read. */
export interface Answer {
  /** HTTP status; 0 when there was no response. */
  status: number;
  /** AWS's name of the error, such as `ThrottlingException`; empty without one. */
  kind: string;
  /** Parsed JSON: from AWS, or from anything in between, such as a proxy. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON from an unknown sender, whose fields are checked before use
  body: any;
  /** `Retry-After` in milliseconds; 0 when it is absent or unreadable. */
  retryAfterMs: number;
  /** Describes what answered in place of the service, such as a proxy's login page; absent when the service did. */
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

/** Content types that neither the service nor a relay sends. */
const FOREIGN_TYPE = /html|xml|javascript|css|^(image|audio|video|font)\//i;

export const isForeignType = (contentType = ''): boolean => FOREIGN_TYPE.test(contentType);

/**
 * Returns a `Retry-After` header in milliseconds. It holds seconds or an HTTP date, which is compared with the
 * response's own `Date`.
 */
export const readRetryAfter = (value = '', date = ''): number => {
  const ms = /^[\d.]+$/.test(value) ? +value * 1000 : Date.parse(value) - (Date.parse(date) || Date.now());
  return Math.max(0, ms || 0);
};

/** Returns a header; empty when it is absent or the page's own `fetch` returned no real response. */
export const headerOf = (response: ResponseHead, name: string): string =>
  tryOrUndefined(() => response.headers.get(name)) ?? '';

export const isRedirect = ({ type, redirected, status }: ResponseHead): boolean =>
  type === 'opaqueredirect' || redirected || (status > 299 && status < 400);

export const hasForeignType = (response: ResponseHead): boolean =>
  isForeignType(headerOf(response, 'content-type'));

/**
 * Reads a response. Headers or the body may be missing: a page's own `fetch` may return anything.
 * @param text the body; undefined when it did not arrive in time
 */
export const readAnswer = (response: ResponseHead, text: string | undefined): Answer => {
  const { status } = response;
  if (isRedirect(response)) return { ...NO_ANSWER, status, foreign: 'a redirect' };
  // The service's success has an empty body. A proxy may send anything, such as the JSON `null`.
  const body = tryOrUndefined(() => JSON.parse(text as string)) ?? {};
  const errorType = headerOf(response, 'x-amzn-errortype') || body.__type;
  // The header may hold `Kind:http://…`, the body `namespace#Kind`.
  const kind = typeof errorType === 'string' ? errorType.replace(/:.*|.*#/g, '') : '';
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
  // API Gateway sends the error that a function threw with status 200.
  return kind || body.error || body.errorMessage ? { ...answer, foreign: 'an error as a success' } : answer;
};
