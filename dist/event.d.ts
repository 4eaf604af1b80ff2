/** The value of a property: the text of a column of the dataset's schema, or a number or boolean of it. */
export type PropertyValue = string | number | boolean | null;
/**
 * One event, in the service's own field names. Every limit is the service's
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_Event.html); what is past one is refused at once.
 */
export interface TrackedEvent {
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
    /** The items shown together, in order: 1–25 item IDs. Wins over what `recommendationId` stands for. */
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
export interface TrackedAction extends Pick<TrackedEvent, 'properties' | 'recommendationId' | 'impression' | 'eventId' | 'sentAt'> {
    /** What was done about it. */
    eventType: 'Taken' | 'Not Taken' | 'Viewed';
    /** 1–256 characters. */
    actionId: string;
}
/** An event as it waits: checked and named, in the form the service takes. */
export interface RecordedEvent extends Omit<TrackedEvent, 'properties'> {
    /** Of an action's event alone. */
    actionId?: string;
    eventId: string;
    /** JSON text. */
    properties?: string;
    /** Unix seconds on the visitor's clock, which is corrected when the event is sent. */
    sentAt: number;
}
/** Whether it is an action's. */
export declare const isAction: (event: TrackedEvent | TrackedAction) => event is TrackedAction;
/**
 * Says what is wrong with an event, naming field, limit and value; nothing when all is well.
 * The input may be anything at all: page code is not always type-checked.
 */
export declare const problemOf: (event: TrackedEvent | TrackedAction) => string | undefined;
/** A user's ID has the limits of an item's. */
export declare const problemOfUserId: (userId: string) => string | undefined;
/** Names and times a checked event; a copy, so that the page may change its own. `now` in Unix milliseconds. */
export declare const recordEvent: (event: TrackedEvent | TrackedAction, now: number, mint: () => string) => RecordedEvent;
