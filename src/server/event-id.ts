import { sha256 } from '../contract/sha256.js';
import type { Batch } from './forward.js';

/** 128 bits, the length of a UUID. */
const ID_BYTES = 16;

const digestOf = (value: unknown): string => {
  const bytes = sha256(new TextEncoder().encode(JSON.stringify(value))).slice(0, ID_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/**
 * Returns the batch with an ID for each event that has none. The same batch always gets the same IDs, so that an event
 * that is sent twice counts once: without an ID the service generates a new one each time.
 * @param source distinguishes equal batches that are not duplicates, such as two records of a stream
 */
export const withEventIds = (batch: Batch, source = ''): Batch => {
  let digest: string | undefined;
  const withId = <T extends { eventId?: string }>(event: T, index: number): T => {
    if (event.eventId !== undefined) return event;
    digest ??= digestOf([source, batch]);
    return { ...event, eventId: `${digest}-${index}` };
  };
  return 'eventList' in batch
    ? { ...batch, eventList: batch.eventList.map(withId) }
    : { ...batch, actionInteractions: batch.actionInteractions.map(withId) };
};
