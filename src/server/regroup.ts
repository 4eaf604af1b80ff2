import { MAX_BATCH_EVENTS } from '../contract/limits.js';
import type { Batch } from './forward.js';

/** A batch of one event, or of one interaction with an action. */
export interface Single {
  batch: Batch;
}

export const splitBatchByEvent = (batch: Batch): Single[] =>
  'eventList' in batch
    ? batch.eventList.map((event) => ({ batch: { ...batch, eventList: [event] } }))
    : batch.actionInteractions.map((one) => ({ batch: { ...batch, actionInteractions: [one] } }));

/** The session of a batch; interactions with actions have each their own, and the first one's counts. */
export const sessionOf = (batch: Batch): string | undefined =>
  'eventList' in batch ? batch.sessionId : batch.actionInteractions[0]?.sessionId;

/** What belongs to one session, in the order it came in. */
export const bySession = <T extends Single>(singles: T[]): T[][] => {
  const sessions = new Map<string | undefined, T[]>();
  for (const single of singles) {
    const session = sessionOf(single.batch);
    const before = sessions.get(session);
    if (before) before.push(single);
    else sessions.set(session, [single]);
  }
  return [...sessions.values()];
};

/** What a request says once for all that is in it. */
const envelopeOf = (batch: Batch) =>
  JSON.stringify('eventList' in batch ? [batch.trackingId, batch.sessionId, batch.userId] : batch.trackingId);

/** Neighbours that one request can carry, as many as the service takes. */
export const byRequest = <T extends Single>(singles: T[]): T[][] => {
  const requests: T[][] = [];
  let before: string | undefined;
  for (const single of singles) {
    const envelope = envelopeOf(single.batch);
    const request = requests[requests.length - 1];
    if (request && envelope === before && request.length < MAX_BATCH_EVENTS) request.push(single);
    else requests.push([single]);
    before = envelope;
  }
  return requests;
};

/** The batch of those that one request can carry. */
export const join = (singles: Single[]): Batch => {
  const batches = singles.map(({ batch }) => batch);
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
