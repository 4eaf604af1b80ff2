export { use } from './platform/borrowed-natives.js';

import type { RecordedEvent } from '../contract/event.js';
import type { Options, Settings } from '../contract/options.js';
import { findOrphan } from './capture/attributes.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import type { Session } from './session.js';

/** Distinct event types and metadata columns in all, of an Interactions dataset (https://docs.aws.amazon.com/personalize/latest/dg/limits.html). */
const MAX_NAMES = 10;

/**
 * Prints what happens to an event, or to all. `input` is what a queued event was made of; of what was `missed` the path from
 * where it was done outwards.
 */
export type Print = (kind: string, detail: object, input?: object) => void;

const clockOf = (at: number) => new Date(at).toISOString().slice(11);

/** What an event is called in a line: it may be anything that page code has given. */
const titleOf = ({ eventType, itemId, actionId }: Partial<RecordedEvent>) =>
  [eventType, itemId ?? actionId].filter((name) => name && typeof name === 'string').join(' ');

/**
 * Says in the console what happens to each event, and its whole life in one group when that is over; and once when a page
 * goes past a limit of the dataset's.
 */
export const createPrinter = (): Print => {
  const names = new Set<string>();
  /** When events were queued that are not settled yet, by ID. */
  const waiting = new Map<string, number>();

  const count = ({ eventType, properties }: RecordedEvent) => {
    const before = names.size;
    names.add(`eventType ${eventType}`);
    for (const key of Object.keys(JSON.parse(properties ?? '{}'))) names.add(`properties.${key}`);
    if (before <= MAX_NAMES && names.size > MAX_NAMES) {
      console.warn(
        `personalize-beacon: this page has used ${names.size} event types and properties, a dataset takes ${MAX_NAMES}: ${[...names].join(', ')}`,
      );
    }
  };

  const settle = (kind: string, event: RecordedEvent, reason: string | undefined, at: number) => {
    let title = '';
    let since: number | undefined;
    try {
      title = titleOf(event);
      since = waiting.get(event.eventId);
      waiting.delete(event.eventId);
    } catch {
      // What was refused at track() may be an object that no one can read.
    }
    const after = since ? ` after ${at - since} ms` : '';
    console.groupCollapsed(`personalize-beacon: ${kind} ${title}${after}${reason ? `: ${reason}` : ''}`);
    if (since) console.info(`queued at ${clockOf(since)}`);
    console.info(`${kind} at ${clockOf(at)}`, event);
    console.groupEnd();
  };

  const said = new Set<string>();
  /** Of records that do not fit there may be thousands: the first of each kind stands for all. */
  const say = (line: string) => {
    const topic = line.replace(/(event|left):.*/, '');
    if (!said.has(topic)) console.info(line);
    said.add(topic);
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
    const recorded = detail as RecordedEvent;
    if (kind === 'missed') warnOfOrphan(input as Element[], reason as string);
    else if (reason && !event) say(`personalize-beacon: ${kind}: ${reason}`);
    else if (kind !== 'queued') settle(kind, event ?? recorded, reason, at);
    else {
      waiting.set(recorded.eventId, at);
      console.info(`personalize-beacon: queued ${titleOf(recorded)}`, recorded);
      const given = (input as Partial<RecordedEvent> | undefined)?.impression?.length ?? 0;
      const cut = recorded.impression?.length ?? 0;
      if (cut < given)
        console.info(`personalize-beacon: impression cut to ${cut} of ${given} items, 1,000 characters`);
      // Actions have a dataset of their own.
      if (!recorded.actionId) count(recorded);
    }
  };
};

/** What a tracker knows and does, as plain data: it survives JSON, and holds nothing that could sign a request. */
export interface Inspection {
  /** Of this package. */
  version?: string;
  /** What it runs with, checked, defaults and addresses filled in. */
  options: Omit<Options, 'credentials'>;
  /** The running session; absent until storage has answered. */
  session?: {
    /** As `tracker.sessionId`. */
    sessionId: string;
    /** Absent for an anonymous visitor. */
    userId?: string;
    /** ISO 8601, like every time here, by the visitor's clock. */
    createdAt: string;
  };
  /** What waits to be delivered, oldest first. */
  queue: {
    /** As `track()` has returned it. */
    eventId: string;
    /** What happened. */
    eventType: string;
    /** Absent of an action's event, and of one without an item. */
    itemId?: string;
    /** Of an action's event alone. */
    actionId?: string;
    /** When it was recorded, whatever `sentAt` the page gave. */
    recordedAt: string;
    /** It has been sent by a request whose answer could not be read: it waits to be confirmed. */
    unconfirmed: boolean;
  }[];
  /** Those that sign now, never what they consist of; absent where there are none yet, or they do not say when they expire. */
  credentials?: {
    /** By AWS's clock. */
    expiration: string;
    /** Milliseconds until then, less than nothing once they have expired. */
    expiresInMs: number;
  };
  /** Milliseconds that AWS's clock is ahead of the visitor's, as far as known. */
  clockOffset: number;
  /** What has gone wrong, the latest first. */
  errors: {
    /** When it was told. */
    at: string;
    /** As `on('rejected')` and `on('error')` heard it. */
    reason: string;
  }[];
}

/** What is looked at; times in Unix milliseconds. */
export interface InspectedParts {
  settings: Partial<Settings>;
  session: Session | undefined;
  items: QueuedEvent[];
  /** Of the credentials. */
  expiration: Date | undefined;
  /** Of the clock, in milliseconds. */
  offset: number;
  errors: { at: number; reason: string }[];
}

/** The build's word. */
declare const VERSION: string | undefined;

const timeOf = (at: number | Date) => new Date(at);

/** A copy of what is told of a tracker; JSON writes the times, and leaves out functions and what is undefined. */
export const inspect = (
  { settings, session, items, expiration, offset, errors }: InspectedParts,
  now = Date.now(),
): Inspection => {
  const { credentials: provider, eventTypeOf, endpointUrl, identityUrl, region, ...options } = settings ?? {};
  // biome-ignore format: the build gives names in quotes no shorter ones
  const told = {
    'version': typeof VERSION === 'undefined' ? undefined : VERSION,
    'options': {
      ...options,
      // An AWS SDK's client knows where it sends, and tells it no sooner than it must.
      'region': typeof region === 'string' ? region : undefined,
      'endpoint': endpointUrl || undefined,
      'identityEndpoint': identityUrl,
    },
    'session': session && {
      'sessionId': session.sessionId,
      'userId': session.userId,
      'createdAt': timeOf(session.createdAt),
    },
    'queue': items.map(({ event, recordedAt, unconfirmed }) => ({
      'eventId': event.eventId,
      'eventType': event.eventType,
      'itemId': event.itemId,
      'actionId': event.actionId,
      'recordedAt': timeOf(recordedAt),
      'unconfirmed': !!unconfirmed,
    })),
    'credentials': expiration && {
      'expiration': timeOf(expiration),
      'expiresInMs': +expiration - now - offset,
    },
    'clockOffset': offset,
    'errors': errors.map(({ at, reason }) => ({ 'at': timeOf(at), 'reason': reason })),
  };
  return JSON.parse(JSON.stringify(told));
};
