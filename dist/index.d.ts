/** Value of a property, which fills a column of the dataset's schema: text, a number, a boolean or null. */
type PropertyValue = string | number | boolean | null;
/**
 * The fields of an event, whatever the dataset's schema, under the service's own names. All limits are the service's
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_Event.html). An event that exceeds one is rejected at
 * once.
 */
interface EventFields {
    /** The kind of event, as a value of the dataset's EVENT_TYPE column: 1–256 characters. */
    eventType: string;
    /** The ID of the event's item: 1–256 characters. Optional here, but required by the schema of most datasets. */
    itemId?: string;
    /** A finite number that fits 32-bit floating point, such as a price, a rating or the share that was watched. */
    eventValue?: number;
    /**
     * Further columns of the schema, in camelCase: `numberOfRatings` fills `NUMBER_OF_RATINGS`. A flat object of at most
     * 1,024 characters when written as JSON.
     */
    properties?: Record<string, PropertyValue>;
    /** The ID of the recommendation that the item came from, as GetRecommendations returned it: 1–40 characters. */
    recommendationId?: string;
    /**
     * The items that were shown together, in order: 1–25 item IDs. If they exceed 1,000 characters when joined by `|`,
     * IDs are removed from the ends; the event's own item is kept. Takes precedence over the list that `recommendationId`
     * stands for.
     */
    impression?: string[];
    /** The source under which a metric attribution report counts the event. */
    metricAttribution?: {
        /** The event's origin: 1–1,024 printable ASCII characters, not blank. */
        eventAttributionSource: string;
    };
    /** The event's ID: 1–256 characters. Default: a generated ID. The service uses only one event of each ID. */
    eventId?: string;
    /** When it happened, by the visitor's clock: a Date, or Unix seconds. Default: now. */
    sentAt?: Date | number;
}
/**
 * The fields of an event as the schema of a site's dataset has them: they replace those of {@link EventFields}. Empty
 * here, so that every event type and every property is accepted. `npx personalize-beacon types` prints a declaration
 * with the fields of a schema, which TypeScript merges into this one.
 */
interface DatasetFields {
}
/** One event, as `track()` takes it. */
interface TrackedEvent extends Omit<EventFields, keyof DatasetFields>, DatasetFields {
}
/**
 * One interaction with an action that the service's next-best-action recipe recommends
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_ActionInteraction.html).
 */
interface TrackedAction extends Pick<EventFields, 'properties' | 'recommendationId' | 'impression' | 'eventId' | 'sentAt'> {
    /** The visitor's response to the action. */
    eventType: 'Taken' | 'Not Taken' | 'Viewed';
    /** The action's ID: 1–256 characters. */
    actionId: string;
}
/** A valid event in the form that the service takes, with its ID and time. */
interface RecordedEvent extends Omit<EventFields, 'properties'> {
    /** Present only in an action interaction. */
    actionId?: string;
    /** The event's ID, given or generated. */
    eventId: string;
    /** JSON text. */
    properties?: string;
    /** Unix seconds by the visitor's clock; corrected when the event is sent. */
    sentAt: number;
}

/** The fields that `track()` takes after the event type and the item. */
type Details = Omit<TrackedEvent, 'eventType' | 'itemId'>;
/**
 * The arguments of `track()` after the event type. They are optional, unless {@link DatasetFields} requires the item or
 * another field.
 */
type TrackArguments = TrackedEvent extends {
    itemId: string;
} ? Partial<Details> extends Details ? [itemId: string, details?: Details] : [itemId: string, details: Details] : [itemId?: string, details?: Details];
/** The arguments of `trackAction()`. */
type TrackActionArguments = [
    eventType: TrackedAction['eventType'],
    actionId: string,
    details?: Omit<TrackedAction, 'eventType' | 'actionId'>
];

/** AWS credentials. */
interface Credentials {
    /** Identifies the key in each signature. */
    accessKeyId: string;
    /** Makes the signatures; is never sent. */
    secretAccessKey: string;
    /** Belongs to temporary credentials. */
    sessionToken?: string;
    /** When they expire. Without it they never expire. */
    expiration?: Date;
}

