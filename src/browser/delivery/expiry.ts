import { ageOf } from '../../contract/clock.js';
import type { EventStore } from './event-store.js';
import type { QueuedEvent } from './queued-event.js';

const HOUR_MS = 3_600_000;

/** An event waits no longer. */
export const MAX_AGE_MS = 7 * 24 * HOUR_MS;
/** An event that seems older is taken for one whose clock has been set since. */
const CREDIBLE_AGE_MS = 30 * 24 * HOUR_MS;
/** After so many corrections an event is as old as it seems. */
const MAX_DOUBTS = 3;

/** Drops events that were recorded longer ago, of those that `isConcerned` returns true for. */
export type Expire = (maxAgeMs: number, isConcerned: (event: QueuedEvent) => boolean) => void;

/** @param onExpired is called for each event that is dropped */
export const createExpiry = (
  store: Pick<EventStore, 'events' | 'correctTimes' | 'renewLease' | 'remove'>,
  onExpired: (event: QueuedEvent, reason: string) => void,
  now = Date.now,
): Expire => {
  let isChanged = false;

  /** Returns an event's age. An age that cannot be right is counted from now on. */
  const checkAge = (queued: QueuedEvent): number => {
    const { event, recordedAt, offset } = queued;
    const at = now();
    const age = ageOf(recordedAt, offset, at);
    const doubts = (queued.doubts ?? 0) + +(age < Number.POSITIVE_INFINITY);
    if (age <= CREDIBLE_AGE_MS || doubts > MAX_DOUBTS) return age;
    // Its `sentAt` was by the same clock, and no later answer tells by how much that was off.
    const sentAt = offset === undefined ? event.sentAt + (at - recordedAt) / 1000 : event.sentAt;
    store.correctTimes(queued, { recordedAt: at, doubts }, sentAt);
    isChanged = true;
    return 0;
  };

  return (maxAgeMs, isConcerned) => {
    const expired = store.events().filter((event) => checkAge(event) > maxAgeMs && isConcerned(event));
    if (expired.length) store.remove(expired);
    for (const event of expired) onExpired(event, `older than ${maxAgeMs / HOUR_MS} hours`);
    // For the next page, unless another page owns them already.
    if (isChanged) store.renewLease(true);
    isChanged = false;
  };
};
