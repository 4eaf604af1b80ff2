import type { ReceivedEvent } from '../local/received.js';
import { compareEvent, type Difference, type ExpectedEvent } from './expected-event.js';

/** The event that is most like the expected one. */
interface NearestEvent {
  event: ReceivedEvent;
  differences: Difference[];
}

/** Counts the fields that differ; a status that nobody has asked for decides only between equals. */
const distanceOf = (differences: Difference[], expected: ExpectedEvent) =>
  differences.reduce((sum, { field }) => sum + (field in expected ? 1 : 0.5), 0);

/**
 * Finds the received event that differs from the expected one in the fewest fields, the newest of several. Returns
 * undefined if none has a field in common.
 * @param wanted the expected event with its defaults
 */
export const findNearest = (
  events: readonly ReceivedEvent[],
  expected: ExpectedEvent,
  wanted: ExpectedEvent,
): NearestEvent | undefined => {
  let nearest: NearestEvent | undefined;
  let least = Object.keys(expected).length;
  for (const event of events) {
    const differences = compareEvent(event, wanted);
    const distance = distanceOf(differences, expected);
    if (!differences.length || distance > least || (distance === least && !nearest)) continue;
    nearest = { event, differences };
    least = distance;
  }
  return nearest;
};
