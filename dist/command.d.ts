import { PutEventsCommand } from '@aws-sdk/client-personalize-events';
import type { PutActionInteractionsBody, PutEventsBody } from './wire.js';
/** A checked body as the AWS SDK sends it. Typed as one of the two: `send` takes either, but not a union of them. */
export declare const toCommand: (body: PutEventsBody | PutActionInteractionsBody) => PutEventsCommand;
