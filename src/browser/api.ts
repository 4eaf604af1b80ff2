import type { RecordedEvent, TrackedAction, TrackedEvent } from '../contract/event.js';
import type { TrackActionArguments, TrackArguments } from '../contract/track-arguments.js';
import type { Inspection } from './debug.js';
import type { Stop } from './platform/lifecycle.js';

/** The details that listeners get, by the name of the event they listen to. */
export interface TrackerEvents {
  /** An event has been recorded and waits to be delivered. */
  queued: RecordedEvent;
  /** The service has accepted an event: it answered 200. */
  delivered: RecordedEvent;
  /**
   * An event will never be delivered: it exceeded a limit or lacked consent at `track()`, was dropped because too many
   * waited or it became too old, or was rejected by the service.
   */
  rejected: {
    /** The input of `track()` if it was rejected there; otherwise the recorded event. */
    event: TrackedEvent | TrackedAction | RecordedEvent;
    /** For people to read: the field, its limit and the value, or the message of the service. */
    reason: string;
  };
  /**
   * Events cannot be delivered at present. Either sending has stopped for this page view, or it is being retried:
   * something else answers in the service's place, or the site's own `credentials` cannot be used yet. Waiting events
   * are kept.
   */
  error: {
    /** For people to read: the problem, and how to fix it. */
    reason: string;
  };
}

/** Records events and delivers them. No method throws. */
export interface Tracker {
  /**
   * Records one event and returns its eventId at once. Delivery happens later, in batches. An event that exceeds a
   * limit of the service is reported to `on('rejected')`; undefined is returned.
   * @example personalize.track('purchase', 'movie-12', { eventValue: 9.99 })
   */
  track(eventType: TrackedEvent['eventType'], ...rest: TrackArguments): string | undefined;
  /**
   * Records one event, given as an object with the service's own field names.
   * @example personalize.track({ eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 })
   */
  track(event: TrackedEvent): string | undefined;
  /**
   * Records one interaction with a recommended action, as `track()` records an event. Requires the option
   * `actionTrackingId`.
   * @example personalize.trackAction('Taken', 'join-film-club')
   */
  trackAction(...given: TrackActionArguments): string | undefined;
  /**
   * Attaches the logged-in user (1–256 characters) to the running session, so that its earlier events count as theirs.
   * If the session has another user, a new session starts, unless it is the site's own. Later visits remember the user,
   * until `reset()`.
   */
  identify(userId: string): void;
  /**
   * Forgets the user and starts a new session. Call it when the user logs out. The site's own session keeps its ID:
   * call `setSession()` as well.
   */
  reset(): void;
  /**
   * Continues with the site's own session (1–256 characters), as the option `sessionId` does. Events that were recorded
   * before keep their session; the user stays. The site's other tabs follow.
   */
  setSession(sessionId: string): void;
  /** The session's ID. Pass it as `userId` to GetRecommendations for an anonymous visitor. Undefined before `ready`. */
  readonly sessionId: string | undefined;
  /** Resolves to the session's ID once storage has been read. */
  readonly ready: Promise<string>;
  /**
   * Sends all waiting events at once, or as soon as a `Retry-After` of the server allows. Resolves when each of these
   * events is delivered or rejected, or when sending stops.
   */
  flush(): Promise<void>;
  /**
   * Grants or withdraws consent. `true` allows events to be recorded, stored and sent. `false` erases all data stored
   * on the device and all waiting events. Nothing more is recorded here and in the site's other tabs until
   * `consent(true)`, or until the next page if the option `consent` is not set.
   */
  consent(isGranted: boolean): void;
  /**
   * Opts the visitor out by their own choice. Erases everything, as `consent(false)` does, and leaves a mark on the
   * device so that nothing is recorded on later visits either. `optOut(false)` removes the mark; `consent(true)` does
   * not.
   */
  optOut(isOut?: boolean): void;
  /** Resolves to the tracker's state as plain data. Loads the chunk `debug`. */
  inspect(): Promise<Inspection>;
  /** Calls `listener` each time. Returns a function that removes the listener. */
  on<Name extends keyof TrackerEvents>(name: Name, listener: (detail: TrackerEvents[Name]) => void): Stop;
  /**
   * Records unfinished interactions (a drag, the part of a medium that was played), and removes every listener and
   * timer. Waiting events are kept for the next visit. Later calls do nothing.
   */
  stop(): void;
}
