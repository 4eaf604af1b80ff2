import { ExpectMatcherState, MatcherReturnType, Expect, TestType, PlaywrightTestArgs, PlaywrightTestOptions, PlaywrightWorkerArgs, PlaywrightWorkerOptions } from '@playwright/test';
import { RequestListener } from 'node:http';

/** The requests that a fault affects. */
type FaultTarget = 'events' | 'cognito' | 'GetId' | 'GetCredentialsForIdentity' | 'actions' | 'personalize' | 'preflight';
/** The field that says how a request fails. */
type FaultKind = 'status' | 'drop' | 'stall' | 'delayMs' | 'refuseItem';
/**
 * A failure of some requests. It has one of `status`, `drop`, `stall` and `refuseItem`; `delayMs` can be added or stand
 * alone.
 */
interface Fault {
    /** Identifies it in the list of faults. */
    name?: string;
    /**
     * `events` (PutEvents, the default), `actions` (PutActionInteractions), `personalize` (both) and `cognito` do not
     * include preflights.
     */
    on?: FaultTarget;
    /** The number of requests that it affects. Default: unlimited. */
    times?: number;
    /** The share of requests that it affects, 0–1, each decided at random. */
    share?: number;
    /** Status of the answer, 400–599; the operation does not run. */
    status?: number;
    /** Error name in `x-amzn-ErrorType`. Without it, the answer is like a gateway's. */
    type?: string;
    message?: string;
    /**
     * Seconds in `Retry-After`. AWS is not known to expose that header, so by default a page of another origin cannot read
     * it.
     */
    retryAfter?: number;
    /** Exposes that header, as a site's own endpoint may. */
    exposeRetryAfter?: boolean;
    /**
     * Resets the connection: before the operation runs, with the body read, or after it has run. On a reused connection a
     * browser may itself retry: then one fetch makes two requests.
     */
    drop?: 'request' | 'answer';
    /** Accepts the request and never answers; the connection is reset when the fault is undone. */
    stall?: true;
    /** Delays the answer by milliseconds; the operation runs at once. */
    delayMs?: number;
    /** Refuses batches with an event of this itemId, under any credentials; affects no others. */
    refuseItem?: string;
}

/** Value of a property, which fills a column of the dataset's schema: text, a number, a boolean or null. */
type PropertyValue = string | number | boolean | null;
/**
 * The fields of an event, whatever the dataset's schema, under the service's own names. All limits are the service's
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_Event.html). An event that exceeds one is rejected at
 * once.
 */
