export { use } from './platform/borrowed-natives.js';

import type { RecordedEvent } from '../contract/event.js';
import type { Options } from '../contract/options.js';
import type { Settings } from '../contract/resolve-options.js';
import { findOrphan } from './capture/attributes.js';
import { MAX_EVENTS } from './delivery/event-limits.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import { dropOldest } from './platform/drop-oldest.js';
import type { Session } from './session.js';

/** Limit of distinct event types and metadata columns together, of an Interactions dataset (https://docs.aws.amazon.com/personalize/latest/dg/limits.html). */
const MAX_NAMES = 10;

/** The most events and lines that are remembered. More events never wait. */
const MAX_REMEMBERED = MAX_EVENTS;

/**
 * Prints what happens to an event, or to all. `input` is the object that a queued event was made from; for `missed` it is
 * the path from the visitor's target outwards.
 */
export type Print = (kind: string, detail: object, input?: object) => void;

const formatTime = (at: number) => new Date(at).toISOString().slice(11);

/** Returns an event's name in a line. The event may be anything that page code has passed. */
const titleOf = ({ eventType, itemId, actionId }: Partial<RecordedEvent>) =>
  [eventType, itemId ?? actionId].filter((name) => name && typeof name === 'string').join(' ');

/** Warns once when a page exceeds a limit of the dataset. */
const createNameCounter = () => {
  const names = new Set<string>();
  return ({ eventType, properties }: RecordedEvent) => {
    const before = names.size;
    if (before > MAX_NAMES) return;
    names.add(`eventType ${eventType}`);
    for (const key of Object.keys(JSON.parse(properties ?? '{}'))) names.add(`properties.${key}`);
    if (names.size > MAX_NAMES) {
      console.warn(
        `personalize-beacon: this page has used ${names.size} event types and properties, a dataset takes ${MAX_NAMES}: ${[...names].join(', ')}`,
      );
    }
  };
};

/** Prints each event as it is queued, and its whole life in one group when it is settled. */
export const createPrinter = (): Print => {
  /** When events were queued that are not settled yet, by ID. */
  const queuedAt = new Map<string, number>();
  const countNames = createNameCounter();

  const printQueued = (event: RecordedEvent, input: Partial<RecordedEvent> | undefined, at: number) => {
    queuedAt.set(event.eventId, at);
    // Another page may have adopted an event, and settles it.
    dropOldest(queuedAt, MAX_REMEMBERED);
    console.info(`personalize-beacon: queued ${titleOf(event)}`, event);
    const given = input?.impression?.length ?? 0;
    const kept = event.impression?.length ?? 0;
    if (kept < given)
      console.info(`personalize-beacon: impression cut to ${kept} of ${given} items, 1,000 characters`);
    // Actions have a dataset of their own.
    if (!event.actionId) countNames(event);
  };

  const printSettled = (kind: string, event: RecordedEvent, reason: string | undefined, at: number) => {
    let title = '';
    let since: number | undefined;
    try {
      title = titleOf(event);
      since = queuedAt.get(event.eventId);
      queuedAt.delete(event.eventId);
    } catch {
      // An object that track() has refused may throw when it is read.
    }
    const after = since ? ` after ${at - since} ms` : '';
    console.groupCollapsed(`personalize-beacon: ${kind} ${title}${after}${reason ? `: ${reason}` : ''}`);
    if (since) console.info(`queued at ${formatTime(since)}`);
    console.info(`${kind} at ${formatTime(at)}`, event);
    console.groupEnd();
  };

  const printed = new Set<string>();
  /** Prints the first line of each kind: there may be thousands of unreadable records. */
  const printOnce = (line: string) => {
    const topic = line.replace(/(event|left):.*/, '');
    if (!printed.has(topic)) console.info(line);
    printed.add(topic);
    dropOldest(printed, MAX_REMEMBERED);
  };

  const orphans = new WeakSet<Element>();
  const warnOfOrphan = (path: Element[], type: string) => {
    const orphan = findOrphan(path, type);
    if (!orphan || orphans.has(orphan)) return;
    orphans.add(orphan);
    console.warn(
      `personalize-beacon: ${type} made no event: no data-personalize-item or data-personalize-action on this element or around it`,
      orphan,
    );
  };

  return (kind, detail, input) => {
    const at = Date.now();
    const { event, reason } = detail as { event?: RecordedEvent; reason?: string };
    if (kind === 'missed') warnOfOrphan(input as Element[], reason as string);
    else if (reason && !event) printOnce(`personalize-beacon: ${kind}: ${reason}`);
    else if (kind === 'queued') printQueued(detail as RecordedEvent, input, at);
    else printSettled(kind, event ?? (detail as RecordedEvent), reason, at);
  };
};

