import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { PutActionInteractionsBody, PutEventsBody } from '../contract/put-events-request.js';
import { toCommand } from './sdk-command.js';

/** A batch whose limits have been checked, and each event of which has an ID. */
export type Batch = PutEventsBody | PutActionInteractionsBody;

/**
 * Passes a batch on. Resolves once the next in line is sure to have it; rejects with the AWS SDK's error, whose
 * `$metadata.httpStatusCode` and `name` say what the service has answered. The signal is aborted when nobody waits for
 * it any longer: it then counts as failed, whether it stops or not.
 */
export type Forward = (batch: Batch, signal: AbortSignal) => Promise<void>;

/** Of all attempts together, and of what comes before them; under the 30 seconds that a page waits for its answer. */
export const TIME_LIMIT_MS = 25_000;

/**
 * Sends straight to the service, with the retries and the backoff that the client is set to, until the signal is
 * aborted: the AWS SDK by itself waits for ever.
 */
export const toPersonalize =
  (client: PersonalizeEventsClient) =>
  async (batch: Batch, signal?: AbortSignal): Promise<void> => {
    await client.send(toCommand(batch), { ...(signal && { abortSignal: signal }) });
  };
