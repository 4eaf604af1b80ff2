import type { Reply } from './browser.js';
import { type Finding, failed, ok } from './walk.js';

const listOf = (headers: Headers, name: string) =>
  (headers.get(name) ?? '')
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter(Boolean);

export const isCrossOrigin = (url: string, origin: string): boolean => new URL(url).origin !== origin;

/** Whether a page of `origin` may read the answer. */
export const allowsOrigin = (headers: Headers, origin: string): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '');

/** Whether a page may read this header of the answer. */
export const exposes = (headers: Headers, name: string): boolean => {
  const exposed = listOf(headers, 'access-control-expose-headers');
  return exposed.includes('*') || exposed.includes(name.toLowerCase());
};

/** What an answer fails to allow, as a fix names it. */
export const allowOriginFix = (headers: Headers, origin: string): string => {
  const allowed = headers.get('access-control-allow-origin');
  return `Let it answer with Access-Control-Allow-Origin: ${origin}, or *; it has ${allowed ? `"${allowed}"` : 'none'}. AWS itself allows all: what answers in its place is a proxy or another host.`;
};

/** By the Fetch standard `*` stands for every header but this one. */
const isAllowed = (name: string, allowed: string[]) =>
  allowed.includes(name) || (allowed.includes('*') && name !== 'authorization');

const keptFor = (headers: Headers) => {
  const seconds = Number(headers.get('access-control-max-age') ?? Number.NaN);
  return Number.isFinite(seconds) ? `kept for ${seconds} s` : 'kept for 5 s, without Access-Control-Max-Age';
};

/**
 * Whether a browser would send what it has asked leave for. Access-Control-Allow-Methods is no part of it: POST needs
 * no leave (https://fetch.spec.whatwg.org/#cors-safelisted-method).
 */
export const judgePreflight = (
  { answer: { status }, headers, trouble }: Reply,
  asked: string[],
  origin: string,
): Finding => {
  if (trouble) return failed(trouble.detail, trouble.fix);
  if (status < 200 || status > 299) {
    return failed(
      `OPTIONS is answered ${status}`,
      'Let it answer OPTIONS with a status of 200 to 299, without a login and without a redirect.',
    );
  }
  if (!allowsOrigin(headers, origin)) {
    return failed(`does not allow ${origin}`, allowOriginFix(headers, origin));
  }
  const allowed = listOf(headers, 'access-control-allow-headers');
  const missing = asked.filter((name) => !isAllowed(name, allowed));
  if (missing.length) {
    return failed(
      `does not allow ${missing.join(', ')}`,
      `Let it answer OPTIONS with Access-Control-Allow-Headers: ${asked.join(', ')}.`,
    );
  }
  return ok(`allows the origin, ${asked.join(', ')}; ${keptFor(headers)}`);
};
