import { ageOf } from '../../contract/clock.js';
import type { EventStore } from './event-store.js';
import type { QueuedEvent } from './queued-event.js';

const HOUR_MS = 3_600_000;

/** The longest time that an event waits. */
export const MAX_AGE_MS = 7 * 24 * HOUR_MS;
/** An event that seems older was probably recorded before the clock was set. */
const CREDIBLE_AGE_MS = 30 * 24 * HOUR_MS;
/** After this many corrections an event counts as old as it seems. */
const MAX_DOUBTS = 3;

/** Drops events that are older than a limit, among those for which `isConcerned` returns true. */
export type Expire = (maxAgeMs: number, isConcerned: (event: QueuedEvent) => boolean) => void;

/** @param onExpired is called for each event that is dropped */
export const createExpiry = (
  store: Pick<EventStore, 'events' | 'correctTimes' | 'renewLease' | 'remove'>,
  onExpired: (event: QueuedEvent, reason: string) => void,
  now = Date.now,
): Expire => {
  let isChanged = false;

  /** Returns an event's age in milliseconds. An implausible age is corrected: it counts from now on. */
  const checkAge = (queued: QueuedEvent): number => {
    const { event, recordedAt, offset } = queued;
    const at = now();
    const age = ageOf(recordedAt, offset, at);
    const doubts = (queued.doubts ?? 0) + +(age < Number.POSITIVE_INFINITY);
    if (age <= CREDIBLE_AGE_MS || doubts > MAX_DOUBTS) return age;
    // Its `sentAt` is from the same wrong clock, and no later response shows by how much that was off.
    const sentAt = offset === undefined ? event.sentAt + (at - recordedAt) / 1000 : event.sentAt;
    store.correctTimes(queued, { recordedAt: at, doubts }, sentAt);
    isChanged = true;
    return 0;
  };

  return (maxAgeMs, isConcerned) => {
    const expired = store.events().filter((event) => checkAge(event) > maxAgeMs && isConcerned(event));
    if (expired.length) store.remove(expired);
    for (const event of expired) onExpired(event, `older than ${maxAgeMs / HOUR_MS} hours`);
    // Stores the corrections for the next page, unless another page owns the events already.
    if (isChanged) store.renewLease(true);
    isChanged = false;
  };
};
