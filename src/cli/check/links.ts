import type { Browser, Reply } from './browser.js';
import { allowOriginFix, allowsOrigin, exposes, isCrossOrigin, judgePreflight } from './cors.js';
import { type Finding, failed, ok, type Step, skipped, warning } from './walk.js';

// Links that the chain to AWS and the one to an endpoint of the site's own have in common.

/** Whether the host is there: whatever it answers will do. */
export const hostStep = (browser: Browser, name: string, url: string): Step => ({
  name,
  needs: ['options'],
  async run() {
    const { trouble } = await browser.get(url);
    return trouble ? failed(trouble.detail, trouble.fix) : ok(`${new URL(url).host} answers`);
  },
});

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

/** What a page reads of AWS's answers besides the body, and what it cannot do where it may not. */
export const READ_OF_AWS: Record<string, string> = {
  Date: "a visitor's wrong clock cannot be corrected by it, and from five minutes off his requests are refused",
  'x-amzn-ErrorType': 'a refusal for good is not told from a passing one',
};

/** Of an endpoint that takes batches unsigned. */
export const READ_OF_ENDPOINT: Record<string, string> = {
  Date: "the time of events cannot be corrected by it where a visitor's clock is wrong",
};

/** Whether a page can read an answer that is well by itself. */
export const judgeReadable = (
  { answer: { status }, headers }: Reply,
  url: string,
  origin: string,
  read: Record<string, string>,
): Finding => {
  if (!isCrossOrigin(url, origin)) return ok(`${status}`);
  if (!allowsOrigin(headers, origin)) {
    return failed(
      `${status}, and ${origin} may not read it: the tracker would send the same again and again`,
      allowOriginFix(headers, origin),
    );
  }
  const hidden = Object.keys(read).filter((name) => !exposes(headers, name));
  return hidden.length
    ? warning(
        `${status}, ${hidden.join(' and ')} not exposed: ${hidden.map((name) => read[name]).join('; ')}`,
        `Let it answer with Access-Control-Expose-Headers: ${Object.keys(read).join(', ')}.`,
      )
    : ok([`${status}, readable from the origin`, ...Object.keys(read)].join(', '));
};
