import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { PutActionInteractionsBody, PutEventsBody } from '../contract/put-events-request.js';
import { toCommand } from './sdk-command.js';

/** A batch within the service's limits, each event of which has an ID. */
export type Batch = PutEventsBody | PutActionInteractionsBody;

/**
 * Forwards a batch. Resolves once the receiver has it for certain; rejects with the AWS SDK's error, whose
 * `$metadata.httpStatusCode` and `name` say what the service has answered. The signal is aborted at the timeout: the
 * batch then counts as failed, whether the function stops or not.
 */
export type Forward = (batch: Batch, signal: AbortSignal) => Promise<void>;

/** Timeout of all attempts together and the steps before them; under the 30 seconds that a page waits for its answer. */
export const FORWARD_TIMEOUT_MS = 25_000;

/**
 * Returns a function that sends batches to the service with the client's own retries and backoff, until the signal is
 * aborted: the AWS SDK by itself has no timeout.
 */
export const toPersonalize =
  (client: PersonalizeEventsClient) =>
  async (batch: Batch, signal?: AbortSignal): Promise<void> => {
    await client.send(toCommand(batch), { ...(signal && { abortSignal: signal }) });
  };