interface EventFields$1 {
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

/** An event in the body of a request. */
interface WireEvent extends Omit<EventFields$1, 'properties' | 'sentAt'> {
    /** Text of a JSON object. */
    properties?: string;
    /** Unix seconds. */
    sentAt: number;
}

/** A column of an Interactions dataset. */
interface Column {
    name: string;
    /** Its Avro types, `null` not among them. */
    types: string[];
    isNullable: boolean;
    /** Its values have at most 1,000 characters. */
    isCategorical: boolean;
    /** Returns whether its Avro type takes a value. */
    accepts(value: unknown): boolean;
}
/** The schema of an Interactions dataset, by column name. */
type InteractionsSchema = ReadonlyMap<string, Column>;

/** Something that the dataset drops, although the service answers 200. */
interface SchemaWarning {
    /** The event's field, such as `properties.genre`. */
    field: string;
    /** Says what is wrong, and what to change. */
    message: string;
}
type Domain = 'ECOMMERCE' | 'VIDEO_ON_DEMAND';
/** An event with the session and the user that it is sent with. */
interface SentEvent {
    sessionId: string;
    userId?: string | undefined;
    event: WireEvent;
}

/** How a request is signed: by its `Authorization` header, by its URL (a beacon), or not at all. */
type SignatureForm = 'header' | 'query' | 'unsigned';
/** A request that the local AWS has received. */
interface ReceivedRequest {
    /** 1 for the first request. */
    number: number;
    /** ID in the answer's `x-amzn-RequestId`. */
    requestId: string;
    /** Milliseconds since 1970. */
    receivedAt: number;
    method: string;
    /** Path without the query, which may hold credentials. */
    path: string;
    /** Cognito's operation, such as `GetId`. */
    target: string | null;
    origin: string | null;
    /** Null for a request that is never signed, such as a preflight. */
    form: SignatureForm | null;
    contentType: string | null;
    /** Size of the body. */
    bytes: number;
    eventCount: number;
    /** Status of the answer; 0 until there is one. */
    status: number;
    errorType: string | null;
    /** The answer's message, if it is an error. */
    errorMessage: string | null;
    /** Field of the fault that decided the answer. */
    fault: FaultKind | null;
}
/**
 * The fields of an event, or of an action interaction, which has `actionId` and `timestamp` in place of `itemId` and
 * `sentAt`. Those of a rejected event are unchecked: they may have other types.
 */
interface EventFields {
    eventType: string;
    sentAt: number;
    eventId?: string;
    itemId?: string;
    eventValue?: number;
    properties?: string;
    recommendationId?: string;
    impression?: string[];
    metricAttribution?: {
        eventAttributionSource: string;
    };
    actionId?: string;
    timestamp?: number;
}
/**
 * - `accepted`: answered with 200 and counted
 * - `duplicate`: answered with 200, but an earlier event has its ID, or its content and time
 * - `ignored`: answered with 200 and dropped, since its session ID is the text `null`
 * - `rejected`: answered with an error that a retry of the same request cannot avoid
 */
type EventStatus = 'accepted' | 'duplicate' | 'ignored' | 'rejected';
/** The reason for a rejection. */
interface Rejection {
    /** The service's name of the error, such as `InvalidInputException`. */
    type: string;
    message: string;
    /** The event's field at fault, such as `itemId`. Absent if the whole request is at fault, or another event of it. */
    field?: string;
}
/** An event that the local AWS has received. */
interface ReceivedEvent {
    /** 1 for the first event. */
    number: number;
    status: EventStatus;
    /** Only in a rejected event. */
    rejection?: Rejection;
    /** Parts of an accepted event that the dataset would drop; empty without a schema. */
    warnings: SchemaWarning[];
    trackingId: string;
    sessionId: string;
    userId?: string;
    /** The event's own ID, or a generated one. */
    eventId: string;
    event: EventFields;
    form: SignatureForm;
    contentType: string | null;
    /** Milliseconds since 1970. */
    receivedAt: number;
    requestId: string;
}

/** Values that an event must have. */
interface EventFilter {
    status?: EventStatus;
    eventType?: string;
    itemId?: string;
    actionId?: string;
    sessionId?: string;
    userId?: string;
}

/** A fault with the number of requests that it has affected. */
type ActiveFault = Fault & {
    hits: number;
};

/** Tells IDs that exist from others. */
interface KnownIds {
    hasTracker(id: unknown): boolean;
    hasActionTracker(id: unknown): boolean;
    hasIdentityPool(id: unknown): boolean;
    /** Undefined stands for any: that of the request's host name, or else that of its signature. */
    region: string | undefined;
}

/** Credentials that the local AWS knows. */
interface IssuedCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    /** Absent in an access key for the AWS CLI and SDKs. */
    sessionToken?: string;
    /** Absent in an access key, which does not expire. */
    expiration?: Date;
}
/** Credentials for a guest. */
type GuestCredentials = Required<IssuedCredentials>;

