import { createHash, randomUUID } from 'node:crypto';
import type { SchemaWarning, SentEvent } from '../server/schema-check.js';
import { createNewest } from './newest.js';
import type { EventFields, EventStatus, ReceivedEvent, Rejection } from './received.js';

/** An event with what its request says of it. */
export interface IncomingEvent {
  trackingId: string;
  sessionId: string;
  /** Empty for an anonymous visitor. */
  userId: string;
  event: EventFields;
}

/** The request that brought an event. */
export type EventRequest = Pick<ReceivedEvent, 'form' | 'contentType' | 'receivedAt' | 'requestId'>;

interface EventLogOptions {
  maxEvents: number;
  /** Returns what the dataset would drop of an event. */
  checkSchema: (sent: SentEvent) => SchemaWarning[];
  /** Called for each event. */
  onEvent(event: ReceivedEvent): void;
}

/** Two keys an event, kept twice as long as the event: retries come within hours. */
const KEYS_PER_EVENT = 4;

const toKey = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64');

/**
 * Creates the list of received events, which counts each event once: by its ID, and by its content and time, whatever
 * its ID.
 */
export const createEventLog = ({ maxEvents, checkSchema, onEvent }: EventLogOptions) => {
  const events = createNewest<ReceivedEvent>(maxEvents);
  const seen = new Set<string>();
  let count = 0;

  const isSeen = (key: string) => {
    const isOld = seen.has(key);
    seen.add(key);
    return isOld;
  };

  /** Counts an event. Returns its status, and whether an event with its ID came before. */
  const countOnce = ({ trackingId, sessionId, userId, event }: IncomingEvent, eventId: string) => {
    const { eventId: _, ...content } = event;
    const isRetry = isSeen(toKey(trackingId, eventId));
    const isSameContent = isSeen(toKey(trackingId, sessionId, userId, Object.entries(content).sort()));
    for (const oldest of seen) {
      if (seen.size <= KEYS_PER_EVENT * maxEvents) break;
      seen.delete(oldest);
    }
    const status: EventStatus = isRetry || isSameContent ? 'duplicate' : 'accepted';
    return { status, isRetry };
  };

  const append = (
    { userId, ...incoming }: IncomingEvent,
    outcome: Pick<ReceivedEvent, 'status' | 'warnings' | 'rejection' | 'eventId'>,
    request: EventRequest,
  ) => {
    count++;
    const event = { number: count, ...outcome, ...incoming, ...(userId && { userId }), ...request };
    events.add(event);
    onEvent(event);
  };

  return {
    events,
    /** Adds an event that was answered with 200. */
    accept(incoming: IncomingEvent, request: EventRequest) {
      const eventId = incoming.event.eventId ?? randomUUID();
      if (incoming.sessionId === 'null') {
        append(incoming, { status: 'ignored', warnings: [], eventId }, request);
        return;
      }
      const { status, isRetry } = countOnce(incoming, eventId);
      // Only PutEvents fills the Interactions dataset.
      const isChecked = !isRetry && incoming.event.actionId === undefined;
      const { sessionId, userId, event } = incoming;
      const warnings = isChecked ? checkSchema({ sessionId, userId: userId || undefined, event }) : [];
      append(incoming, { status, warnings, eventId }, request);
    },
    /** Adds an event whose request was refused. */
    reject(incoming: IncomingEvent, rejection: Rejection, request: EventRequest) {
      const { eventId } = incoming.event;
      append(
        incoming,
        { status: 'rejected', rejection, warnings: [], eventId: eventId ?? randomUUID() },
        request,
      );
    },
    /** Removes all events; the next ones count as new. */
    clear() {
      events.clear();
      seen.clear();
    },
  };
};
