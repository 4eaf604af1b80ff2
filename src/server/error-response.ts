import { isInputError, isThrottled } from '../contract/retry-policy.js';
import type { SdkError } from './sdk-error.js';
import { createServiceError, createUnavailableError } from './service-error.js';

/** A service that has not answered may soon do so. */
const NO_ANSWER_RETRY_SECONDS = 10;

/** A repair of the relay's configuration takes a while. Equals the tracker's longest backoff. */
const CONFIGURATION_RETRY_SECONDS = 60;

/** Reads an error; of its message the first line alone: further lines of AWS's repeat what was signed, with the session token. */
const readError = (error: unknown) => {
  const { name = 'Error', message = error, $metadata, $response }: SdkError = Object(error);
  return {
    name: `${name}`,
    message: `${message}`.split('\n')[0] as string,
    status: $metadata?.httpStatusCode,
    retryAfter: $response?.headers?.['retry-after'],
  };
};

/** Returns an error in one line, without secrets. */
export const summarizeError = (error: unknown): string => {
  const { name, message, status } = readError(error);
  return [status, name, message].filter(Boolean).join(' ');
};

/**
 * Returns the page's answer for a batch that could not be forwarded. The service's own errors about the batch, or about
 * its state, are passed on. A page can repair no other error between relay and service: it is told to retry.
 */
export const toErrorResponse = (error: unknown): Response => {
  const { name, message, status, retryAfter } = readError(error);
  if (!status) return createUnavailableError(NO_ANSWER_RETRY_SECONDS, 'the service did not answer');
  const mustSlowDown = isThrottled(status, name);
  // 409: the tracker is being changed.
  const isDown = status === 409 || (status >= 500 && status < 600);
  if (!mustSlowDown && !isDown && !isInputError(status, name)) {
    return createUnavailableError(
      CONFIGURATION_RETRY_SECONDS,
      'the service refused the relay, whose log says why',
    );
  }
  return createServiceError(mustSlowDown ? 429 : status, name.replace(/\W/g, ''), message, {
    ...(retryAfter && { 'retry-after': retryAfter }),
  });
};
