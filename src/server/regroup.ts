import { MAX_BATCH_EVENTS } from '../contract/limits.js';
import type { Batch } from './forward.js';

/** A batch of one event, or of one interaction with an action. */
export interface SingleEvent {
  batch: Batch;
}

/** Splits a batch into batches of one event. */
export const splitBatchByEvent = (batch: Batch): SingleEvent[] =>
  'eventList' in batch
    ? batch.eventList.map((event) => ({ batch: { ...batch, eventList: [event] } }))
    : batch.actionInteractions.map((one) => ({ batch: { ...batch, actionInteractions: [one] } }));

/** Returns the session of a batch. Each interaction with an action has its own: the first one's counts. */
export const sessionOf = (batch: Batch): string | undefined =>
  'eventList' in batch ? batch.sessionId : batch.actionInteractions[0]?.sessionId;

/** Groups events by session, in their order. */
export const groupBySession = <T extends SingleEvent>(events: T[]): T[][] => {
  const sessions = new Map<string | undefined, T[]>();
  for (const event of events) {
    const sessionId = sessionOf(event.batch);
    const session = sessions.get(sessionId);
    if (session) session.push(event);
    else sessions.set(sessionId, [event]);
  }
  return [...sessions.values()];
};

/** Returns a key of the fields that all events of a request share. */
const sharedFieldsOf = (batch: Batch) =>
  JSON.stringify('eventList' in batch ? [batch.trackingId, batch.sessionId, batch.userId] : batch.trackingId);

/** Groups neighbouring events that one request can carry, up to the service's limit. */
export const groupByRequest = <T extends SingleEvent>(events: T[]): T[][] => {
  const requests: T[][] = [];
  let previousKey: string | undefined;
  for (const event of events) {
    const key = sharedFieldsOf(event.batch);
    const request = requests[requests.length - 1];
    if (request && key === previousKey && request.length < MAX_BATCH_EVENTS) request.push(event);
    else requests.push([event]);
    previousKey = key;
  }
  return requests;
};

/** Merges events that one request can carry into a batch. */
export const mergeBatches = (events: SingleEvent[]): Batch => {
  const batches = events.map(({ batch }) => batch);
  const [first] = batches as [Batch];
  return 'eventList' in first
    ? { ...first, eventList: batches.flatMap((batch) => ('eventList' in batch ? batch.eventList : [])) }
    : {
        ...first,
        actionInteractions: batches.flatMap((batch) =>
          'eventList' in batch ? [] : batch.actionInteractions,
        ),
      };
};