/** A tracker's state as plain data: it survives JSON, and holds nothing that could sign a request. */
export interface Inspection {
  /** This package's version. */
  version?: string;
  /** The options in effect, with defaults and addresses filled in. */
  options: Omit<Options, 'credentials'>;
  /** The running session; absent until storage has answered. */
  session?: {
    /** Equals `tracker.sessionId`. */
    sessionId: string;
    /** Absent for an anonymous visitor. */
    userId?: string;
    /** ISO 8601, like every time here, by the visitor's clock. */
    createdAt: string;
  };
  /** Events that wait to be delivered, oldest first. */
  queue: {
    /** The ID that `track()` returned. */
    eventId: string;
    /** The event's type. */
    eventType: string;
    /** Absent for an action's event, and for one without an item. */
    itemId?: string;
    /** Present for an action's event alone. */
    actionId?: string;
    /** Time of recording, whatever `sentAt` the page gave. */
    recordedAt: string;
    /** It was sent by a request whose answer could not be read, and waits to be confirmed. */
    unconfirmed: boolean;
  }[];
  /** Expiration of the current credentials; absent if there are none yet, or if they do not say when they expire. */
  credentials?: {
    /** Expiration by AWS's clock. */
    expiration: string;
    /** Milliseconds until then; negative once they have expired. */
    expiresInMs: number;
  };
  /** Milliseconds that AWS's clock is ahead of the visitor's; 0 until it is known. */
  clockOffset: number;
  /** The last errors, the latest first. */
  errors: {
    /** Time of the report. */
    at: string;
    /** The reason that `on('rejected')` and `on('error')` reported. */
    reason: string;
  }[];
}

/** The parts of a tracker that are inspected; times in Unix milliseconds. */
export interface InspectedParts {
  settings: Partial<Settings>;
  session: Session | undefined;
  items: QueuedEvent[];
  /** The credentials' expiration. */
  expiration: Date | undefined;
  /** Milliseconds that AWS's clock is ahead. */
  offset: number;
  errors: { at: number; reason: string }[];
}

/** Replaced by the build. */
declare const VERSION: string | undefined;

const toDate = (at: number | Date) => new Date(at);

/** Copies a tracker's state. JSON formats the times, and leaves out functions and undefined values. */
export const inspect = (
  { settings, session, items, expiration, offset, errors }: InspectedParts,
  now = Date.now(),
): Inspection => {
  const { credentials: provider, eventTypeOf, endpointUrl, identityUrl, region, ...options } = settings ?? {};
  // biome-ignore format: the build gives names in quotes no shorter ones
  const inspection = {
    'version': typeof VERSION === 'undefined' ? undefined : VERSION,
    'options': {
      ...options,
      // The region of an AWS SDK client is a promise.
      'region': typeof region === 'string' ? region : undefined,
      'endpoint': endpointUrl || undefined,
      'identityEndpoint': identityUrl,
    },
    'session': session && {
      'sessionId': session.sessionId,
      'userId': session.userId,
      'createdAt': toDate(session.createdAt),
    },
    'queue': items.map(({ event, recordedAt, unconfirmed }) => ({
      'eventId': event.eventId,
      'eventType': event.eventType,
      'itemId': event.itemId,
      'actionId': event.actionId,
      'recordedAt': toDate(recordedAt),
      'unconfirmed': !!unconfirmed,
    })),
    'credentials': expiration && {
      'expiration': toDate(expiration),
      'expiresInMs': +expiration - now - offset,
    },
    'clockOffset': offset,
    'errors': errors.map(({ at, reason }) => ({ 'at': toDate(at), 'reason': reason })),
  };
  return JSON.parse(JSON.stringify(inspection));
};
