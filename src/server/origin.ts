import { refuse } from './refusal.js';

/** Firefox keeps a preflight's answer for a day at most, Chromium for two hours, whatever it says. */
const PREFLIGHT_MAX_AGE_SECONDS = 86_400;

/** What the tracker reads of an answer. */
const EXPOSED = 'Date, Retry-After, x-amzn-ErrorType';

/**
 * Whether it comes from a page of the relay's own origin. Browsers say so since 2023, to https and localhost, also
 * where a proxy has changed the address; of older ones the two are compared. No script can set either header.
 */
const isFromOwn = ({ url, headers }: Request) => {
  const site = headers.get('sec-fetch-site');
  return site ? site === 'same-origin' : headers.get('origin') === new URL(url).origin;
};

/** Decides which sites' pages may send: those of the relay's own origin, and of `origins`. */
export const createOriginCheck = (origins: string[]) => {
  const listedOf = ({ headers }: Request) => origins.find((origin) => origin === headers.get('origin'));
  return {
    /** Throws the answer to a page that may not. */
    check(request: Request): void {
      if (isFromOwn(request) || listedOf(request)) return;
      throw refuse(403, 'ForbiddenException', "the page's origin is not among the relay's origins");
    },
    /** Without these a page of another origin cannot read the answer. */
    headersFor(request: Request): Record<string, string> {
      const origin = listedOf(request);
      return origin
        ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED, vary: 'Origin' }
        : {};
    },
  };
};

/** The answer to a preflight, which JSON from another origin asks for. */
export const allowPost = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': `${PREFLIGHT_MAX_AGE_SECONDS}`,
    },
  });
