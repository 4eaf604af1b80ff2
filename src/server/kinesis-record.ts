import { tryOrUndefined } from '../contract/try.js';
import { problemOfRequest } from '../contract/validate-request.js';
import { withEventIds } from './event-id.js';
import type { Batch } from './forward.js';
import { type Single, splitBatchByEvent } from './regroup.js';

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
  /** The record's place among those of the invocation. */
  position: number;
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

const decode = (data: string) =>
  new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));

const parse = (text: string): unknown => tryOrUndefined(() => JSON.parse(text));

/** What is in a record, each event checked by itself: one bad event never holds back nine good ones. */
export const read = (
  { kinesis }: KinesisRecord,
  position: number,
): { singles: RecordedSingle[]; rejected: Rejected[] } => {
  const { sequenceNumber } = kinesis;
  const text = decode(kinesis.data);
  const body = Object(parse(text));
  const isOfActions = 'actionInteractions' in body && !('eventList' in body);
  const operation = isOfActions ? 'action-interactions' : 'events';
  const list = isOfActions ? body.actionInteractions : body.eventList;
  if (!Array.isArray(list) || !list.length) {
    const reason = problemOfRequest(operation, parse(text)) ?? 'the record is no batch';
    return { singles: [], rejected: [{ sequenceNumber, reason, data: text }] };
  }
  const singles: RecordedSingle[] = [];
  const rejected: Rejected[] = [];
  for (const [index, { batch }] of splitBatchByEvent(body as Batch).entries()) {
    const reason = problemOfRequest(operation, batch);
    if (reason) rejected.push({ sequenceNumber, reason, data: batch });
    else {
      // The same ID whenever Lambda hands the record over.
      singles.push({ sequenceNumber, position, batch: withEventIds(batch, `${sequenceNumber}/${index}`) });
    }
  }
  return { singles, rejected };
};
