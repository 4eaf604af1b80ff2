import type {
  PutActionInteractionsBody,
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from './put-events-request.js';

const toDate = (seconds: number) => new Date(Math.round(seconds * 1000));

/** Turns a checked body into the input of the AWS SDK's command: its times are Dates there. */
export const toPutEventsInput = (
  body: PutEventsBody,
): Omit<PutEventsBody, 'eventList'> & { eventList: (Omit<WireEvent, 'sentAt'> & { sentAt: Date })[] } => ({
  ...body,
  eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) })),
});

/** The same, of PutActionInteractions. */
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
