import type { RecordedEvent, TrackedAction, TrackedEvent } from '../contract/event.js';
import type { Inspection } from './debug.js';
import type { Stop } from './platform/lifecycle.js';

/** What listeners get, by name. */
export interface TrackerEvents {
  /** An event has been recorded. */
  queued: RecordedEvent;
  /** The service has answered 200 to it. */
  delivered: RecordedEvent;
  /** It will never be delivered: refused by a limit at `track()`, or by the service. */
  rejected: {
    /** As it was handed in, where a limit refused it, else as it waited. */
    event: TrackedEvent | TrackedAction | RecordedEvent;
    /** For people: the field, limit and value, or what the service said. */
    reason: string;
  };
  /**
   * Events cannot be delivered as things are: sending has stopped for this page view; or something answers in the service's
   * place, or the site's own `credentials` are of no use yet, and sending is tried again. Events that wait are kept.
   */
  error: {
    /** For people: what is in the way and what to fix. */
    reason: string;
  };
}

/** Records events and delivers them. No method throws. */
export interface Tracker {
  /**
   * Records one event and returns its eventId at once; delivery happens later, in batches. An event past a
   * limit of the service is reported to `on('rejected')`, and nothing is returned.
   * @example personalize.track('purchase', 'movie-12', { eventValue: 9.99 })
   */
  track(
    eventType: string,
    itemId?: string,
    details?: Omit<TrackedEvent, 'eventType' | 'itemId'>,
  ): string | undefined;
  /**
   * The same with all fields in one object, under the service's own names.
   * @example personalize.track({ eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 })
   */
  track(event: TrackedEvent): string | undefined;
  /**
   * Records what was done about a recommended action, as `track()` does; needs the option `actionTrackingId`.
   * @example personalize.trackAction('Taken', 'join-film-club')
   */
  trackAction(
    eventType: TrackedAction['eventType'],
    actionId: string,
    details?: Omit<TrackedAction, 'eventType' | 'actionId'>,
  ): string | undefined;
  /**
   * Attaches the logged-in user (1–256 characters) to the running session, which joins what he did before to
   * him; another user than before gets a new session. Holds on later visits, until `reset()`.
   */
  identify(userId: string): void;
  /** Log-out: forgets the user and starts a new session. */
  reset(): void;
  /** The session's ID: what to pass as `userId` to GetRecommendations for an anonymous visitor. Undefined before `ready`. */
  readonly sessionId: string | undefined;
  /** Resolves with the session's ID once storage has answered. */
  readonly ready: Promise<string>;
  /**
   * Sends all that waits, as soon as a `Retry-After` of the server's allows; resolves when each of these events is delivered or
   * rejected, or sending stops.
   */
  flush(): Promise<void>;
  /**
   * `true` lets everything go its way. `false` erases all that is stored on the device and forgets what waits; nothing more is
   * recorded here and in the site's other tabs until `consent(true)`, or the next page where the option `consent` is not set.
   */
  consent(isGranted: boolean): void;
  /**
   * The visitor's own choice: erases as `consent(false)` does, and leaves a mark on the device by which later visits are left
   * alone, too. `optOut(false)` removes it, which `consent(true)` does not.
   */
  optOut(isOut?: boolean): void;
  /** The tracker's state as plain data. Loads the chunk `debug`. */
  inspect(): Promise<Inspection>;
  /** Calls `listener` whenever it happens; returns the undo. */
  on<Name extends keyof TrackerEvents>(name: Name, listener: (detail: TrackerEvents[Name]) => void): Stop;
  /**
   * Records what is under way (a drag, what a player has played) and takes every listener and timer off. What waits is kept for
   * the next visit; later calls do nothing.
   */
  stop(): void;
}
