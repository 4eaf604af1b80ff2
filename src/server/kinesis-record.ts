import { tryOrUndefined } from '../contract/try.js';
import { problemOfRequest } from '../contract/validate-request.js';
import { withEventIds } from './event-id.js';
import type { Batch } from './forward.js';
import { type SingleEvent, splitBatchByEvent } from './regroup.js';

/** A record of a Kinesis event source mapping, as Lambda passes it. */
export interface KinesisRecord {
  /** The part that is read. */
  kinesis: {
    /** The record's place in the shard. */
    sequenceNumber: string;
    /** Base64. */
    data: string;
  };
}

/** One event of a record. */
export interface StreamEvent extends SingleEvent {
  sequenceNumber: string;
  /** The index of its record in the invocation. */
  position: number;
}

/** An event that will never be delivered. */
export interface Rejected {
  /** The sequence number of its record. */
  sequenceNumber: string;
  /** Names field, limit and value, or is the service's message. */
  reason: string;
  /** The batch with this event alone; the record's text if that is no batch. */
  data: unknown;
}

/** The events of a record. */
export interface RecordContent {
  events: StreamEvent[];
  rejected: Rejected[];
}

const decode = (data: string) =>
  new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));

const parse = (text: string): unknown => tryOrUndefined(() => JSON.parse(text));

/** Reads a record and checks each event by itself: one bad event never holds back nine good ones. */
export const readRecord = ({ kinesis }: KinesisRecord, position: number): RecordContent => {
  const { sequenceNumber } = kinesis;
  const text = decode(kinesis.data);
  const body = Object(parse(text));
  const isOfActions = 'actionInteractions' in body && !('eventList' in body);
  const operation = isOfActions ? 'action-interactions' : 'events';
  const list = isOfActions ? body.actionInteractions : body.eventList;
  if (!Array.isArray(list) || !list.length) {
    const reason = problemOfRequest(operation, parse(text)) ?? 'the record is no batch';
    return { events: [], rejected: [{ sequenceNumber, reason, data: text }] };
  }
  const events: StreamEvent[] = [];
  const rejected: Rejected[] = [];
  for (const [index, { batch }] of splitBatchByEvent(body as Batch).entries()) {
    const reason = problemOfRequest(operation, batch);
    if (reason) rejected.push({ sequenceNumber, reason, data: batch });
    else {
      // The ID stays the same when Lambda passes the record again.
      events.push({ sequenceNumber, position, batch: withEventIds(batch, `${sequenceNumber}/${index}`) });
    }
  }
  return { events, rejected };
};
