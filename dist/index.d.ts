/** The value of a property: the text of a column of the dataset's schema, or a number or boolean of it. */
type PropertyValue = string | number | boolean | null;
/**
 * One event, in the service's own field names. Every limit is the service's
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_Event.html); what is past one is refused at once.
 */
interface TrackedEvent {
    /** What happened, as the dataset's EVENT_TYPE knows it: 1–256 characters. */
    eventType: string;
    /** The item it happened to: 1–256 characters. Optional here, required by the schema of most datasets. */
    itemId?: string;
    /** A finite number that fits 32-bit floating point, such as a price, a rating or the share watched. */
    eventValue?: number;
    /**
     * Further columns of the schema, camelCase (`numberOfRatings` fills `NUMBER_OF_RATINGS`), flat, at most
     * 1,024 characters once written as JSON.
     */
    properties?: Record<string, PropertyValue>;
    /** The recommendation the item came from, as GetRecommendations named it: 1–40 characters. */
    recommendationId?: string;
    /**
     * The items shown together, in order: 1–25 item IDs. Above 1,000 characters in all, joined by `|`, it is cut at its ends,
     * and the event's own item stays in. Wins over what `recommendationId` stands for.
     */
    impression?: string[];
    /** What a metric attribution report counts the event under. */
    metricAttribution?: {
        /** Where the event comes from: 1–1,024 printable ASCII characters. */
        eventAttributionSource: string;
    };
    /** 1–256 characters; made when absent. The service uses one event of each ID. */
    eventId?: string;
    /** When it happened, by the visitor's clock: a Date, or Unix seconds. Now when absent. */
    sentAt?: Date | number;
}
/**
 * What was done about an action, which the service's next-best-action recipe recommends
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_ActionInteraction.html).
 */
interface TrackedAction extends Pick<TrackedEvent, 'properties' | 'recommendationId' | 'impression' | 'eventId' | 'sentAt'> {
    /** What was done about it. */
    eventType: 'Taken' | 'Not Taken' | 'Viewed';
    /** 1–256 characters. */
    actionId: string;
}
/** An event as it waits: checked and named, in the form the service takes. */
interface RecordedEvent extends Omit<TrackedEvent, 'properties'> {
    /** Of an action's event alone. */
    actionId?: string;
    eventId: string;
    /** JSON text. */
    properties?: string;
    /** Unix seconds on the visitor's clock, which is corrected when the event is sent. */
    sentAt: number;
}

/** What AWS signs with. */
interface Credentials {
    /** Names the key in each signature. */
    accessKeyId: string;
    /** Signs, and is never sent. */
    secretAccessKey: string;
    /** Comes with temporary credentials. */
    sessionToken?: string;
    /** When they stop being valid; never, when absent. */
    expiration?: Date;
}

/** Credentials as the AWS SDK has them, or as their JSON has. */
interface SdkCredentials extends Omit<Credentials, 'expiration'> {
    /** When they stop being valid, as a Date, ISO 8601 text, Unix seconds or milliseconds; never, when absent. */
    expiration?: Date | string | number | null;
}
/** Credentials as STS and Cognito answer. */
interface ServiceCredentials {
    /** Names the key in each signature. */
    AccessKeyId: string;
    /** The secret, as STS calls it. */
    SecretAccessKey?: string;
    /** The secret, as Cognito calls it. */
    SecretKey?: string;
    /** Comes with temporary credentials. */
    SessionToken?: string;
    /** When they stop being valid, as a Date, ISO 8601 text, Unix seconds or milliseconds; never, when absent. */
    Expiration?: Date | string | number | null;
}
/** What STS and Cognito answer. */
interface ServiceAnswer {
    /** The answer's part that signs. */
    Credentials: ServiceCredentials;
}
/** What a site's own function may return: credentials of the SDK, or an answer of STS or Cognito as it is. */
type CredentialsInput = SdkCredentials | ServiceCredentials | ServiceAnswer;
/** Gives credentials when asked, as the AWS SDK's providers do. */
type CredentialsProvider = () => CredentialsInput | Promise<CredentialsInput>;

