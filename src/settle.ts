import type { Answer } from './lib/http.js';

/** What becomes of a batch. */
export type Verdict =
  | { do: 'forget' }
  | { do: 'retry'; inMs: number }
  /** Signed anew, with credentials asked for anew where the old ones are to blame. */
  | { do: 'resign'; renew: boolean }
  | { do: 'split' }
  | { do: 'drop'; because: string }
  /** Nothing that waits would fare better: keep it and stop. */
  | { do: 'halt'; because: string };

export interface Attempt {
  /** Events in the batch. */
  size: number;
  /** Failures in a row before this one. */
  failures: number;
  /** Whether this very batch has been signed anew already. */
  resigned: boolean;
  /** False when it was credentials that were asked for, and no batch sent. */
  posted: boolean;
  /** 0 to 1, at random. */
  jitter: () => number;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;
/** A longer `Retry-After` than any page is likely to live. */
const LONGEST_WAIT_MS = 3_600_000;

/** Exponential backoff with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). */
const backoff = (failures: number, jitter: () => number) =>
  jitter() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);

const FIXES: Record<string, string> = {
  // What the role may not do stands in the service's message.
  AccessDeniedException: 'allow the role that on Resource "*"',
  ResourceNotFoundException: 'check trackingId, identityPoolId, region',
  NotAuthorizedException: 'allow guest access',
};

export const settle = (answer: Answer, { size, failures, resigned, posted, jitter }: Attempt): Verdict => {
  const { status, kind, retryAfterMs, body } = answer;
  if (status >= 200 && status < 300) return { do: 'forget' };
  if (!status || [408, 409, 429].includes(status) || status >= 500 || /Throttl|TooMany/.test(kind)) {
    return { do: 'retry', inMs: Math.min(retryAfterMs || backoff(failures, jitter), LONGEST_WAIT_MS) };
  }
  if (status === 403 && posted && !resigned && kind !== 'AccessDeniedException') {
    // A wrong clock has been corrected by this very answer.
    return { do: 'resign', renew: kind !== 'InvalidSignatureException' };
  }
  const isBatchAtFault = posted && (status === 413 || (status === 400 && !(kind in FIXES)));
  if (isBatchAtFault && size > 1) return { do: 'split' };
  // Further lines of a message of AWS's repeat what was signed, the session token among it.
  const [message] = `${body.message ?? body.Message ?? ''}`.split('\n');
  const because = [status, kind, message, FIXES[kind]].filter(Boolean).join(' ');
  return { do: isBatchAtFault ? 'drop' : 'halt', because };
};
