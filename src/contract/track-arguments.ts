import { copy } from './copy.js';
import type { TrackedAction, TrackedEvent } from './event.js';

/** The fields that `track()` takes after the event type and the item. */
type Details = Omit<TrackedEvent, 'eventType' | 'itemId'>;

/**
 * The arguments of `track()` after the event type. They are optional, unless {@link DatasetFields} requires the item or
 * another field.
 */
export type TrackArguments = TrackedEvent extends { itemId: string }
  ? Partial<Details> extends Details
    ? [itemId: string, details?: Details]
    : [itemId: string, details: Details]
  : [itemId?: string, details?: Details];

/** The arguments of `trackAction()`. */
export type TrackActionArguments = [
  eventType: TrackedAction['eventType'],
  actionId: string,
  details?: Omit<TrackedAction, 'eventType' | 'actionId'>,
];

/**
 * Returns the event that the arguments of `track()` stand for, unchecked. An item that is null or undefined counts as
 * absent. A copy, since a getter may return other values after the check. Throws when a getter throws.
 */
export const toTrackedEvent = (
  first: string | TrackedEvent,
  itemId?: string | null,
  details?: object,
): TrackedEvent =>
  copy(
    typeof first === 'object' && first
      ? { ...first }
      : ({ ...details, eventType: first, itemId: itemId ?? undefined } as TrackedEvent),
  );

/** Returns the action that the arguments of `trackAction()` stand for, as `toTrackedEvent` does. */
export const toTrackedAction = (...[eventType, actionId, details]: TrackActionArguments): TrackedAction =>
  copy({ ...details, eventType, actionId: actionId ?? null });
