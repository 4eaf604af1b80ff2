import { PutActionInteractionsCommand, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { createCommand } from '../contract/create-command.js';
import type { PutActionInteractionsBody, PutEventsBody } from '../contract/put-events-request.js';

/** Returns the AWS SDK's command for a checked body. */
export const toCommand = (body: PutEventsBody | PutActionInteractionsBody): PutEventsCommand =>
  createCommand(body, PutEventsCommand, PutActionInteractionsCommand);
