import type { Answer } from './answer.js';

/** The step that follows the response to a batch. */
export type Outcome =
  | { type: 'delivered' }
  /** Send it again after a delay. `reason` is set when waiting alone does not help, such as when a proxy answers. */
  | { type: 'retry'; delayMs: number; reason?: string | undefined }
  /** Sign it again, with new credentials if the old ones are to blame. */
  | { type: 'reauthenticate'; renew: boolean }
  | { type: 'split' }
  | { type: 'reject'; reason: string }
  /** Keep it and stop sending: any other batch would fail as well. */
  | { type: 'halt'; reason: string };

/** The attempt that a response belongs to. */
export interface AttemptContext {
  /** Events in the batch. */
  size: number;
  /** Failures in a row before this one. */
  failures: number;
  /** Whether this batch has already been signed a second time. */
  isReauthenticated: boolean;
  /** False for the response to a request for credentials: no batch was sent. */
  isBatchAnswer: boolean;
  /** Returns a random number from 0 to 1. */
  jitter: () => number;
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** Limit of `Retry-After`: a longer one would keep events on an open page long after the service has recovered. */
const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/** Random share added to `Retry-After`, so that clients do not all return at once. */
const RETRY_AFTER_JITTER = 0.1;

/**
 * Returns an exponential backoff with equal jitter: half of it is random
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). Full jitter would allow retries without
 * any delay.
 */
const backoff = (failures: number, random: number) =>
  (Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (1 + random)) / 2;

/** Returns the milliseconds before the next attempt: the backoff, or a longer `Retry-After`. @param random from 0 to 1 */
export const delayFor = (retryAfterMs: number, failures: number, random: number): number =>
  Math.max(
    backoff(failures, random),
    Math.min(retryAfterMs || 0, LONGEST_RETRY_AFTER_MS) * (1 + random * RETRY_AFTER_JITTER),
  );

/** Advice that is added to an error, by its type. */
const FIXES: Record<string, string> = {
  // The service's message names the action.
  AccessDeniedException: 'grant the role this action on Resource "*"',
  ResourceNotFoundException: 'check trackingId, identityPoolId, region',
  NotAuthorizedException: 'allow guest access',
};

/** Returns whether an error asks for fewer requests, whatever its status. */
export const isThrottled = (status: number, kind: string): boolean =>
  status === 429 || /Throttl|TooMany|Exceeded/.test(kind);

/** Returns whether an error blames the input. A 400 of any other kind blames the signature, the network or a proxy. */
export const isInputError = (status: number, kind: string): boolean =>
  status === 413 || (status === 400 && /Input|Validation|Serialization/.test(kind));

/** Returns whether a later attempt may succeed. 409: the event tracker is being changed. */
const isTransient = (status: number, kind: string) =>
  status < 200 || status > 499 || [408, 409, 425].includes(status) || isThrottled(status, kind);

/** Types of errors that blame the signature or its credentials; some services send them with 400. */
const SIGNATURE_ERROR_TYPES = /Signature|Expired|Token|Skew|UnrecognizedClient|Credential/;

const isSignatureError = (status: number, kind: string) =>
  (status === 403 && kind !== 'AccessDeniedException') ||
  (status === 400 && SIGNATURE_ERROR_TYPES.test(kind));

/**
 * Returns status, error type, message and fix. Further lines of AWS's message are left out: they repeat the signed
 * request, session token included.
 */
const reasonOf = ({ status, kind, body }: Answer) => {
  const message = body.message ?? body.Message;
  const firstLine = typeof message === 'string' ? message.split('\n')[0] : '';
  return [status, kind, firstLine, FIXES[kind]].filter(Boolean).join(' ');
};

/** Classifies the response to a batch, or to the request for credentials before it. */
export const classifyResponse = (answer: Answer, context: AttemptContext): Outcome => {
  const { status, kind, retryAfterMs, foreign } = answer;
  const { size, failures, isReauthenticated, isBatchAnswer, jitter } = context;
  const retry = (reason?: string): Outcome => ({
    type: 'retry',
    delayMs: delayFor(retryAfterMs, failures, jitter()),
    reason,
  });
  if (foreign) {
    return retry(
      `${foreign}, not by the service: set endpoint to the address where it answers, or look for a proxy, log-in page or service worker in between`,
    );
  }
  if (status > 199 && status < 300) return { type: 'delivered' };
  if (isTransient(status, kind)) return retry();
  if (isBatchAnswer && !isReauthenticated && isSignatureError(status, kind)) {
    // If a wrong clock is to blame, this response's `Date` has corrected it: the same credentials will do.
    return { type: 'reauthenticate', renew: !/Signature|RequestExpired|Skew/.test(kind) };
  }
  const reason = reasonOf(answer);
  if (isBatchAnswer && isInputError(status, kind)) {
    return size > 1 ? { type: 'split' } : { type: 'reject', reason };
  }
  // A 400 with an error type from Cognito blames the configuration; any other 400 blames the network.
  const isPermanent = status !== 400 || kind in FIXES || (!isBatchAnswer && kind);
  return isPermanent ? { type: 'halt', reason } : retry(reason);
};