/** Options of the local AWS. */
interface LocalAwsOptions {
    /** IDs of the event trackers that exist. Default: `demo-tracker`. */
    trackingId?: string | string[];
    /** IDs of the event trackers for actions that exist. Default: `demo-action-tracker`. */
    actionTrackingId?: string | string[];
    /** IDs of the identity pools that exist. Default: the region and `:00000000-0000-4000-8000-000000000000`. */
    identityPoolId?: string | string[];
    /** Region that requests must be signed for. Default: that of the identity pool, or `us-east-1`. */
    region?: string;
    /** The dataset's schema, as the Avro JSON that CreateSchema takes: each event is checked against it. */
    schema?: string | object;
    /** Domain of the dataset group: event types are checked, too. Goes with `schema`. */
    domain?: Domain;
    /**
     * Accepts any tracking ID, identity pool and region for which no option is given, so that a site can be tested with its
     * real IDs. Default: false.
     */
    acceptUnknownIds?: boolean;
    /** Number of events, and of requests, that are kept: the newest. Default: 10,000. */
    maxEvents?: number;
    /** Lifetime of guest credentials in seconds. Default: 3,600. */
    sessionSeconds?: number;
    /** Returns the time in milliseconds. Default: `Date.now`. */
    now?(): number;
    /** Returns a number from 0 to 1 that decides which requests a fault with a `share` affects. Default: `Math.random`. */
    random?(): number;
}
/** Options with their defaults. */
interface ResolvedLocalOptions {
    trackingIds: string[];
    actionTrackingIds: string[];
    identityPoolIds: string[];
    region: string;
    knownIds: KnownIds;
    schema: InteractionsSchema | undefined;
    domain: Domain | undefined;
    checkSchema(sent: SentEvent): SchemaWarning[];
    maxEvents: number;
    sessionSeconds: number;
    now(): number;
    random(): number;
}

/** The notifications of a local AWS, by name. */
interface LocalAwsNotifications {
    /** An event has come. */
    event: (event: ReceivedEvent) => void;
    /** A request has its answer, or is to have none. */
    request: (request: ReceivedRequest) => void;
    /** A fault was set, took effect or was undone, or the service's clock was changed. */
    faults: () => void;
    /** Events and requests were removed. */
    clear: () => void;
}
/** IDs that a local AWS knows, its region, the domain that events are checked for, and how many events are kept. */
type LocalAwsSettings = Pick<ResolvedLocalOptions, 'trackingIds' | 'actionTrackingIds' | 'identityPoolIds' | 'region' | 'maxEvents' | 'domain'>;
/** Simulated Cognito Identity and Personalize Events, on one origin. */
interface LocalAws {
    /** Handles AWS's requests, for a server of node:http or node:https. */
    handler: RequestListener;
    /** Handles requests to a site's own endpoint, which accepts unsigned batches and checks them alike. */
    collectHandler: RequestListener;
    /** All events, oldest first; the newest 10,000, unless `maxEvents` says otherwise. */
    readonly events: readonly ReceivedEvent[];
    /** The events that were answered with 200, oldest first: accepted ones and duplicates. */
    readonly acknowledged: readonly ReceivedEvent[];
    /** All requests, oldest first, preflights included; the newest 10,000. */
    readonly requests: readonly ReceivedRequest[];
    /** Number of older events and requests that are no longer kept. */
    readonly dropped: {
        events: number;
        requests: number;
    };
    /** The dataset's schema, by column. */
    readonly schema: InteractionsSchema | undefined;
    /** IDs that exist, the region, and limits. */
    readonly settings: LocalAwsSettings;
    /** Calls the listener from now on. Returns a function that ends that. */
    on<Name extends keyof LocalAwsNotifications>(name: Name, listener: LocalAwsNotifications[Name]): () => void;
    /** Removes events and requests, and counts the next ones as new; credentials and faults stay. */
    clear(): void;
    /** Lets requests fail, and returns a function that undoes it. @throws an error that says what is wrong with the fault */
    fail(fault: Fault): () => void;
    /** Returns the active faults, with the number of requests that each has affected. */
    faults(): ActiveFault[];
    /** Replaces all faults. A fault that stays the same keeps its hits. */
    setFaults(faults: Fault[]): void;
    /**
     * Sets the service's clock ahead by milliseconds, as seen by a visitor whose clock is late. Credentials keep their
     * remaining lifetime. Without an argument nothing changes. Returns the current offset.
     */
    skew(ms?: number): number;
    /** Undoes all faults and the skew. */
    heal(): void;
    /** Returns new guest credentials. */
    issueCredentials(): GuestCredentials;
    /** Expires all guest credentials issued so far. */
    expireCredentials(): void;
    /** Revokes all guest credentials issued so far. */
    revokeCredentials(): void;
    /** Deletes all identities, as in the pool. */
    deleteIdentities(): void;
    /** Returns the CSV of an Interactions dataset. */
    interactionsCsv(): string;
    /** Returns how many of the accepted events the CSV leaves out, by reason. */
    interactionsLeftOut(): {
        anonymous: number;
        withoutItem: number;
    };
}

