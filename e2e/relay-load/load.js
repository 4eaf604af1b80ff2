// @ts-check
import autocannon from 'autocannon';

/** @typedef {{ rate: number, p50: number, p99: number }} Figures requests a second, and milliseconds */

/** A batch as a shop sends it: ten clicks on a shelf of five. */
const BODY = JSON.stringify({
  trackingId: 'demo-tracker',
  sessionId: 'V1StGXR8_Z5jdHi6B-myT',
  userId: 'user-5',
  eventList: Array.from({ length: 10 }, (_, n) => ({
    eventType: 'click',
    itemId: `movie-${n}`,
    eventId: `Uakgb_J5m9g-0JDMbcJq${n}`,
    sentAt: 1_700_000_000 + n,
    recommendationId: 'RID-4f1c8a52-1c1f-4c0f-9a53-2f6b1f0f2b10',
    impression: ['movie-1', 'movie-2', 'movie-3', 'movie-4', 'movie-5'],
    properties: '{"position":3,"page":"home"}',
  })),
});

export const BODY_BYTES = Buffer.byteLength(BODY);

/**
 * Loads a server with batches, and fails unless all are accepted.
 * @param {string} origin
 * @param {{ connections: number, duration: number }} how `duration` in seconds
 * @returns {Promise<Figures>}
 */
export const load = async (origin, how) => {
  const { requests, latency, errors, non2xx } = await autocannon({
    ...how,
    url: `${origin}/collect/events`,
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: BODY,
  });
  // Refusals are fast, and would distort the figures.
  if (errors || non2xx) throw new Error(`${origin}: ${errors} requests without an answer, ${non2xx} refused`);
  return { rate: requests.mean, p50: latency.p50, p99: latency.p99 };
};
