import { sha256 } from '../contract/sha256.js';
import type { Batch } from './forward.js';

/** 128 bits, as a UUID has. */
const ID_BYTES = 16;

const digestOf = (value: unknown): string => {
  const bytes = sha256(new TextEncoder().encode(JSON.stringify(value))).slice(0, ID_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/**
 * Returns the batch with an ID for each event that has none. The same batch gets the same IDs, so that an event which is
 * sent again counts once; without an ID the service makes another one each time.
 * @param source tells apart equal batches that are not the same one, such as two records of a stream
 */
export const withEventIds = (batch: Batch, source = ''): Batch => {
  let digest: string | undefined;
  const named = <T extends { eventId?: string }>(event: T, index: number): T => {
    if (event.eventId !== undefined) return event;
    digest ??= digestOf([source, batch]);
    return { ...event, eventId: `${digest}-${index}` };
  };
  return 'eventList' in batch
    ? { ...batch, eventList: batch.eventList.map(named) }
    : { ...batch, actionInteractions: batch.actionInteractions.map(named) };
};
