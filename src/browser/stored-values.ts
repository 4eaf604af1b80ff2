// Validates stored values: other scripts, other versions and failing disks may write them. A field that is unknown here
// is kept, for a later version of the same format.

import { ID, problemOf, type TrackedEvent } from '../contract/event.js';
import type { Sources } from './attribution.js';
import type { QueuedEvent, StoredEvent, UnloadSnapshot } from './delivery/queued-event.js';
import { createReader, type Parse } from './platform/stored-format.js';
import type { Session } from './session.js';

/** The year 2099, in Unix milliseconds: a record from later would never become old enough to be removed. */
const MAX_TIME_MS = 4.1e12;

/** Returns whether both are numbers and their sum is a plausible time. */
const isTime = (value: number, offset = 0) =>
  value === +value && offset === +offset && value + offset < MAX_TIME_MS;

const isId = ID[1];

/** Reads a waiting event. It may lack its session. */
const parseEvent: Parse<QueuedEvent> = (item: QueuedEvent) => {
  const { event, recordedAt, offset, sessionId = 's', userId = 'u' } = item;
  // By the limits of `track()`: the service refuses a whole batch for one event that exceeds a limit.
  const problem = problemOf({
    ...event,
    eventId: event.eventId ?? null,
    properties: event.properties && JSON.parse(event.properties.trim()),
    // The time that will be sent.
    sentAt: event.sentAt + (offset ?? 0) / 1000,
  } as TrackedEvent);
  return !problem && isTime(event.sentAt) && isTime(recordedAt, offset) && isId(sessionId) && isId(userId)
    ? // Counted again: the limit of waiting events depends on it.
      { ...item, size: JSON.stringify(event).length }
    : undefined;
};

export const parseSession: Parse<Session> = (session: Session) =>
  isId(session.sessionId) && isId(session.userId ?? 'u') && isTime(session.createdAt) ? session : undefined;

/** Reads a record of IndexedDB. */
export const parseRecord: Parse<StoredEvent | Session> = (record, key, warn) => {
  if (key === 'session') return parseSession(record, key, warn);
  const item = record.sessionId && key === `event:${record.event.eventId}` && parseEvent(record, key, warn);
  // Without a time its lease has expired.
  return item ? { ...item, ownedSince: +record.ownedSince || 0 } : undefined;
};

/** Reads a handoff. Leaves out invalid events. */
export const parseHandoff: Parse<UnloadSnapshot> = ({ sent, items }: UnloadSnapshot, key, warn) => ({
  sent: [...sent],
  items: items.flatMap((item) => createReader(parseEvent, warn)(item, key) || []),
});

export const parseSources: Parse<Sources> = ({ sessionId, items }: Sources) => ({
  sessionId,
  items: items.map(([itemId, { recommendationId, impression, metricAttribution }]) => {
    const source = { recommendationId, impression, metricAttribution } as Sources['items'][0][1];
    if (problemOf({ eventType: 'view', itemId, ...source })) throw itemId;
    return [itemId, source];
  }),
});

/** Reads the opt-out. Its values are the same in every format: an older script must respect it. */
export const parseMark: Parse<number> = (mark) => ([0, 1, 2].includes(mark) ? mark : undefined);
