import { allowOriginFix, allowsOrigin, isCrossOrigin, listOf } from './cors.js';
import { type Finding, failed, ok, type Step, skipped } from './run-steps.js';
import type { SimulatedBrowser, SimulatedReply } from './simulated-browser.js';

/** In the Fetch standard `*` stands for every header but `authorization`. */
const isAllowed = (name: string, allowed: string[]) =>
  allowed.includes(name) || (allowed.includes('*') && name !== 'authorization');

const cacheTimeOf = (headers: Headers) => {
  const seconds = Number(headers.get('access-control-max-age') ?? Number.NaN);
  return Number.isFinite(seconds) ? `kept for ${seconds} s` : 'kept for 5 s, without Access-Control-Max-Age';
};

/**
 * Checks whether a browser would send the request after this preflight. It ignores Access-Control-Allow-Methods: POST is
 * always allowed (https://fetch.spec.whatwg.org/#cors-safelisted-method).
 */
const judgePreflight = (
  { answer: { status }, headers, failure }: SimulatedReply,
  asked: string[],
  origin: string,
): Finding => {
  if (failure) return failed(failure.detail, failure.fix);
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
  return ok(`allows the origin, ${asked.join(', ')}; ${cacheTimeOf(headers)}`);
};

/** Returns the step that sends a preflight. @param asked names of the headers that it asks for */
export const preflightStep = (
  browser: SimulatedBrowser,
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
