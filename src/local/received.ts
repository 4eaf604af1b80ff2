import type { SchemaWarning } from '../server/schema-check.js';
import type { FaultKind } from './fault.js';

/** How a request is signed: by its `Authorization` header, by its URL (a beacon), or not at all. */
export type SignatureForm = 'header' | 'query' | 'unsigned';

/** A request that the local AWS has received. */
export interface ReceivedRequest {
  /** 1 for the first request. */
  number: number;
  /** ID in the answer's `x-amzn-RequestId`. */
  requestId: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
  method: string;
  /** Path without the query, which may hold credentials. */
  path: string;
  /** Cognito's operation, such as `GetId`. */
  target: string | null;
  origin: string | null;
  /** Null for a request that is never signed, such as a preflight. */
  form: SignatureForm | null;
  contentType: string | null;
  /** Size of the body. */
  bytes: number;
  eventCount: number;
  /** Status of the answer; 0 until there is one. */
  status: number;
  errorType: string | null;
  /** The answer's message, if it is an error. */
  errorMessage: string | null;
  /** Field of the fault that decided the answer. */
  fault: FaultKind | null;
}

/**
 * The fields of an event, or of an action interaction, which has `actionId` and `timestamp` in place of `itemId` and
 * `sentAt`. Those of a rejected event are unchecked: they may have other types.
 */
export interface EventFields {
  eventType: string;
  sentAt: number;
  eventId?: string;
  itemId?: string;
  eventValue?: number;
  properties?: string;
  recommendationId?: string;
  impression?: string[];
  metricAttribution?: { eventAttributionSource: string };
  actionId?: string;
  timestamp?: number;
}

/**
 * - `accepted`: answered with 200 and counted
 * - `duplicate`: answered with 200, but an earlier event has its ID, or its content and time
 * - `ignored`: answered with 200 and dropped, since its session ID is the text `null`
 * - `rejected`: answered with an error that a retry of the same request cannot avoid
 */
export type EventStatus = 'accepted' | 'duplicate' | 'ignored' | 'rejected';

export const EVENT_STATUSES: EventStatus[] = ['accepted', 'duplicate', 'ignored', 'rejected'];

/** The reason for a rejection. */
export interface Rejection {
  /** The service's name of the error, such as `InvalidInputException`. */
  type: string;
  message: string;
  /** The event's field at fault, such as `itemId`. Absent if the whole request is at fault, or another event of it. */
  field?: string;
}

/** An event that the local AWS has received. */
export interface ReceivedEvent {
  /** 1 for the first event. */
  number: number;
  status: EventStatus;
  /** Only in a rejected event. */
  rejection?: Rejection;
  /** Parts of an accepted event that the dataset would drop; empty without a schema. */
  warnings: SchemaWarning[];
  trackingId: string;
  sessionId: string;
  userId?: string;
  /** The event's own ID, or a generated one. */
  eventId: string;
  event: EventFields;
  form: SignatureForm;
  contentType: string | null;
  /** Milliseconds since 1970. */
  receivedAt: number;
  requestId: string;
}
