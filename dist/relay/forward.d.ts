import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { PutActionInteractionsBody, PutEventsBody } from '../wire.js';
/** A batch whose limits have been checked. */
export type Batch = PutEventsBody | PutActionInteractionsBody;
/**
 * Passes a batch on. Resolves once whoever comes next has it for sure; rejects with the AWS SDK's error, whose
 * `$metadata.httpStatusCode` and `name` say what the service has answered.
 */
export type Forward = (batch: Batch) => Promise<void>;
/**
 * Straight to the service, with the retries and the backoff that the client is set to, for 25 seconds at most: the AWS
 * SDK by itself waits for ever.
 */
export declare const toPersonalize: (client: PersonalizeEventsClient) => Forward;
