import type {
  PutActionInteractionsBody,
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from './put-events-request.js';

/** An event or interaction as the AWS SDK takes it: with a Date. */
type WithDate<T, Time extends keyof T> = Omit<T, Time> & Record<Time, Date>;

type PutEventsInput = Omit<PutEventsBody, 'eventList'> & { eventList: WithDate<WireEvent, 'sentAt'>[] };

type PutActionInteractionsInput = Omit<PutActionInteractionsBody, 'actionInteractions'> & {
  actionInteractions: WithDate<WireActionInteraction, 'timestamp'>[];
};

const toDate = (seconds: number) => new Date(Math.round(seconds * 1000));

/**
 * Returns the AWS SDK's command for a checked body. Typed as one of the two: `send` accepts either, but not their union.
 * @param PutEvents the SDK's class, as is `PutActionInteractions`: this file imports no SDK
 */
export const createCommand = <Command>(
  body: PutEventsBody | PutActionInteractionsBody,
  PutEvents: new (input: PutEventsInput) => Command,
  PutActionInteractions: new (input: PutActionInteractionsInput) => unknown,
): Command =>
  'eventList' in body
    ? new PutEvents({
        ...body,
        eventList: body.eventList.map((event) => ({ ...event, sentAt: toDate(event.sentAt) })),
      })
    : (new PutActionInteractions({
        ...body,
        actionInteractions: body.actionInteractions.map((interaction) => ({
          ...interaction,
          timestamp: toDate(interaction.timestamp),
        })),
      }) as Command);
