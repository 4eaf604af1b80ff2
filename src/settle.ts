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
  /** 0 to 1. */
  random: () => number;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** Exponential backoff with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). */
const backoff = (failures: number, random: () => number) =>
  random() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);

const FIXES: Record<string, string> = {
  AccessDeniedException:
    'the guest role of the identity pool needs the action personalize:PutEvents on Resource "*" (an event tracker\'s ARN there does not do)',
  ResourceNotFoundException: 'check trackingId, identityPoolId and region: what one of them names does not exist',
  NotAuthorizedException: 'allow guest access in the identity pool',
};

const describe = ({ status, kind, body }: Answer) => {
  const message = body.message ?? body.Message;
  return [status, kind, typeof message === 'string' && message].filter(Boolean).join(' ');
};

export const settle = (answer: Answer, { size, failures, resigned, random }: Attempt): Verdict => {
  const { status, kind, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { do: 'forget' };
  if (!status || status === 408 || status === 409 || status === 429 || status >= 500 || /Throttl|TooManyReq/.test(kind)) {
    return { do: 'retry', inMs: retryAfterMs ?? backoff(failures, random) };
  }
  if (status === 403 && !resigned && kind !== 'AccessDeniedException') {
    // A wrong clock has been corrected by this very answer.
    return { do: 'resign', renew: kind !== 'InvalidSignatureException' };
  }
  const isBatchAtFault = status === 413 || (status === 400 && !(kind in FIXES));
  if (!isBatchAtFault) return { do: 'halt', because: [describe(answer), FIXES[kind]].filter(Boolean).join(': ') };
  return size > 1 ? { do: 'split' } : { do: 'drop', because: describe(answer) };
};