/** Credentials in the AWS SDK's form, also as that form's JSON. */
interface SdkCredentials extends Omit<Credentials, 'expiration'> {
    /** When they expire, as a Date, ISO 8601 text, Unix seconds or Unix milliseconds. Without it they never expire. */
    expiration?: Date | string | number | null;
}
/** Credentials in the form that STS and Cognito return. */
interface ServiceCredentials {
    /** Identifies the key in each signature. */
    AccessKeyId: string;
    /** The secret key, as STS names it. */
    SecretAccessKey?: string;
    /** The secret key, as Cognito names it. */
    SecretKey?: string;
    /** Belongs to temporary credentials. */
    SessionToken?: string;
    /** When they expire, as a Date, ISO 8601 text, Unix seconds or Unix milliseconds. Without it they never expire. */
    Expiration?: Date | string | number | null;
}
/** A response of STS or Cognito. */
interface ServiceAnswer {
    /** The credentials in the response. */
    Credentials: ServiceCredentials;
}
/**
 * Credentials that a site's own function may return: in the AWS SDK's form, or as an unchanged response of STS or
 * Cognito.
 */
type CredentialsInput = SdkCredentials | ServiceCredentials | ServiceAnswer;
/** Returns credentials when it is called, like the AWS SDK's credential providers. */
type CredentialsProvider = () => CredentialsInput | Promise<CredentialsInput>;

/** Options of `init()`. The script's own tag takes them as `data-*` attributes: `trackingId` is `data-tracking-id`. */
interface Options {
    /** The event tracker's ID, as CreateEventTracker returns it: 1–256 characters. */
    trackingId: string;
    /** The ID of the action interaction event tracker: 1–256 characters. Required to track actions. */
    actionTrackingId?: string;
    /** The AWS region of the event tracker, such as `us-east-1`. Default: the identity pool's region. */
    region?: string;
    /** A Cognito identity pool with guest access. Its guest role must allow `personalize:PutEvents`. */
    identityPoolId?: string;
    /** Returns the site's own AWS credentials. Takes precedence over `identityPoolId`. Called again when they expire. */
    credentials?: CredentialsProvider;
    /** The ID of the logged-in user: 1–256 characters. The same as calling `identify(userId)`. */
    userId?: string;
    /**
     * Base URL, to which `/events` and `/action-interactions` are appended. It has no query and no fragment. Default: the
     * region's Personalize Events. Required without `identityPoolId` and `credentials`: batches are then sent there
     * unsigned.
     */
    endpoint?: string;
    /**
     * How events are sent when the visitor leaves the page. `beacon` puts the signature into the URL and needs no
     * preflight; `keepalive` puts it into headers, as the AWS SDK does. Default: `beacon`.
     */
    exitTransport?: 'beacon' | 'keepalive';
    /** URL of Cognito Identity. Default: the region's. */
    identityEndpoint?: string;
    /**
     * The longest time that an event waits for others, in milliseconds: 0–3,600,000. Default: 5,000. After an idle period
     * the first two flushes are immediate.
     */
    flushInterval?: number;
    /** Events are sent as soon as this many wait: 1–10, where 10 is the service's limit. Default: 10. */
    flushSize?: number;
    /** The longest time that a session lasts, in days: 0–3,650. Default: 30. */
    sessionMaxAge?: number;
    /**
     * The ID of the site's own session: 1–256 characters. No ID is generated then, and `sessionMaxAge` does not apply.
     * The same as calling `setSession(sessionId)` before storage has been read.
     */
    sessionId?: string;
    /**
     * Keeps the session's ID in a first-party cookie too, for the site's servers and subdomains. `true` is
     * `personalize_session`. Text is the name and attributes: `name; Domain=.shop.example; Max-Age=86400`. Default: false.
     */
    sessionCookie?: boolean | string;
    /** The event type of a click on an element without `data-personalize-event`. Default: `click`. */
    clickEvent?: TrackedEvent['eventType'];
    /**
     * The domain of a domain dataset group. Events whose markup gives no type are then named as its use cases require:
     * `Click`, `View`, `Watch`, `Purchase`.
     */
    domain?: 'ECOMMERCE' | 'VIDEO_ON_DEMAND';
    /**
     * The share of an item that must be in view, or of the viewport if that is smaller, in percent: 1–100. Default: 50.
     */
    impressionShare?: number;
    /** How long an item must be in view without interruption, in milliseconds: 0–60,000. Default: 1,000. */
    impressionTime?: number;
    /**
     * The items that an event's `impression` names: those of its list that were in view, or all of them. Default: `seen`.
     */
    impressionItems?: 'seen' | 'all';
    /**
     * The change that starts another page view, in which items count again when they are shown: one of the path, whatever
     * the query, or one of any part of the URL. Default: `path`.
     */
    pageView?: 'path' | 'address';
    /**
     * Whether the later events of an item name the recommendation through which the visitor clicked on it. Default: true.
     */
    attribution?: boolean;
    /**
     * Reads the GA4 ecommerce events of the page's data layer: `true`, or the name of its global. Default: false; the name
     * is then `dataLayer`. Loads the chunk `datalayer`.
     */
    dataLayer?: boolean | string;
    /**
     * Event types by name in the data layer, beside those that the chunk has: `{ add_to_wishlist: 'wishlist' }`. `false`
     * switches one off: `{ select_item: false }`.
     */
    dataLayerEvents?: Record<string, TrackedEvent['eventType'] | false>;
    /** The field of the data layer's items that is the dataset's ITEM_ID. Default: `item_id`. */
    dataLayerItemId?: string;
    /**
     * Fields of the data layer's items that become properties of their events, in camelCase: `['quantity']` fills the
     * column QUANTITY. Default: none.
     */
    dataLayerProperties?: string[];
    /** Whether crawlers and automated browsers are ignored, so that nothing is recorded there. Default: false. */
    ignoreBots?: boolean;
    /**
     * With `required`, nothing is stored, requested or sent before `consent(true)`; up to 1,000 events wait in memory.
     * `google` and `tcf` wait in the same way for the site's consent manager: `google` for `personalization_storage` of
     * Google's Consent Mode in `window.dataLayer`, `tcf` for `window.__tcfapi` of IAB TCF 2.2. Default: consent counts as
     * granted until `consent(false)`.
     */
    consent?: 'required' | 'google' | 'tcf';
    /** The purposes of the TCF that `consent: 'tcf'` requires, as numbers with commas. Default: `5,6`. */
    tcfPurposes?: string;
    /** Whether Global Privacy Control (https://w3c.github.io/gpc/) counts as a refusal of consent. Default: true. */
    respectGpc?: boolean;
    /** Whether the console shows what happens to each event. Default: false. */
    debug?: boolean;
    /**
     * URL of the folder with the script's chunks (media, debug, datalayer, consent). Default: the folder that the script was loaded from.
     * Required when the script is inline.
     */
    chunkUrl?: string;
}

