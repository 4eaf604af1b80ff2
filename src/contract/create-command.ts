import type {
  PutActionInteractionsBody,
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from './put-events-request.js';

const toDate = (seconds: number) => new Date(Math.round(seconds * 1000));

/** Converts a valid body into the input of the AWS SDK's `PutEventsCommand`, whose times are Dates. */
export const toPutEventsInput = (
  body: PutEventsBody,
): Omit<PutEventsBody, 'eventList'> & { eventList: (Omit<WireEvent, 'sentAt'> & { sentAt: Date })[] } => ({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) })),
});

/** Converts a valid body into the input of the AWS SDK's `PutActionInteractionsCommand`, whose times are Dates. */
export const toPutActionInteractionsInput = (
  body: PutActionInteractionsBody,
): Omit<PutActionInteractionsBody, 'actionInteractions'> & {
  actionInteractions: (Omit<WireActionInteraction, 'timestamp'> & { timestamp: Date })[];
} => ({
  ...body,
  actionInteractions: body.actionInteractions.map((interaction) => ({
    ...interaction,
    timestamp: toDate(interaction.timestamp),
  })),
});