/** The options of the fixture: IDs that are not given may be any, as may the region. */
interface PersonalizeOptions extends Pick<LocalAwsOptions, 'trackingId' | 'actionTrackingId' | 'identityPoolId' | 'region' | 'schema' | 'domain'> {
    /** The tracker's `endpoint` if the site has one of its own: a whole URL, or a path of `baseURL`. */
    endpoint?: string;
}
/** The events that the pages of a test have sent, in place of AWS. */
interface Personalize {
    /** The local AWS with everything else: requests, credentials, faults, the clock. */
    readonly aws: LocalAws;
    /** Returns the events received so far that have all values of the filter. @throws an error that lists the fields */
    events(filter?: EventFilter): ReceivedEvent[];
    /** Lets requests fail, and returns a function that undoes it. @throws an error that says what is wrong with the fault */
    fail(fault: Fault): () => void;
    /** Removes what has been received so far. */
    clear(): void;
}

/** Checks that the dataset would drop nothing of the events received so far. It does not wait. */
declare function toHaveNoWarnings(this: ExpectMatcherState, personalize: Personalize): MatcherReturnType;

/** A value, or a matcher of Playwright such as `expect.any(String)`. */
type OrMatcher<Value> = Value | Readonly<Record<string, unknown>>;
/** Values that an event must have. Fields that are left out may have any value; `undefined` stands for none. */
type ExpectedEvent = {
    [Field in Exclude<keyof EventFields, 'properties'>]?: OrMatcher<EventFields[Field]> | undefined;
} & {
    /** An object is compared with the parsed JSON, a text with the JSON itself. */
    properties?: OrMatcher<string> | undefined;
    trackingId?: OrMatcher<string>;
    sessionId?: OrMatcher<string>;
    userId?: OrMatcher<string> | undefined;
    /** Default: `accepted`. */
    status?: OrMatcher<EventStatus>;
    /** How the event's request was signed. */
    form?: OrMatcher<SignatureForm>;
};

/** Options of `toHaveReceived()`. */
interface ToHaveReceivedOptions {
    /** Exact number of matching events. Default: one or more. */
    times?: number;
    /**
     * How long to wait, in milliseconds; 0 checks once. Default: the project's `expect.timeout`, and 10 s where that is
     * Playwright's 5 s.
     */
    timeout?: number;
}
/** Waits until an event with these values has been received. With \`.not\` it watches for the whole timeout. */
declare function toHaveReceived(this: ExpectMatcherState, personalize: Personalize, expected: ExpectedEvent, options?: ToHaveReceivedOptions): Promise<MatcherReturnType>;

/** Playwright's `expect` with the matchers for the fixture `personalize`. */
declare const expect: Expect<{
    toHaveReceived: typeof toHaveReceived;
    toHaveNoWarnings: typeof toHaveNoWarnings;
}>;

/** The option that `test.use()` and the config's `use` take. */
interface PersonalizeTestOptions {
    personalizeOptions: PersonalizeOptions;
}
/** The fixture. */
interface PersonalizeFixtures {
    personalize: Personalize;
}
/** Playwright's `test` with the fixture `personalize`. */
declare const test: TestType<PlaywrightTestArgs & PlaywrightTestOptions & PersonalizeTestOptions & PersonalizeFixtures, PlaywrightWorkerArgs & PlaywrightWorkerOptions>;

export { expect, test };
export type { ExpectedEvent, OrMatcher, Personalize, PersonalizeFixtures, PersonalizeOptions, PersonalizeTestOptions, ToHaveReceivedOptions };
