import { isInputError, isThrottled } from '../contract/retry-policy.js';
import { refuse, refuseForNow } from './refusal.js';

/** As much of an error as the AWS SDK's have; anybody's may lack it. */
interface Failure {
  name?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** Nobody has answered: somebody may soon. */
const SILENCE_SECONDS = 10;

/** A repair of the relay's configuration takes a while. As long as the tracker's own longest backoff. */
const REPAIR_SECONDS = 60;

/** Of the message its first line: further ones of AWS's repeat what was signed, the session token among it. */
const read = (error: unknown) => {
  const { name = 'Error', message = error, $metadata, $response }: Failure = Object(error);
  return {
    name: `${name}`,
    message: `${message}`.split('\n')[0] as string,
    status: $metadata?.httpStatusCode,
    retryAfter: $response?.headers?.['retry-after'],
  };
};

/** An error in one line, without secrets. */
export const summaryOf = (error: unknown): string => {
  const { name, message, status } = read(error);
  return [status, name, message].filter(Boolean).join(' ');
};

/**
 * What the page is told when a batch could not be passed on. The service's word on the batch, and on its own state, in
 * its own terms. Whatever else stands between relay and service is nothing that a page could mend: it is to try again.
 */
export const answerTo = (error: unknown): Response => {
  const { name, message, status, retryAfter } = read(error);
  if (!status) return refuseForNow(SILENCE_SECONDS, 'the service did not answer');
  const mustSlowDown = isThrottled(status, name);
  // 409: the tracker is being changed.
  const isDown = status === 409 || (status >= 500 && status < 600);
  if (!mustSlowDown && !isDown && !isInputError(status, name)) {
    return refuseForNow(REPAIR_SECONDS, 'the service refused the relay, whose log says why');
  }
  return refuse(mustSlowDown ? 429 : status, name.replace(/\W/g, ''), message, {
    ...(retryAfter && { 'retry-after': retryAfter }),
  });
};
