import type { SessionEvent } from '../../contract/event.js';

/** An event that waits to be delivered. Only the event store changes its fields. */
export interface QueuedEvent extends SessionEvent {
  /** When it was recorded, in Unix milliseconds by the visitor's clock, whatever `sentAt` the page gave. */
  recordedAt: number;
  /** Characters of the event's JSON. */
  size: number;
  /** How often it seemed implausibly old and its `recordedAt` was corrected. */
  doubts?: number;
  /** It was sent by a beacon, or by a request whose response was never read. */
  unconfirmed?: boolean;
}

/** An event in IndexedDB. It belongs to one page at a time. */
export interface StoredEvent extends QueuedEvent {
  owner: string;
  /** Unix milliseconds. */
  ownedSince: number;
}

/** Data that a page leaves for the next one as it unloads. Its stored events may then be adopted. */
export interface UnloadSnapshot {
  /** Keys of stored events that were sent unconfirmed. */
  sent: string[];
  /** Events that may not be stored yet. */
  items: QueuedEvent[];
}

/** Prefix of the events' keys in IndexedDB. */
export const EVENT_PREFIX = 'event:';

export const keyOf = ({ event }: QueuedEvent): string => EVENT_PREFIX + event.eventId;
