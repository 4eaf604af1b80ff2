import { PutActionInteractionsCommand, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { toPutActionInteractionsInput, toPutEventsInput } from '../contract/command-input.js';
import type { PutActionInteractionsBody, PutEventsBody } from '../contract/put-events-request.js';

/** Returns the AWS SDK's command for a checked body. Typed as one of the two: `send` accepts either, but not their union. */
export const toCommand = (body: PutEventsBody | PutActionInteractionsBody): PutEventsCommand =>
  'eventList' in body
    ? new PutEventsCommand(toPutEventsInput(body))
    : (new PutActionInteractionsCommand(toPutActionInteractionsInput(body)) as unknown as PutEventsCommand);
