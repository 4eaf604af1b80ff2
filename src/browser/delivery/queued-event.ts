import type { SessionEvent } from '../../contract/event.js';

/** An event that waits to be delivered. The event store alone changes its fields. */
export interface QueuedEvent extends SessionEvent {
  /** When it was recorded, in Unix milliseconds on the visitor's clock, whatever `sentAt` the page gave. */
  recordedAt: number;
  /** Characters of the event's JSON. */
  size: number;
  /** How often it seemed older than possible, and was given another `recordedAt`. */
  doubts?: number;
  /** A beacon took it, or a request whose answer was never read. */
  unconfirmed?: boolean;
}

/** An event in IndexedDB. It belongs to one page at a time. */
export interface StoredEvent extends QueuedEvent {
  owner: string;
  /** Unix milliseconds. */
  ownedSince: number;
}

/** What a page leaves for the next one as it unloads. Its stored events are free then. */
export interface UnloadSnapshot {
  /** Keys of stored events that went out unconfirmed. */
  sent: string[];
  /** Events that may not be stored yet. */
  items: QueuedEvent[];
}

/** Prefix of the events' keys in IndexedDB. */
export const EVENT_PREFIX = 'event:';

export const keyOf = ({ event }: QueuedEvent): string => EVENT_PREFIX + event.eventId;
