import { allowOriginFix, allowsOrigin, isCrossOrigin, listOf } from './cors.js';
import type { Browser, Reply } from './simulated-browser.js';
import { type Finding, failed, ok, type Step, skipped } from './walk.js';

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
const judgePreflight = (
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

/** @param asked names of the headers that need leave */
export const preflightStep = (
  browser: Browser,
  name: string,
  needs: string[],
  url: string,
  asked: string[],
): Step => ({
  name,
  needs,
  run: async () =>
    isCrossOrigin(url, browser.origin)
      ? judgePreflight(await browser.preflight(url, asked), asked, browser.origin)
      : skipped('not asked for within one origin'),
});
