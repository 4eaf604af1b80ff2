import { EVENT_STATUSES, type EventStatus, type ReceivedEvent } from './received.js';

/** Values that an event must have. */
export interface EventFilter {
  status?: EventStatus;
  eventType?: string;
  itemId?: string;
  actionId?: string;
  sessionId?: string;
  userId?: string;
}

const READERS: Record<keyof EventFilter, (event: ReceivedEvent) => unknown> = {
  status: ({ status }) => status,
  eventType: ({ event }) => event.eventType,
  itemId: ({ event }) => event.itemId,
  actionId: ({ event }) => event.actionId,
  sessionId: ({ sessionId }) => sessionId,
  userId: ({ userId }) => userId,
};

/** Checks a filter. @throws an error that lists the valid names or statuses */
export const checkFilter: (filter: object) => asserts filter is EventFilter = (filter) => {
  for (const [name, value] of Object.entries(filter)) {
    if (!Object.hasOwn(READERS, name)) {
      throw new Error(`Events have no ${name} to filter by; use ${Object.keys(READERS).join(', ')}.`);
    }
    if (name === 'status' && !EVENT_STATUSES.includes(value)) {
      throw new Error(`status must be one of ${EVENT_STATUSES.join(', ')}; got ${JSON.stringify(value)}`);
    }
  }
};

/** Returns the events that have all values of the filter. @throws as `checkFilter` does */
export const findEvents = (events: readonly ReceivedEvent[], filter: EventFilter = {}): ReceivedEvent[] => {
  checkFilter(filter);
  const wanted = Object.entries(filter) as [keyof EventFilter, string][];
  return events.filter((event) => wanted.every(([name, value]) => READERS[name](event) === value));
};