/** A tracker's state as plain data: it survives JSON, and holds nothing that could sign a request. */
interface Inspection {
    /** This package's version. */
    version?: string;
    /** The options in effect, with defaults and addresses filled in. */
    options: Omit<Options, 'credentials'>;
    /** The running session; absent until storage has answered. */
    session?: {
        /** Equals `tracker.sessionId`. */
        sessionId: string;
        /** Absent for an anonymous visitor. */
        userId?: string;
        /** ISO 8601, like every time here, by the visitor's clock. */
        createdAt: string;
    };
    /** Events that wait to be delivered, oldest first. */
    queue: {
        /** The ID that `track()` returned. */
        eventId: string;
        /** The event's type. */
        eventType: string;
        /** Absent for an action's event, and for one without an item. */
        itemId?: string;
        /** Present for an action's event alone. */
        actionId?: string;
        /** Time of recording, whatever `sentAt` the page gave. */
        recordedAt: string;
        /** It was sent by a request whose answer could not be read, and waits to be confirmed. */
        unconfirmed: boolean;
    }[];
    /** Expiration of the current credentials; absent if there are none yet, or if they do not say when they expire. */
    credentials?: {
        /** Expiration by AWS's clock. */
        expiration: string;
        /** Milliseconds until then; negative once they have expired. */
        expiresInMs: number;
    };
    /** Milliseconds that AWS's clock is ahead of the visitor's; 0 until it is known. */
    clockOffset: number;
    /** The last errors, the latest first. */
    errors: {
        /** Time of the report. */
        at: string;
        /** The reason that `on('rejected')` and `on('error')` reported. */
        reason: string;
    }[];
}

/** Removes what was installed. */
type Stop = () => void;
declare global {
    interface Document {
        /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
        readonly prerendering?: boolean;
    }
}

/** The details that listeners get, by the name of the event they listen to. */
interface TrackerEvents {
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
interface Tracker {
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

/**
 * Starts a tracker, or returns the one that already runs for this `trackingId`. All invalid options are named in one
 * console message. If the tracker cannot run without them, the page is not disturbed: `on('rejected')` reports every
 * event. On a server it returns a tracker that records nothing, so that a module may be shared with the browser.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
declare const init: (options: Options) => Tracker;

export { init };
export type { Credentials, CredentialsInput, CredentialsProvider, DatasetFields, EventFields, Inspection, Options, PropertyValue, RecordedEvent, SdkCredentials, ServiceAnswer, ServiceCredentials, Stop, TrackActionArguments, TrackArguments, TrackedAction, TrackedEvent, Tracker, TrackerEvents };
