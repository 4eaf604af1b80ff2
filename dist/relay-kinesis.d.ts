import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { KinesisClient } from '@aws-sdk/client-kinesis';

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

/** The part of Lambda's context that is read. */
interface InvocationContext {
    /** Returns the milliseconds until Lambda ends the function. */
    getRemainingTimeInMillis(): number;
}

/** A record of a Kinesis event source mapping, as Lambda passes it. */
interface KinesisRecord {
    /** The part that is read. */
    kinesis: {
        /** The record's place in the shard. */
        sequenceNumber: string;
        /** Base64. */
        data: string;
    };
}
/** An event that will never be delivered. */
interface Rejected {
    /** The sequence number of its record. */
    sequenceNumber: string;
    /** Names field, limit and value, or is the service's message. */
    reason: string;
    /** The batch with this event alone; the record's text if that is no batch. */
    data: unknown;
}

/** The event that Lambda calls a consumer with. */
interface KinesisEvent {
    /** Records of one shard, in order. */
    Records: KinesisRecord[];
}
/** Tells Lambda to pass again all records from the named one on (`ReportBatchItemFailures`). */
interface KinesisBatchResponse {
    /** At most one; none when every event is delivered or reported. */
    batchItemFailures: {
        /** A record's sequence number. */
        itemIdentifier: string;
    }[];
}
/** Options of a consumer. */
interface ConsumerOptions {
    /** Sends events on: `toPersonalize(client)`. The error that it rejects with decides what becomes of them. */
    forward: Forward;
    /**
     * The most requests this consumer begins in any second: a whole number from 1. The service takes 1,000 a second for a
     * dataset group by default, and Lambda runs as many consumers at a time as the stream has shards, times the mapping's
     * `ParallelizationFactor`: give each its share, or a little less if pages send to the service, too. The AWS SDK
     * client's own retries, which have a backoff, come on top. Default 1,000.
     */
    requestsPerSecond?: number;
    /**
     * Called with an event that will never be delivered: past a limit, refused by the service, or no event at all. It is
     * awaited, for 25 seconds at most; if it fails, the event counts as not delivered and is passed again. Default:
     * `console.error`, without the event's data.
     */
    onRejected?: (rejected: Rejected) => unknown;
    /** Called with the error that ended an invocation early; the rest is passed again. Default: `console.error`. */
    onError?: (error: unknown) => unknown;
}
/**
 * Returns a Lambda handler for the event source mapping of a stream that `toKinesis()` fills; its
 * `FunctionResponseTypes` must have `ReportBatchItemFailures`. The handler checks each event again, merges those of one
 * session and user into batches of up to ten, and forwards them within `requestsPerSecond`: the events of a session in
 * order, sessions in parallel.
 *
 * An event that the service refuses (400) is found by splitting its batch, reported and skipped. The handler stops at any
 * other error that the client's own retries have not overcome (throttling, 5xx, no answer in 25 seconds, missing rights),
 * and two seconds before the function's time is up. It then names the first record that is not wholly delivered, and
 * Lambda continues from there. Events that had arrived are sent again; the service counts an event's ID once.
 *
 * The handler answers half a second before the function's time is up, whatever is pending. The first record is sent before
 * all others, which follow in order: each invocation makes progress, also at a low rate and in little time.
 *
 * Throws at once if an option is wrong, naming it.
 * @example export const handler = createConsumer({ forward: toPersonalize(client), requestsPerSecond: 100 })
 */
declare const createConsumer: ({ forward, requestsPerSecond, onRejected, onError, }: ConsumerOptions) => ((event: KinesisEvent, context?: InvocationContext) => Promise<KinesisBatchResponse>);

/** Options of `toKinesis()`. */
interface KinesisOptions {
    /** The site's client, with its region, credentials and number of attempts. */
    client: KinesisClient;
    /** The stream's name, 1–128 characters. */
    streamName: string;
}
/**
 * Returns a relay's `forward` for traffic beyond one machine: it puts batches on a Kinesis data stream, for
 * `createConsumer()` at the other end. The partition key is the session's ID, so that a session stays in one shard, and
 * in order. A batch is one record; a batch of actions is one record for each session in it.
 *
 * A batch within the service's limits is always within those of a record: ten events with an impression of 25 items, of
 * 256 characters each, are half a mebibyte in JSON that escapes every character; a record may have one mebibyte.
 *
 * Rejects as the service would: with `$metadata.httpStatusCode` 429 when the stream throttles, 403 when it refuses for
 * another reason, such as the role's rights or the stream's name. To both a relay answers that the tracker is to keep the
 * batch and retry. The stream's own error is the `cause`. A batch of actions of several sessions may then be on the
 * stream in part, and all of it is sent again: the service counts an event's ID once.
 *
 * Throws at once if an option is wrong, naming it.
 * @example createRelay({ trackingId, forward: toKinesis({ client: new KinesisClient({}), streamName: 'events' }) })
 */
declare const toKinesis: ({ client, streamName }: KinesisOptions) => (batch: Batch, signal?: AbortSignal) => Promise<void>;

export { createConsumer, toKinesis, toPersonalize };
export type { Batch, ConsumerOptions, Forward, InvocationContext, KinesisBatchResponse, KinesisEvent, KinesisOptions, KinesisRecord, PutActionInteractionsBody, PutEventsBody, Rejected, WireActionInteraction, WireEvent };
