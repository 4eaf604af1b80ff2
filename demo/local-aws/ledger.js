// @ts-check
import { randomUUID } from 'node:crypto';

/**
 * @typedef {{ eventType: string, sentAt: number, eventId?: string, itemId?: string, eventValue?: number,
 *   properties?: string, recommendationId?: string, impression?: string[] }} WireEvent
 * @typedef {{ trackingId: string, sessionId: string, userId?: string, event: WireEvent, eventId: string,
 *   form: 'header' | 'query' | 'unsigned', counted: boolean, receivedAt: number, requestId: string }} Accepted
 */

/** A demo left running for days must not fill the memory. */
const MAX_KEPT = 100_000;

/** What was accepted, each event counted once. */
export const createLedger = () => {
  /** @type {Accepted[]} */
  const accepted = [];
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Set<(event: Accepted) => void>} */
  const listeners = new Set();

  return {
    accepted,
    /**
     * @param {{ trackingId: string, sessionId: string, userId?: string, eventList: WireEvent[] }} batch
     * @param {Pick<Accepted, 'form' | 'receivedAt' | 'requestId'>} how
     */
    add({ trackingId, sessionId, userId, eventList }, how) {
      // The service answers 200 to this sessionId and uses nothing of it.
      if (sessionId === 'null') return;
      for (const event of eventList) {
        const { eventId = randomUUID(), ...content } = event;
        // By its ID; and of the same content at the same time, under whatever IDs, the first is kept.
        const keys = [`${trackingId} ${eventId}`, JSON.stringify([trackingId, sessionId, userId, content])];
        const counted = !keys.some((key) => seen.has(key));
        for (const key of keys) seen.add(key);
        const record = { trackingId, sessionId, ...(userId && { userId }), event, eventId, counted, ...how };
        accepted.push(record);
        if (accepted.length > MAX_KEPT) accepted.shift();
        for (const listener of listeners) listener(record);
      }
    },
    /** @param {(event: Accepted) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset() {
      accepted.length = 0;
      seen.clear();
    },
  };
};
