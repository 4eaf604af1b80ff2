import type { Item } from './queue.js';

/** The service takes up to ten events a request. */
export const MAX_BATCH_EVENTS = 10;

/** Actions have an operation of their own. */
export const isOfAction = ({ event }: Item): boolean => !!event.actionId;

const fitTogether = (a: Item, b: Item) =>
  a.sessionId === b.sessionId && a.userId === b.userId && isOfAction(a) === isOfAction(b);

/**
 * The next batch: events of one user, session and operation, the first item's, oldest first. Room that is left goes to
 * `riders`, which warrant no request of their own. Empty when nothing is due.
 */
export const nextBatch = (due: Item[], riders: Item[] = []): Item[] => {
  const [first] = due;
  return first
    ? [...due, ...riders].filter((item) => fitTogether(item, first)).slice(0, MAX_BATCH_EVENTS)
    : [];
};

/** All of `items` in as few batches as there can be. */
export const toBatches = (items: Item[]): Item[][] => {
  const batches: Item[][] = [];
  for (const item of items) {
    const open = batches.find(
      (batch) => batch.length < MAX_BATCH_EVENTS && fitTogether(batch[0] as Item, item),
    );
    if (open) open.push(item);
    else batches.push([item]);
  }
  return batches;
};

export const halves = <T>(batch: T[]): T[][] => {
  const middle = batch.length >> 1;
  return [batch.slice(0, middle), batch.slice(middle)];
};

/** What a batch is sent as. */
export interface BatchRequest {
  url: string;
  body: string;
}

/** Where batches go. */
export interface Destination {
  trackingId: string;
  actionTrackingId?: string | undefined;
  endpointUrl: string;
}

/**
 * A batch as PutEvents takes it, in the order in which AWS's own SDK writes it, or as PutActionInteractions does.
 * @param offset milliseconds to add to the visitor's clock, for events recorded before it was known
 */
export const toRequest = (
  { trackingId, actionTrackingId, endpointUrl }: Destination,
  batch: Item[],
  offset: number,
): BatchRequest => {
  const [first] = batch as [Item];
  const { sessionId, userId } = first;
  const list = batch.map((item) => {
    const time = Math.round(item.event.sentAt * 1000 + (item.offset ?? offset)) / 1000;
    return isOfAction(item)
      ? { ...item.event, sentAt: undefined, timestamp: time, sessionId, userId }
      : { ...item.event, sentAt: time };
  });
  const [path, body] = isOfAction(first)
    ? ['action-interactions', { trackingId: actionTrackingId, actionInteractions: list }]
    : ['events', { trackingId, sessionId, eventList: list, userId }];
  return { url: `${endpointUrl}/${path}`, body: JSON.stringify(body) };
};
