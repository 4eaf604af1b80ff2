import { TrackedEvent, TrackArguments, TrackedAction, TrackActionArguments } from './index.js';
export { DatasetFields, EventFields, PropertyValue, TrackActionArguments, TrackArguments, TrackedAction, TrackedEvent } from './index.js';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';

/** The session and the user of an event. */
interface Visitor {
    /** The session's ID, 1–256 characters: `personalize.sessionId` of the visitor's page, or one of your own. */
    sessionId: string;
    /** The user's ID, 1–256 characters. Absent for an anonymous visitor. */
    userId?: string | null | undefined;
}
/** An event that cannot be delivered. `track(visitor, event)` takes it again, also after it has been stored as JSON. */
interface UndeliveredEvent {
    /** The session and the user, as they were given. */
    visitor: Visitor;
    /** The event with its `eventId` and `sentAt`; unchanged if `track()` has rejected it. */
    event: TrackedEvent | TrackedAction;
}
/** Records events on a server and delivers them. No method throws, and no promise is rejected. */
interface ServerTracker {
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

/** Options of a tracker on a server. */
interface ServerTrackerOptions {
    /** The client that sends, with its own region and credentials. Its own retries run within `timeout`. */
    client: PersonalizeEventsClient;
    /** The event tracker's ID: 1–256 characters. */
    trackingId: string;
    /** The ID of the tracker for actions: 1–256 characters. Required to track actions. */
    actionTrackingId?: string | undefined;
    /** The longest time that an event waits for others, in milliseconds: 0–3,600,000. Default: 5,000. */
    flushInterval?: number | undefined;
    /** Events of a session are sent as soon as this many wait: 1–10, where 10 is the service's limit. Default: 10. */
    flushSize?: number | undefined;
    /** The most events that wait, those in flight included: a whole number from 1. Default: 10,000. */
    maxWaiting?: number | undefined;
    /** The most requests at a time: a whole number from 1. Default: 50. */
    concurrency?: number | undefined;
    /** Timeout of one request in milliseconds, with the client's own retries: 1–600,000. Default: 25,000. */
    timeout?: number | undefined;
    /**
     * How long delivery of an event is tried, in milliseconds: 1–604,800,000, which is a week. Default: 86,400,000, a day.
     * Checked before each retry.
     */
    maxAge?: number | undefined;
    /** How long `close()` sends, in milliseconds: 0–600,000. Default: 5,000. */
    closeTimeout?: number | undefined;
    /**
     * Called with an event that cannot be delivered, and with the reason: the field, its limit and the value, or the
     * service's message. `flush()` and `close()` await it, for three seconds at most. Default: prints the reason.
     */
    onRejected?: ((undelivered: UndeliveredEvent, reason: string) => unknown) | undefined;
    /**
     * Called with the error of a request that will be retried, once for each pause before a retry. Default: prints it in
     * one line.
     */
    onError?: ((error: unknown) => unknown) | undefined;
}

/**
 * Creates a tracker for events that happen on a server, such as a paid order. It sends them by the AWS SDK's client, in
 * batches of up to ten of one session and user, and retries until the service has accepted or refused each.
 *
 * Waiting events are in memory only: call `close()` before the process ends. Throws a TypeError that names each wrong
 * option.
 * @example const tracker = createServerTracker({ trackingId: '…', client: new PersonalizeEventsClient() })
 */
declare const createServerTracker: (options: ServerTrackerOptions) => ServerTracker;

export { createServerTracker };
export type { ServerTracker, ServerTrackerOptions, UndeliveredEvent, Visitor };
