import type { Item } from './queue.js';

/** The service takes up to ten events a request. */
const MAX_BATCH_EVENTS = 10;

const sameVisitor = (a: Item, b: Item) => a.sessionId === b.sessionId && a.userId === b.userId;

/**
 * The next batch: events of one user and session, the first item's, oldest first. Room that is left goes to
 * `riders`, which warrant no request of their own. Empty when nothing is due.
 */
export const nextBatch = (due: Item[], riders: Item[] = []): Item[] => {
  const [first] = due;
  return first
    ? [...due, ...riders].filter((item) => sameVisitor(item, first)).slice(0, MAX_BATCH_EVENTS)
    : [];
};

/** All of `items` in as few batches as there can be. */
export const toBatches = (items: Item[]): Item[][] => {
  const batches: Item[][] = [];
  for (let rest = items; rest.length; ) {
    const batch = nextBatch(rest);
    batches.push(batch);
    rest = rest.filter((item) => !batch.includes(item));
  }
  return batches;
};

export const halves = (batch: Item[]): Item[][] => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
};

/**
 * A batch as PutEvents takes it, in the order in which AWS's own SDK writes it.
 * @param offset milliseconds to add to the visitor's clock, for events recorded before it was known
 */
export const toBody = (trackingId: string, batch: Item[], offset: number): string => {
  const [first] = batch;
  return JSON.stringify({
    trackingId,
    sessionId: first?.sessionId,
    eventList: batch.map((item) => ({
      ...item.event,
      sentAt: Math.round(item.event.sentAt * 1000 + (item.offset ?? offset)) / 1000,
    })),
    userId: first?.userId,
  });
};
