import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';

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
/** An operation of the service, by its path. */
type Operation = 'events' | 'action-interactions';

/** An event as it is on the wire. */
interface WireEvent extends Omit<TrackedEvent, 'properties' | 'sentAt'> {
    /** Text of a JSON object. */
    properties?: string;
    /** Unix seconds. */
    sentAt: number;
}
/** The body of PutEvents. */
interface PutEventsBody {
    /** The event tracker's: 1–256 characters. */
    trackingId: string;
    /** The visitor's: 1–256 characters. */
    sessionId: string;
    /** 1–256 characters; absent for an anonymous visitor. */
    userId?: string;
    /** 1–10 events. */
    eventList: WireEvent[];
}
/** An interaction with an action as it is on the wire. */
interface WireActionInteraction extends Omit<TrackedAction, 'properties' | 'sentAt'> {
    /** The visitor's: 1–256 characters. */
    sessionId: string;
    /** 1–256 characters; absent for an anonymous visitor. */
    userId?: string;
    /** Text of a JSON object. */
    properties?: string;
    /** Unix seconds. */
    timestamp: number;
}
/** The body of PutActionInteractions. */
interface PutActionInteractionsBody {
    /** Of the tracker for actions: 1–256 characters. */
    trackingId: string;
    /** 1–10 interactions. */
    actionInteractions: WireActionInteraction[];
}

/**
 * Says what is wrong with a request as it is on the wire, naming field, limit and value; nothing when all is well.
 * The limits are those of `track()`, the service's own. Stops at the first problem: costs less than it took to parse.
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
