import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { toCommand } from '../command.js';
import type { PutActionInteractionsBody, PutEventsBody } from '../wire.js';

/** A batch whose limits have been checked. */
export type Batch = PutEventsBody | PutActionInteractionsBody;

/**
 * Passes a batch on. Resolves once whoever comes next has it for sure; rejects with the AWS SDK's error, whose
 * `$metadata.httpStatusCode` and `name` say what the service has answered.
 */
export type Forward = (batch: Batch) => Promise<void>;

/** Of all attempts together; under the 30 seconds that a page waits for its answer. */
const TIME_LIMIT_MS = 25_000;

/**
 * Straight to the service, with the retries and the backoff that the client is set to, for 25 seconds at most: the AWS
 * SDK by itself waits for ever.
 */
export const toPersonalize =
  (client: PersonalizeEventsClient): Forward =>
  async (batch) => {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIME_LIMIT_MS);
    await client.send(toCommand(batch), { abortSignal: abort.signal }).finally(() => clearTimeout(timer));
  };
