import { operationOf } from './batch.js';
import type { SessionEvent, TrackedAction, TrackedEvent } from './event.js';

/** An event as it is on the wire. */
export interface WireEvent extends Omit<TrackedEvent, 'properties' | 'sentAt'> {
  /** Text of a JSON object. */
  properties?: string;
  /** Unix seconds. */
  sentAt: number;
}

/** The body of PutEvents. */
export interface PutEventsBody {
  /** The event tracker's: 1–256 characters. */
  trackingId: string;
  /** The visitor's: 1–256 characters. */
  sessionId: string;
  /** 1–256 characters; absent for an anonymous visitor. */
  userId?: string;
  /** 1–10 events. */
  eventList: WireEvent[];
}

/** An interaction with an action as it is on the wire. */
export interface WireActionInteraction extends Omit<TrackedAction, 'properties' | 'sentAt'> {
  /** The visitor's: 1–256 characters. */
  sessionId: string;
  /** 1–256 characters; absent for an anonymous visitor. */
  userId?: string;
  /** Text of a JSON object. */
  properties?: string;
  /** Unix seconds. */
  timestamp: number;
}

/** The body of PutActionInteractions. */
export interface PutActionInteractionsBody {
  /** Of the tracker for actions: 1–256 characters. */
  trackingId: string;
  /** 1–10 interactions. */
  actionInteractions: WireActionInteraction[];
}

/** A POST of a batch. */
export interface BatchRequest {
  url: string;
  body: string;
}

/** The trackers that events are of, and the base URL that batches are posted to. */
export interface Destination {
  trackingId: string;
  actionTrackingId?: string | undefined;
  endpointUrl: string;
}

/**
 * Builds the request of a batch: PutEvents, its fields in the AWS SDK's order, or PutActionInteractions.
 * @param offset milliseconds to add to the visitor's clock, for events recorded before it was known
 */
export const toRequest = (
  { trackingId, actionTrackingId, endpointUrl }: Destination,
  batch: SessionEvent[],
  offset: number,
): BatchRequest => {
  const [first] = batch as [SessionEvent];
  const operation = operationOf(first);
  const { sessionId, userId } = first;
  const list = batch.map((queued) => {
    const time = Math.round(queued.event.sentAt * 1000 + (queued.offset ?? offset)) / 1000;
    return operation === 'events'
      ? { ...queued.event, sentAt: time }
      : { ...queued.event, sentAt: undefined, timestamp: time, sessionId, userId };
  });
  const body =
    operation === 'events'
      ? { trackingId, sessionId, eventList: list, userId }
      : { trackingId: actionTrackingId, actionInteractions: list };
  return { url: `${endpointUrl}/${operation}`, body: JSON.stringify(body) };
};
