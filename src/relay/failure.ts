import { refuse, refuseForNow } from './refusal.js';

/** As much as is known of an error of the AWS SDK, or of anybody's. */
interface Failure {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** Nobody has answered: somebody may soon. */
const SILENCE_SECONDS = 10;

/** What only whoever runs the relay can mend takes him a while. As long as the tracker's own longest backoff. */
const REPAIR_SECONDS = 60;

/** What AWS answers, some of it with 400, to a request whose batch it has not looked at yet. */
const OF_CREDENTIALS = /Access|Auth|Credential|Expired|OptIn|Signature|Token|Unrecognized/;

/** What the batch itself is to blame for; 409 and 429 pass by themselves. */
const OF_BATCH = [400, 409, 413, 429];

/** Further lines of a message of AWS's repeat what was signed, the session token among it. */
const firstLineOf = (message: string) => `${message}`.split('\n')[0] as string;

const toFailure = (error: unknown): Failure =>
  error instanceof Error ? error : { name: 'Error', message: `${error}` };

/** An error in one line, without secrets. */
export const summaryOf = (error: unknown): string => {
  const { name, message, $metadata } = toFailure(error);
  return [$metadata?.httpStatusCode, name, firstLineOf(message)].filter(Boolean).join(' ');
};

/**
 * What the page is told when a batch could not be passed on. The service's word on the batch, and on its own state, in
 * its own terms. Whatever stands between relay and service is nothing that a page could mend: it is to try again.
 */
export const answerTo = (error: unknown): Response => {
  const { name, message, $metadata, $response } = toFailure(error);
  const status = $metadata?.httpStatusCode;
  if (!status) return refuseForNow(SILENCE_SECONDS, 'the service did not answer');
  const isThrottled = /Throttl|TooMany/.test(name);
  const isTold = status >= 500 || (OF_BATCH.includes(status) && !OF_CREDENTIALS.test(name));
  if (!isThrottled && !isTold) {
    return refuseForNow(REPAIR_SECONDS, 'the service refused the relay, whose log says why');
  }
  const retryAfter = $response?.headers?.['retry-after'];
  return refuse(isThrottled ? 429 : status, name.replace(/\W/g, ''), firstLineOf(message), {
    ...(retryAfter && { 'retry-after': retryAfter }),
  });
};