/** What `init()` takes, and the script's own tag as `data-*` (`trackingId` is `data-tracking-id`). */
interface Options {
    /** The event tracker's ID, from CreateEventTracker: 1–256 characters. */
    trackingId: string;
    /** The ID of the action interaction event tracker, if actions are tracked: 1–256 characters. */
    actionTrackingId?: string;
    /** The AWS region of the event tracker, such as `us-east-1`. Default: the identity pool's. */
    region?: string;
    /** A Cognito identity pool with guest access, whose guest role may `personalize:PutEvents`. */
    identityPoolId?: string;
    /** Credentials of the site's own making, which win over an identity pool; asked again once they expire. */
    credentials?: CredentialsProvider;
    /** The visitor who is logged in: the same as calling `identify(userId)`. 1–256 characters. */
    userId?: string;
    /**
     * Base URL that `/events` and `/action-interactions` are appended to, without query and fragment. Default: the region's
     * Personalize Events. Required without `identityPoolId` and `credentials`, when batches go there unsigned.
     */
    endpoint?: string;
    /**
     * What carries events as a page is left: `beacon` signs in the URL and asks for no preflight; `keepalive` signs in headers,
     * as the AWS SDK does. Default `beacon`.
     */
    exitTransport?: 'beacon' | 'keepalive';
    /** URL of Cognito Identity. Default: the region's. */
    identityEndpoint?: string;
    /**
     * The longest an event waits for others, in milliseconds: 0–3,600,000. Default 5,000. The first two of a quiet time
     * wait for none.
     */
    flushInterval?: number;
    /** As many events are sent at once: 1–10, ten being the service's limit. Default 10. */
    flushSize?: number;
    /** How long a session lasts at most, in days: up to 3,650. Default 30. */
    sessionMaxAge?: number;
    /** The event type of a click on an element without `data-personalize-event`. Default `click`. */
    clickEvent?: string;
    /**
     * Of a domain dataset group: events that markup gives no type are named as its use cases require, `Click`,
     * `View`, `Watch`, `Purchase`.
     */
    domain?: 'ECOMMERCE' | 'VIDEO_ON_DEMAND';
    /** The part of an item, or of the viewport where that is smaller, that must be in view, in percent: 1–100. Default 50. */
    impressionShare?: number;
    /** How long it must be in view without a break, in milliseconds: 0–60,000. Default 1,000. */
    impressionTime?: number;
    /** The items that an event's `impression` names: those of the list that were in view, or all. Default `seen`. */
    impressionItems?: 'seen' | 'all';
    /**
     * What makes another page view, on which items count again as they are shown: another path, whatever the query, or any
     * other address. Default `path`.
     */
    pageView?: 'path' | 'address';
    /** Whether an item's later events say which recommendation a click on it came through. Default true. */
    attribution?: boolean;
    /** Records nothing of crawlers and automated browsers. Default false. */
    ignoreBots?: boolean;
    /**
     * Nothing is stored, asked for or sent before `consent(true)`: up to 1,000 events wait in memory. Default: consent counts
     * as granted until `consent(false)`.
     */
    consent?: 'required';
    /** Whether Global Privacy Control (https://w3c.github.io/gpc/) counts as a refusal. Default true. */
    respectGpc?: boolean;
    /** Prints what happens to each event in the console. Default false. */
    debug?: boolean;
    /**
     * URL of the folder that holds the script's chunks (media, debug). Default: the folder that the script was loaded from. Needed
     * where the script is inline.
     */
    chunkUrl?: string;
}

/** What a tracker knows and does, as plain data: it survives JSON, and holds nothing that could sign a request. */
interface Inspection {
    /** Of this package. */
    version?: string;
    /** What it runs with, checked, defaults and addresses filled in. */
    options: Omit<Options, 'credentials'>;
    /** The running session; absent until storage has answered. */
    session?: {
        /** As `tracker.sessionId`. */
        sessionId: string;
        /** Absent for an anonymous visitor. */
        userId?: string;
        /** ISO 8601, like every time here, by the visitor's clock. */
        createdAt: string;
    };
    /** What waits to be delivered, oldest first. */
    queue: {
        /** As `track()` has returned it. */
        eventId: string;
        /** What happened. */
        eventType: string;
        /** Absent of an action's event, and of one without an item. */
        itemId?: string;
        /** Of an action's event alone. */
        actionId?: string;
        /** When it was recorded, whatever `sentAt` the page gave. */
        recordedAt: string;
        /** It has been sent by a request whose answer could not be read: it waits to be confirmed. */
        unconfirmed: boolean;
    }[];
    /** Those that sign now, never what they consist of; absent where there are none yet, or they do not say when they expire. */
    credentials?: {
        /** By AWS's clock. */
        expiration: string;
        /** Milliseconds until then, less than nothing once they have expired. */
        expiresInMs: number;
    };
    /** Milliseconds that AWS's clock is ahead of the visitor's, as far as known. */
    clockOffset: number;
    /** What has gone wrong, the latest first. */
    errors: {
        /** When it was told. */
        at: string;
        /** As `on('rejected')` and `on('error')` heard it. */
        reason: string;
    }[];
}

/** Takes back what was installed. */
type Stop = () => void;
declare global {
    interface Document {
        /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
        readonly prerendering?: boolean;
    }
}

/** What listeners get, by name. */
interface TrackerEvents {
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
interface Tracker {
    /**
     * Records one event and returns its eventId at once; delivery happens later, in batches. An event past a
     * limit of the service is reported to `on('rejected')`, and nothing is returned.
     * @example personalize.track('purchase', 'movie-12', { eventValue: 9.99 })
     */
    track(eventType: string, itemId?: string, details?: Omit<TrackedEvent, 'eventType' | 'itemId'>): string | undefined;
    /**
     * The same with all fields in one object, under the service's own names.
     * @example personalize.track({ eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 })
     */
    track(event: TrackedEvent): string | undefined;
    /**
     * Records what was done about a recommended action, as `track()` does; needs the option `actionTrackingId`.
     * @example personalize.trackAction('Taken', 'join-film-club')
     */
    trackAction(eventType: TrackedAction['eventType'], actionId: string, details?: Omit<TrackedAction, 'eventType' | 'actionId'>): string | undefined;
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

/**
 * Starts a tracker, or returns the one that runs for this `trackingId` already. Wrong options make one console message that
 * names each; where the tracker cannot run without them, the page goes on and `on('rejected')` hears of every event.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
declare const init: (options: Options) => Tracker;

export { init };
export type { Credentials, CredentialsInput, CredentialsProvider, Inspection, Options, PropertyValue, RecordedEvent, SdkCredentials, ServiceAnswer, ServiceCredentials, Stop, TrackedAction, TrackedEvent, Tracker, TrackerEvents };
