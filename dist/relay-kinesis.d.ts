import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { KinesisClient } from '@aws-sdk/client-kinesis';

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

/** A batch whose limits have been checked, and each event of which has an ID. */
type Batch = PutEventsBody | PutActionInteractionsBody;
/**
 * Passes a batch on. Resolves once the next in line is sure to have it; rejects with the AWS SDK's error, whose
 * `$metadata.httpStatusCode` and `name` say what the service has answered. The signal is aborted when nobody waits for
 * it any longer: it then counts as failed, whether it stops or not.
 */
type Forward = (batch: Batch, signal: AbortSignal) => Promise<void>;
/**
 * Sends straight to the service, with the retries and the backoff that the client is set to, until the signal is
 * aborted: the AWS SDK by itself waits for ever.
 */
declare const toPersonalize: (client: PersonalizeEventsClient) => (batch: Batch, signal?: AbortSignal) => Promise<void>;

/** As much of Lambda's context as is looked at. */
interface InvocationContext {
    /** Milliseconds until Lambda ends the function. */
    getRemainingTimeInMillis(): number;
}

/** A record of a Kinesis event source mapping, as Lambda hands it over. */
interface KinesisRecord {
    /** What is looked at of it. */
    kinesis: {
        /** Its place in the shard. */
        sequenceNumber: string;
        /** In base64. */
        data: string;
    };
}
/** What will never be delivered. */
interface Rejected {
    /** Of the record it was in. */
    sequenceNumber: string;
    /** Names field, limit and value, or is the service's message. */
    reason: string;
    /** The batch that it would have been, with this event alone; the record's text where that is no batch. */
    data: unknown;
}

/** What Lambda calls a consumer with. */
interface KinesisEvent {
    /** Of one shard, in order. */
    Records: KinesisRecord[];
}
/** What of it is to come again: all from the first that is named (`ReportBatchItemFailures`). */
interface KinesisBatchResponse {
    /** One at most; none when all is done with. */
    batchItemFailures: {
        /** A record's sequence number. */
        itemIdentifier: string;
    }[];
}
/** What a consumer is made with. */
interface ConsumerOptions {
    /** Where events go: `toPersonalize(client)`. What it rejects with decides what becomes of them. */
    forward: Forward;
    /**
     * The most requests this consumer begins in any second: a whole number from 1. The service takes 1,000 a second for a
     * dataset group by default, and Lambda runs as many consumers at a time as the stream has shards, times the mapping's
     * `ParallelizationFactor`: each gets that share, or a little less where pages send to the service, too. What the
     * client of the AWS SDK repeats after an error, at intervals that grow, comes on top. Default 1,000.
     */
    requestsPerSecond?: number;
    /**
     * An event that will never be delivered: past a limit, refused by the service, or no event at all. It is awaited, for
     * 25 seconds at most; if it fails, the event counts as not delivered and comes again. Default: `console.error`, without
     * the event's data.
     */
    onRejected?: (rejected: Rejected) => unknown;
    /** What ended an invocation, of which the rest comes again. Default: `console.error`. */
    onError?: (error: unknown) => unknown;
}
/**
 * A Lambda handler for the event source mapping of a stream that `toKinesis()` fills; its `FunctionResponseTypes` must
 * have `ReportBatchItemFailures`. Checks each event again, joins those of one session and user into batches of up to ten,
 * and forwards them, a session's in order, sessions side by side, within `requestsPerSecond`.
 *
 * An event that the service refuses (400) is found by halving its batch, reported and passed over. On all else that the
 * client has not overcome by its own attempts (throttling, 5xx, no answer in 25 seconds, missing rights), and two seconds
 * before the function's time is up, it stops and names the first record that is not wholly delivered. Lambda continues
 * from there; what of it had arrived is sent again, and the service counts an event's ID once.
 *
 * It answers half a second before the function's time is up, whatever is pending. The first record is sent before all
 * others, which have their turns in order: each invocation makes progress, also at a low rate and in little time.
 *
 * Throws at once if an option is wrong, naming it.
 * @example export const handler = createConsumer({ forward: toPersonalize(client), requestsPerSecond: 100 })
 */
declare const createConsumer: ({ forward, requestsPerSecond, onRejected, onError, }: ConsumerOptions) => ((event: KinesisEvent, context?: InvocationContext) => Promise<KinesisBatchResponse>);

/** Where a relay puts batches, in place of the service. */
interface KinesisOptions {
    /** The site's own, with its region, credentials, and number of attempts. */
    client: KinesisClient;
    /** The stream's name, 1–128 characters. */
    streamName: string;
}
/**
 * Puts checked batches on a Kinesis data stream, for `createConsumer()` at its other end; the relay's `forward` for
 * traffic beyond one machine. The partition key is the session's ID, so that a session stays in one shard, and in
 * order. A batch is one record; one of actions is one for each session in it.
 *
 * A batch within the service's limits is always within those of a record: ten events of 25 items shown, of 256
 * characters each, are half a mebibyte in JSON that escapes each of them; a record may have one.
 *
 * Rejects as the service would: with `$metadata.httpStatusCode` 429 when the stream throttles, 403 when it refuses for
 * another reason, such as the role's rights or the stream's name. To either a relay answers that the tracker is to keep
 * what it has and try again. The stream's own error is the `cause`. An action batch of several sessions may then be on the
 * stream in part, and comes again whole: the service counts an event's ID once.
 *
 * Throws at once if an option is wrong, naming it.
 * @example createRelay({ trackingId, forward: toKinesis({ client: new KinesisClient({}), streamName: 'events' }) })
 */
declare const toKinesis: ({ client, streamName }: KinesisOptions) => (batch: Batch, signal?: AbortSignal) => Promise<void>;

export { createConsumer, toKinesis, toPersonalize };
export type { Batch, ConsumerOptions, Forward, InvocationContext, KinesisBatchResponse, KinesisEvent, KinesisOptions, KinesisRecord, PutActionInteractionsBody, PutEventsBody, Rejected, WireActionInteraction, WireEvent };
