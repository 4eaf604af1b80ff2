import type { Operation, SessionEvent } from './event.js';
import { MAX_BATCH_EVENTS } from './limits.js';

/** Returns the operation that accepts an event: action interactions have their own. */
export const operationOf = ({ event }: Pick<SessionEvent, 'event'>): Operation =>
  event.actionId ? 'action-interactions' : 'events';

const fitTogether = (a: SessionEvent, b: SessionEvent) =>
  a.sessionId === b.sessionId && a.userId === b.userId && operationOf(a) === operationOf(b);

/**
 * Returns the next batch, oldest first: up to ten events with the first one's user, session and operation. Empty when
 * no event is due.
 * @param fillers events that fill the remaining room, but do not justify a request of their own
 */
export const nextBatch = <Queued extends SessionEvent>(due: Queued[], fillers: Queued[] = []): Queued[] => {
  const [first] = due;
  return first
    ? [...due, ...fillers].filter((event) => fitTogether(event, first)).slice(0, MAX_BATCH_EVENTS)
    : [];
};

/** Groups events into as few batches as possible. */
export const toBatches = <Queued extends SessionEvent>(events: Queued[]): Queued[][] => {
  const batches: Queued[][] = [];
  for (const event of events) {
    const open = batches.find(
      (batch) => batch.length < MAX_BATCH_EVENTS && fitTogether(batch[0] as Queued, event),
    );
    if (open) open.push(event);
    else batches.push([event]);
  }
  return batches;
};

/** Splits a batch into its two halves. */
export const splitBatch = <T>(batch: T[]): T[][] => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
};
