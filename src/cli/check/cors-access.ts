import { allowOriginFix, allowsOrigin, exposes, isCrossOrigin } from './cors.js';
import { type Finding, failed, ok, warning } from './run-steps.js';
import type { SimulatedReply } from './simulated-browser.js';

/** Headers that a page reads from AWS's answers, each with what fails if it may not. */
export const HEADERS_READ_FROM_AWS: Record<string, string> = {
  Date: "a visitor's wrong clock cannot be corrected by it, and from five minutes off his requests are refused",
  'x-amzn-ErrorType': 'a refusal for good is not told from a passing one',
};

/** The same for an endpoint that takes batches unsigned. */
export const HEADERS_READ_FROM_ENDPOINT: Record<string, string> = {
  Date: "the time of events cannot be corrected by it where a visitor's clock is wrong",
};

/** Checks whether a page can read a successful answer and its headers. */
export const judgeCorsAccess = (
  { answer: { status }, headers }: SimulatedReply,
  url: string,
  origin: string,
  headersRead: Record<string, string>,
): Finding => {
  if (!isCrossOrigin(url, origin)) return ok(`${status}`);
  if (!allowsOrigin(headers, origin)) {
    return failed(
      `${status}, and ${origin} may not read it: the tracker would send the same again and again`,
      allowOriginFix(headers, origin),
    );
  }
  const hidden = Object.keys(headersRead).filter((name) => !exposes(headers, name));
  return hidden.length
    ? warning(
        `${status}, ${hidden.join(' and ')} not exposed: ${hidden.map((name) => headersRead[name]).join('; ')}`,
        `Let it answer with Access-Control-Expose-Headers: ${Object.keys(headersRead).join(', ')}.`,
      )
    : ok([`${status}, readable from the origin`, ...Object.keys(headersRead)].join(', '));
};
