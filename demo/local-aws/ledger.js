// @ts-check
import { createHash, randomUUID } from 'node:crypto';

/**
 * @typedef {{ eventType: string, sentAt: number, eventId?: string, itemId?: string, eventValue?: number,
 *   properties?: string, recommendationId?: string, impression?: string[],
 *   metricAttribution?: { eventAttributionSource: string }, actionId?: string, timestamp?: number }} WireEvent
 *   or an interaction with an action, which has `actionId` and `timestamp` in place of `itemId` and `sentAt`
 * @typedef {{ trackingId: string, sessionId: string, userId?: string, event: WireEvent }} Sent
 * @typedef {Sent & { eventId: string, form: 'header' | 'query' | 'unsigned', contentType: string | null,
 *   counted: boolean, receivedAt: number, requestId: string }} Accepted
 */

/** A limit, so that a demo that runs for days does not fill the memory. */
export const MAX_KEPT = 100_000;

/** Two keys an event, kept twice as long as the event: retries come within hours. */
const MAX_SEEN = 4 * MAX_KEPT;

/** @param {unknown[]} parts */
const keyOf = (...parts) => createHash('sha256').update(JSON.stringify(parts)).digest('base64');

/** Creates the list of accepted events, which counts each event once. */
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
     * @param {Sent} sent
     * @param {Pick<Accepted, 'form' | 'contentType' | 'receivedAt' | 'requestId'>} how
     */
    add({ trackingId, sessionId, userId, event }, how) {
      // The service answers 200 to this sessionId and ignores the events.
      if (sessionId === 'null') return;
      const { eventId: sent, ...content } = event;
      const eventId = sent ?? randomUUID();
      // Deduplicates by ID; of events with the same content at the same time only the first counts, whatever their IDs.
      const keys = [
        keyOf(trackingId, eventId),
        keyOf(trackingId, sessionId, userId ?? null, Object.entries(content).sort()),
      ];
      const counted = !keys.some((key) => seen.has(key));
      for (const key of keys) seen.add(key);
      for (const oldest of seen) {
        if (seen.size <= MAX_SEEN) break;
        seen.delete(oldest);
      }
      const record = { trackingId, sessionId, ...(userId && { userId }), event, eventId, counted, ...how };
      accepted.push(record);
      if (accepted.length > MAX_KEPT) accepted.shift();
      for (const listener of listeners) listener(record);
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
