import type { QueuedEvent } from './queued-event.js';

/** The most events that wait on a device, in all its tabs. */
export const MAX_EVENTS = 1000;

/** The most characters of their JSON. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Share of the events that is dropped at once when a limit is exceeded: scanning for each new event would be quadratic.
 */
const DROPPED_SHARE = 0.1;

export const LIMIT_REASON = `over ${MAX_EVENTS} events or 1 MB wait`;

/** Returns the events to drop, which are the oldest; none if both limits are kept. */
export const excessOf = (events: QueuedEvent[]): QueuedEvent[] => {
  let size = 0;
  const newestFirst = [...events].reverse().sort((a, b) => b.recordedAt - a.recordedAt);
  const excess = newestFirst.findIndex((queued, i) => {
    size += queued.size;
    return i >= MAX_EVENTS || size > MAX_CHARACTERS;
  });
  return excess < 0 ? [] : newestFirst.slice(excess * (1 - DROPPED_SHARE));
};
