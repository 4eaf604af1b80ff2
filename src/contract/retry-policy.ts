import type { Answer } from './answer.js';

/** What becomes of a batch. */
export type Outcome =
  | { type: 'delivered' }
  /** `reason` where it is not a matter of time alone: somebody else answers in the service's place, say. */
  | { type: 'retry'; delayMs: number; reason?: string | undefined }
  /** Signed again, with credentials asked for again where the old ones are to blame. */
  | { type: 'reauthenticate'; renew: boolean }
  | { type: 'split' }
  | { type: 'reject'; reason: string }
  /** Nothing that waits would fare better: keep it and stop. */
  | { type: 'halt'; reason: string };

export interface AttemptContext {
  /** Events in the batch. */
  size: number;
  /** Failures in a row before this one. */
  failures: number;
  /** Whether this very batch has been signed again already. */
  isReauthenticated: boolean;
  /** False when it was credentials that were asked for, and no batch sent. */
  isBatchAnswer: boolean;
  /** 0 to 1, at random. */
  jitter: () => number;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;
/** A longer `Retry-After` would keep events on a page that is looked at, long after the service is well again. */
const LONGEST_RETRY_AFTER_MS = 10 * 60_000;
/** Part of a `Retry-After` that is added at random: else all who were sent away come back at once. */
const RETRY_AFTER_JITTER = 0.1;

/**
 * Exponential backoff with equal jitter, half of it at random
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): full jitter has retries without any wait.
 */
const backoff = (failures: number, random: number) =>
  (Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (1 + random)) / 2;

/** Milliseconds until the next attempt: the backoff, or `Retry-After` where that is longer, up to its bound. */
const waitFor = (retryAfterMs: number, failures: number, random: number) =>
  Math.max(
    backoff(failures, random),
    Math.min(retryAfterMs || 0, LONGEST_RETRY_AFTER_MS) * (1 + random * RETRY_AFTER_JITTER),
  );

const FIXES: Record<string, string> = {
  // What the role may not do stands in the service's message.
  AccessDeniedException: 'allow the role that on Resource "*"',
  ResourceNotFoundException: 'check trackingId, identityPoolId, region',
  NotAuthorizedException: 'allow guest access',
};

/** Returns whether an error asks for fewer requests, whatever its status. */
export const isThrottled = (status: number, kind: string): boolean =>
  status === 429 || /Throttl|TooMany|Exceeded/.test(kind);

/** Returns whether an error blames what was sent. A 400 of any other kind blames the signature, the way or a proxy. */
export const isInputError = (status: number, kind: string): boolean =>
  status === 413 || (status === 400 && /Input|Validation|Serialization/.test(kind));

/** Errors that a later attempt may not meet. A 409 says that the event tracker is being changed. */
const isTransient = (status: number, kind: string) =>
  status < 200 || status > 499 || [408, 409, 425].includes(status) || isThrottled(status, kind);

/** Errors of a signature or of what signed it; some services send them with 400. */
const SIGNATURE_ERROR = /Signature|Expired|Token|Skew|UnrecognizedClient|Credential/;

/** Decides what becomes of a batch by the answer to it, or by the answer to the request for credentials before it. */
export const classifyResponse = (
  answer: Answer,
  { size, failures, isReauthenticated: resigned, isBatchAnswer: posted, jitter }: AttemptContext,
): Outcome => {
  const { status, kind, retryAfterMs, body, foreign } = answer;
  const retry = (reason?: string): Outcome => ({
    type: 'retry',
    delayMs: waitFor(retryAfterMs, failures, jitter()),
    reason,
  });
  if (foreign) {
    return retry(
      `${foreign}, not by the service: set endpoint to the address where it answers, or look for a proxy, log-in page or service worker in between`,
    );
  }
  if (status > 199 && status < 300) return { type: 'delivered' };
  if (isTransient(status, kind)) return retry();

  const isUnsigned = status === 403 ? kind !== 'AccessDeniedException' : SIGNATURE_ERROR.test(kind);
  if (posted && !resigned && isUnsigned && (status === 400 || status === 403)) {
    // A wrong clock has been corrected by this very answer.
    return { type: 'reauthenticate', renew: !/Signature|RequestExpired|Skew/.test(kind) };
  }
  const isAtFault = posted && isInputError(status, kind);
  if (isAtFault && size > 1) return { type: 'split' };
  // Further lines of a message of AWS's repeat what was signed, the session token among it.
  const message = typeof (body.message ?? body.Message) === 'string' ? (body.message ?? body.Message) : '';
  const reason = [status, kind, message.split('\n')[0], FIXES[kind]].filter(Boolean).join(' ');
  if (isAtFault) return { type: 'reject', reason };
  // A kind that Cognito names is a matter of the configuration; any other 400 is the network's.
  const isLasting = status !== 400 || kind in FIXES || (!posted && kind);
  return isLasting ? { type: 'halt', reason } : retry(reason);
};
