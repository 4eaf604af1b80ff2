import { type TrackedAction, type TrackedEvent } from './event.js';
/** An operation of the service, by its path. */
export type Operation = 'events' | 'action-interactions';
/** An event as it is on the wire. */
export interface WireEvent extends Omit<TrackedEvent, 'properties' | 'sentAt'> {
    /** Text of a JSON object. */
    properties?: string;
    /** Unix seconds. */
    sentAt: number;
}
/** The body of PutEvents. */
export interface PutEventsBody {
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
export interface WireActionInteraction extends Omit<TrackedAction, 'properties' | 'sentAt'> {
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
export interface PutActionInteractionsBody {
    /** Of the tracker for actions: 1–256 characters. */
    trackingId: string;
    /** 1–10 interactions. */
    actionInteractions: WireActionInteraction[];
}
/**
 * Says what is wrong with a request as it is on the wire, naming field, limit and value; nothing when all is well.
 * The limits are those of `track()`, the service's own.
 */
export declare const problemOfRequest: (operation: Operation, input: unknown) => string | undefined;
