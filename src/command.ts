import {
  type ActionInteraction,
  type Event,
  PutActionInteractionsCommand,
  PutEventsCommand,
} from '@aws-sdk/client-personalize-events';
import type { PutActionInteractionsBody, PutEventsBody } from './wire.js';

const toDate = (seconds: number) => new Date(Math.round(seconds * 1000));

/** A checked body as the AWS SDK sends it. Typed as one of the two: `send` takes either, but not a union of them. */
export const toCommand = (body: PutEventsBody | PutActionInteractionsBody): PutEventsCommand =>
  'eventList' in body
    ? new PutEventsCommand({
        ...body,
        eventList: body.eventList.map((event): Event => ({ ...event, sentAt: toDate(event.sentAt) })),
      })
    : (new PutActionInteractionsCommand({
        ...body,
        actionInteractions: body.actionInteractions.map(
          (interaction): ActionInteraction => ({ ...interaction, timestamp: toDate(interaction.timestamp) }),
        ),
      }) as unknown as PutEventsCommand);
