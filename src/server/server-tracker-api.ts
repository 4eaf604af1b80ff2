import type { TrackedAction, TrackedEvent } from '../contract/event.js';
import type { TrackActionArguments, TrackArguments } from '../contract/track-arguments.js';

/** The session and the user of an event. */
export interface Visitor {
  /** The session's ID, 1–256 characters: `personalize.sessionId` of the visitor's page, or one of your own. */
  sessionId: string;
  /** The user's ID, 1–256 characters. Absent for an anonymous visitor. */
  userId?: string | null | undefined;
}

/** An event that cannot be delivered. `track(visitor, event)` takes it again, also after it has been stored as JSON. */
export interface UndeliveredEvent {
  /** The session and the user, as they were given. */
  visitor: Visitor;
  /** The event with its `eventId` and `sentAt`; unchanged if `track()` has rejected it. */
  event: TrackedEvent | TrackedAction;
}

/** Records events on a server and delivers them. No method throws, and no promise is rejected. */
export interface ServerTracker {
  /**
   * Records one event and returns its eventId at once. Delivery happens later, in batches. An event that exceeds a limit
   * of the service, or does not fit into the queue, goes to `onRejected`; undefined is returned.
   * @example tracker.track({ sessionId, userId }, 'purchase', 'movie-12', { eventValue: 9.99 })
   */
  track(visitor: Visitor, eventType: TrackedEvent['eventType'], ...rest: TrackArguments): string | undefined;
  /**
   * Records one event, given as an object with the service's own field names.
   * @example tracker.track({ sessionId, userId }, { eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 })
   */
  track(visitor: Visitor, event: TrackedEvent | TrackedAction): string | undefined;
  /**
   * Records one interaction with a recommended action, as `track()` records an event. Requires the option
   * `actionTrackingId`.
   * @example tracker.trackAction({ sessionId, userId }, 'Taken', 'join-film-club')
   */
  trackAction(visitor: Visitor, ...given: TrackActionArguments): string | undefined;
  /**
   * Sends all waiting events at once, or when the pause after a failure is over. Resolves when each of these events is
   * delivered or rejected. Keeps the process alive until then.
   */
  flush(): Promise<void>;
  /**
   * Accepts no more events and sends those that wait, for `closeTimeout`; the others then go to `onRejected`. Resolves
   * when all events are settled. Keeps the process alive until then.
   */
  close(): Promise<void>;
}
