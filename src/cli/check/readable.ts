import { allowOriginFix, allowsOrigin, exposes, isCrossOrigin } from './cors.js';
import type { Reply } from './simulated-browser.js';
import { type Finding, failed, ok, warning } from './walk.js';

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
