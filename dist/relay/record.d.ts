import { type Single } from './regroup.js';
/** A record of a Kinesis event source mapping, as Lambda hands it over. */
export interface KinesisRecord {
    /** What is looked at of it. */
    kinesis: {
        /** Its place in the shard. */
        sequenceNumber: string;
        /** In base64. */
        data: string;
    };
}
/** One event of a record. */
export interface RecordedSingle extends Single {
    sequenceNumber: string;
}
/** What will never be delivered. */
export interface Rejected {
    /** Of the record it was in. */
    sequenceNumber: string;
    /** Names field, limit and value, or is the service's message. */
    reason: string;
    /** The batch that it would have been, with this event alone; the record's text where that is no batch. */
    data: unknown;
}
/** What is in a record, each event checked by itself: one bad event never holds back nine good ones. */
export declare const read: ({ kinesis }: KinesisRecord) => {
    singles: RecordedSingle[];
    rejected: Rejected[];
};
