import { operationOf } from './batch.js';
import type { EventFields, SessionEvent, TrackedAction } from './event.js';

/** An event in the body of a request. */
export interface WireEvent extends Omit<EventFields, 'properties' | 'sentAt'> {
  /** Text of a JSON object. */
  properties?: string;
  /** Unix seconds. */
  sentAt: number;
}

/** The body of PutEvents. */
export interface PutEventsBody {
  /** The event tracker's ID: 1–256 characters. */
  trackingId: string;
  /** The session's ID: 1–256 characters. */
  sessionId: string;
  /** The user's ID: 1–256 characters. Absent for an anonymous visitor. */
  userId?: string;
  /** 1–10 events. */
  eventList: WireEvent[];
}

/** An action interaction in the body of a request. */
export interface WireActionInteraction extends Omit<TrackedAction, 'properties' | 'sentAt'> {
  /** The session's ID: 1–256 characters. */
  sessionId: string;
  /** The user's ID: 1–256 characters. Absent for an anonymous visitor. */
  userId?: string;
  /** Text of a JSON object. */
  properties?: string;
  /** Unix seconds. */
  timestamp: number;
}

/** The body of PutActionInteractions. */
export interface PutActionInteractionsBody {
  /** The action interaction event tracker's ID: 1–256 characters. */
  trackingId: string;
  /** 1–10 interactions. */
  actionInteractions: WireActionInteraction[];
}

/** The request of a batch; always a POST. */
export interface BatchRequest {
  url: string;
  body: string;
}

/** The IDs of the event trackers for events and for actions, and the base URL that batches are posted to. */
export interface Destination {
  trackingId: string;
  actionTrackingId?: string | undefined;
  endpointUrl: string;
}

/**
 * Builds the body of a batch, with its fields in the AWS SDK's order: of PutEvents or PutActionInteractions.
 * @param offset milliseconds to add to the visitor's clock, for events that were recorded before their offset was known
 */
export const toBody = (
  { trackingId, actionTrackingId }: Omit<Destination, 'endpointUrl'>,
  batch: SessionEvent[],
  offset: number,
): PutEventsBody | PutActionInteractionsBody => {
  const [first] = batch as [SessionEvent];
  const operation = operationOf(first);
  const { sessionId, userId } = first;
  const list = batch.map((queued) => {
    const time = Math.round(queued.event.sentAt * 1000 + (queued.offset ?? offset)) / 1000;
    return operation === 'events'
      ? { ...queued.event, sentAt: time }
      : { ...queued.event, sentAt: undefined, timestamp: time, sessionId, userId };
  });
  return (
    operation === 'events'
      ? { trackingId, sessionId, eventList: list, userId }
      : { trackingId: actionTrackingId, actionInteractions: list }
  ) as PutEventsBody | PutActionInteractionsBody;
};

/** Builds the request of a batch. Its arguments are those of `toBody`. */
export const toRequest = (destination: Destination, batch: SessionEvent[], offset: number): BatchRequest => ({
  url: `${destination.endpointUrl}/${operationOf(batch[0] as SessionEvent)}`,
  body: JSON.stringify(toBody(destination, batch, offset)),
});
