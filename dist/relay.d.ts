import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';

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
 * One interaction with an action that the service's next-best-action recipe recommends
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_ActionInteraction.html).
 */
interface TrackedAction extends Pick<EventFields, 'properties' | 'recommendationId' | 'impression' | 'eventId' | 'sentAt'> {
    /** The visitor's response to the action. */
    eventType: 'Taken' | 'Not Taken' | 'Viewed';
    /** The action's ID: 1–256 characters. */
    actionId: string;
}
/** An operation of the service, named by the path of its URL. */
type Operation = 'events' | 'action-interactions';

/** An event in the body of a request. */
interface WireEvent extends Omit<EventFields, 'properties' | 'sentAt'> {
    /** Text of a JSON object. */
    properties?: string;
    /** Unix seconds. */
    sentAt: number;
}
/** The body of PutEvents. */
interface PutEventsBody {
    /** The event tracker's ID: 1–256 characters. */
    trackingId: string;
    /** The session's ID: 1–256 characters. */
    sessionId: string;
    /** The user's ID: 1–256 characters. Absent for an anonymous visitor. */
    userId?: string;
    /** 1–10 events. */
    eventList: WireEvent[];
}
/** An action interaction in the body of a request. */
interface WireActionInteraction extends Omit<TrackedAction, 'properties' | 'sentAt'> {
    /** The session's ID: 1–256 characters. */
    sessionId: string;
    /** The user's ID: 1–256 characters. Absent for an anonymous visitor. */
    userId?: string;
    /** Text of a JSON object. */
    properties?: string;
    /** Unix seconds. */
    timestamp: number;
}
/** The body of PutActionInteractions. */
interface PutActionInteractionsBody {
    /** The action interaction event tracker's ID: 1–256 characters. */
    trackingId: string;
    /** 1–10 interactions. */
    actionInteractions: WireActionInteraction[];
}

/**
 * Returns what is wrong with a request body: the field, its limit and the value. Returns undefined for a valid one. The
 * limits are those of `track()`, which are the service's own. Stops at the first problem: the check costs less than
 * parsing the body.
 */
declare const problemOfRequest: (operation: Operation, input: unknown) => string | undefined;

/** A batch within the service's limits, each event of which has an ID. */
type Batch = PutEventsBody | PutActionInteractionsBody;
/**
 * Forwards a batch. Resolves once the receiver has it for certain; rejects with the AWS SDK's error, whose
 * `$metadata.httpStatusCode` and `name` say what the service has answered. The signal is aborted at the timeout: the
 * batch then counts as failed, whether the function stops or not.
 */
type Forward = (batch: Batch, signal: AbortSignal) => Promise<void>;
/**
 * Returns a function that sends batches to the service with the client's own retries and backoff, until the signal is
 * aborted: the AWS SDK by itself has no timeout.
 */
declare const toPersonalize: (client: PersonalizeEventsClient) => (batch: Batch, signal?: AbortSignal) => Promise<void>;

/** Options of a relay. */
interface RelayOptions {
    /** The event tracker's ID, 1–256 characters. Batches for another tracker are refused. */
    trackingId: string;
    /** The ID of the tracker for actions. Without it, interactions with actions are refused. */
    actionTrackingId?: string | undefined;
    /** The client that forwards batches to Amazon Personalize, with its own credentials and retries. */
    client?: PersonalizeEventsClient | undefined;
    /** Forwards batches in place of the client. Its signal is aborted at the timeout. */
    forward?: Forward | undefined;
    /**
     * Origins whose pages may send, beside the relay's own: `https://www.example.com`, without a path. Needed if the relay
     * has a host of its own, or a proxy in front that changes the address.
     */
    origins?: string[] | undefined;
    /** Batches forwarded at a time; default 50. */
    concurrency?: number | undefined;
    /**
     * Further requests that may wait: for the rest of their body, for `userId`, for their turn; default 500. Beyond that,
     * requests are refused for some seconds, before their body is read.
     */
    maxWaiting?: number | undefined;
    /** The largest body, in bytes, 1–33,554,432; default 65,536. A page splits a larger batch. */
    maxBodyBytes?: number | undefined;
    /**
     * Timeout of a request in milliseconds, for its body, `userId`, its turn and `forward` together: 1–29,000, since a page
     * waits for 30 seconds; default 25,000. At the timeout the page is told to retry, and its place is free.
     */
    timeout?: number | undefined;
    /**
     * Returns the user who has sent the request, by the site's own session; nothing for an anonymous visitor. It becomes
     * the userId of all its events, whatever the page says. The body has been read. If this throws or takes too long, the
     * page retries.
     */
    userId?: ((request: Request) => string | null | undefined | Promise<string | null | undefined>) | undefined;
    /** Called with the error of each batch that could not be forwarded. Default: prints it in one line. */
    onError?: ((error: unknown) => void) | undefined;
}

/** Handles a request of the tracker's and resolves to the answer, in the service's own terms. Never rejects. */
interface Relay {
    (request: Request): Promise<Response>;
    /** Answers 503 to new batches; resolves when those in flight have been forwarded or have failed: within 25 s. */
    close(): Promise<void>;
}
/**
 * Returns a handler that accepts the tracker's unsigned batches on a site's own origin and forwards them to Amazon
 * Personalize. An accepted batch is forwarded even when its page is gone. Throws a TypeError on wrong options.
 * @example const relay = createRelay({ trackingId: '…', client: new PersonalizeEventsClient({ maxAttempts: 3 }) });
 */
declare const createRelay: (options: RelayOptions) => Relay;

export { createRelay, problemOfRequest, toPersonalize };
export type { Batch, Forward, Operation, PutActionInteractionsBody, PutEventsBody, Relay, RelayOptions, WireActionInteraction, WireEvent };
