// What is stored, checked: other scripts, other versions and failing disks write there, too. A field that is unknown here
// stays, for a later version of the same format.

import { ID, problemOf, type TrackedEvent } from '../contract/event.js';
import type { Sources } from './attribution.js';
import type { QueuedEvent, StoredEvent, UnloadSnapshot } from './delivery/queued-event.js';
import { createReader, type Parse } from './platform/stored-format.js';
import type { Session } from './session.js';

/** The year 2099, in Unix milliseconds: a record from beyond it would never be old enough to go. */
const MAX_TIME_MS = 4.1e12;

/** Whether they are numbers, and make a time together. */
const isTime = (value: number, offset = 0) =>
  value === +value && offset === +offset && value + offset < MAX_TIME_MS;

const isId = ID[1];

/** Reads an event that waits. It may lack its session. */
const parseItem: Parse<QueuedEvent> = (item: QueuedEvent) => {
  const { event, recordedAt, offset, sessionId = 's', userId = 'u' } = item;
  // By the limits of `track()`: past one, the service refuses the whole batch.
  const problem = problemOf({
    ...event,
    eventId: event.eventId ?? null,
    properties: event.properties && JSON.parse(event.properties.trim()),
    // As it is sent.
    sentAt: event.sentAt + (offset ?? 0) / 1000,
  } as TrackedEvent);
  return !problem && isTime(event.sentAt) && isTime(recordedAt, offset) && isId(sessionId) && isId(userId)
    ? // Counted again: it decides how much else may wait.
      { ...item, size: JSON.stringify(event).length }
    : undefined;
};

export const parseSession: Parse<Session> = (session: Session) =>
  isId(session.sessionId) && isId(session.userId ?? 'u') && isTime(session.createdAt) ? session : undefined;

/** Reads what is in IndexedDB. */
export const parseRecord: Parse<StoredEvent | Session> = (record, key, warn) => {
  if (key === 'session') return parseSession(record, key, warn);
  const item = record.sessionId && key === `event:${record.event.eventId}` && parseItem(record, key, warn);
  // Without a time its owner has it no longer.
  return item ? { ...item, ownedSince: +record.ownedSince || 0 } : undefined;
};

/** Leaves out events that do not fit. */
export const parseHandoff: Parse<UnloadSnapshot> = ({ sent, items }: UnloadSnapshot, key, warn) => ({
  sent: [...sent],
  items: items.flatMap((item) => createReader(parseItem, warn)(item, key) || []),
});

export const parseSources: Parse<Sources> = ({ sessionId, items }: Sources) => ({
  sessionId,
  items: items.map(([itemId, { recommendationId, impression, metricAttribution }]) => {
    const source = { recommendationId, impression, metricAttribution } as Sources['items'][0][1];
    if (problemOf({ eventType: 'view', itemId, ...source })) throw itemId;
    return [itemId, source];
  }),
});

/** The opt-out, which has the same values in every format: an older script has to respect it. */
export const parseMark: Parse<number> = (mark) => ([0, 1, 2].includes(mark) ? mark : undefined);
