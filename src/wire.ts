import { MAX_BATCH_EVENTS } from './batch.js';
import { problemOf, type TrackedAction, type TrackedEvent } from './event.js';
import { type Check, check, isPlainObject, text } from './lib/check.js';

/** An operation of the service, by its path. */
export type Operation = 'events' | 'action-interactions';

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

const ID = text(256);
const LIST: Check = [
  `a list of 1-${MAX_BATCH_EVENTS}`,
  (value) => Array.isArray(value) && value.length > 0 && value.length <= MAX_BATCH_EVENTS,
];
const OBJECT: Check = ['an object', isPlainObject];

/** The first of what is wrong with a structure; what is required and absent is complained of, too. */
const problemIn = (input: Record<string, unknown>, checks: Record<string, Check>, optional = '') => {
  const required = Object.keys(checks).filter((name) => name !== optional);
  const given = Object.fromEntries(required.map((name) => [name, input[name] ?? null]));
  return check({ ...input, ...given }, checks).problems[0];
};

/** JSON text back as what `track()` takes; anything else as it is, for a check to refuse. */
const fromText = (properties: unknown): unknown => {
  if (typeof properties !== 'string') return properties === undefined ? undefined : `${properties}`;
  try {
    return JSON.parse(properties);
  } catch {
    return properties;
  }
};

const problemOfEvent = ({ properties, sentAt, ...event }: Partial<WireEvent>) =>
  // It would be checked as an action's, which have an operation of their own.
  'actionId' in event
    ? 'actionId is unknown; actions go in actionInteractions'
    : problemOf({ ...event, properties: fromText(properties), sentAt: sentAt ?? null } as TrackedEvent);

const problemOfInteraction = (input: Partial<WireActionInteraction>) => {
  const { properties, timestamp, sessionId, userId, ...event } = input;
  const action = { actionId: null, ...event, properties: fromText(properties), sentAt: timestamp ?? null };
  return (
    problemIn({ sessionId, userId }, { sessionId: ID, userId: ID }, 'userId') ??
    problemOf(action as unknown as TrackedAction)?.replace(/^sentAt/, 'timestamp')
  );
};

/**
 * Says what is wrong with a request as it is on the wire, naming field, limit and value; nothing when all is well.
 * The limits are those of `track()`, the service's own.
 */
export const problemOfRequest = (operation: Operation, input: unknown): string | undefined => {
  if (!isPlainObject(input)) return 'the body must be a JSON object';
  const isEvents = operation === 'events';
  const list = isEvents ? 'eventList' : 'actionInteractions';
  const checks = isEvents
    ? { trackingId: ID, sessionId: ID, userId: ID, [list]: LIST }
    : { trackingId: ID, [list]: LIST };
  const problem = problemIn(input, checks, 'userId');
  if (problem) return problem;
  for (const [index, member] of (input[list] as object[]).entries()) {
    const at = `${list}[${index}]`;
    const wrong =
      problemIn({ [at]: member }, { [at]: OBJECT }) ??
      (isEvents ? problemOfEvent(member) : problemOfInteraction(member));
    if (wrong) return wrong.startsWith(at) ? wrong : `${at}.${wrong}`;
  }
  return undefined;
};
