import { ageOf } from '../../contract/clock.js';
import type { QueuedEvent, EventStore } from './event-store.js';

const HOUR_MS = 3_600_000;

/** An event waits no longer. */
export const MAX_AGE_MS = 7 * 24 * HOUR_MS;
/** An event that seems older is taken for one of a clock that has been set. */
const CREDIBLE_AGE_MS = 30 * 24 * HOUR_MS;
/** So often; then it is as old as it seems. */
const MAX_DOUBTS = 3;

/** Drops events that were recorded longer ago, of those concerned. */
export type Expire = (maxAgeMs: number, isConcerned: (item: QueuedEvent) => boolean) => void;

/** @param onExpired hears of each that is dropped */
export const createExpiry = (
  queue: Pick<EventStore, 'items' | 'renewLease' | 'remove'>,
  onExpired: (item: QueuedEvent, reason: string) => void,
  now = Date.now,
): Expire => {
  let isChanged = false;

  /** Returns an event's age. One that the clock cannot have shown is counted from now on. */
  const look = (item: QueuedEvent): number => {
    const { recordedAt, offset } = item;
    const at = now();
    const age = ageOf(recordedAt, offset, at);
    const doubts = (item.doubts ?? 0) + +(age < Number.POSITIVE_INFINITY);
    if (age <= CREDIBLE_AGE_MS || doubts > MAX_DOUBTS) return age;
    item.doubts = doubts;
    item.recordedAt = at;
    // Its time was by the same clock, and no later answer tells of that.
    if (offset === undefined) item.event.sentAt += (at - recordedAt) / 1000;
    isChanged = true;
    return 0;
  };

  return (maxAgeMs, isConcerned) => {
    const expired = queue.items().filter((item) => look(item) > maxAgeMs && isConcerned(item));
    if (expired.length) queue.remove(expired);
    for (const item of expired) onExpired(item, `older than ${maxAgeMs / HOUR_MS} hours`);
    // For the next page, unless that has them already.
    if (isChanged) queue.renewLease(true);
    isChanged = false;
  };
};
