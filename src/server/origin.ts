import { createServiceError } from './service-error.js';

/** The header says a day: Firefox caches a preflight's answer for that at most, Chromium for two hours whatever it says. */
const PREFLIGHT_MAX_AGE_SECONDS = 86_400;

/** The headers that the tracker reads. */
const EXPOSED = 'Date, Retry-After, x-amzn-ErrorType';

/**
 * Returns whether a request comes from a page of the relay's own origin. Browsers since 2023 say so in `Sec-Fetch-Site`,
 * to https and localhost, also behind a proxy that changes the address. For older ones the two origins are compared. No
 * script can set either header.
 */
const isSameOrigin = ({ url, headers }: Request) => {
  const site = headers.get('sec-fetch-site');
  return site ? site === 'same-origin' : headers.get('origin') === new URL(url).origin;
};

/** Decides which pages may send: those of the relay's own origin and of `origins`. */
export const createOriginCheck = (origins: string[]) => {
  const listedOriginOf = ({ headers }: Request) => origins.find((origin) => origin === headers.get('origin'));
  return {
    /** Throws the answer to a page that may not send. */
    check(request: Request): void {
      if (isSameOrigin(request) || listedOriginOf(request)) return;
      throw createServiceError(
        403,
        'ForbiddenException',
        "the page's origin is not among the relay's origins",
      );
    },
    /** Returns the headers without which a page of another origin cannot read the answer. */
    headersFor(request: Request): Record<string, string> {
      const origin = listedOriginOf(request);
      return origin
        ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED, vary: 'Origin' }
        : {};
    },
  };
};

/** Returns the answer to a preflight, which browsers send before JSON to another origin. */
export const allowPost = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': `${PREFLIGHT_MAX_AGE_SECONDS}`,
    },
  });
