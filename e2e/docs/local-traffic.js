// @ts-check
// Traffic for the pictures of the local AWS's page: visitors of the storefront, and the mistakes that a new site makes.

import { readFilms } from '../../demo/films.js';

/** @typedef {import('personalize-beacon/local').RunningLocalAws} RunningLocalAws */

const FILMS = readFilms().map(({ id }) => id);
const SESSIONS = ['Vq3kT0rJxw', 'b8Hn2LmPzd', 'mC7yWf5sQe', 'Zt4RgU9aKo', 'xP1vEj6NhB', 'yD0sMk8LcF'];
const TYPES = ['view', 'view', 'view', 'click', 'click', 'watch', 'add to cart', 'purchase'];
const FIRST_SECOND = 1_750_000_000;
/** Visits in which the visitor logs in halfway. */
const LOGIN_FROM = 5;

/** @template T @param {T[]} list @param {number} i @returns {T} */
const pick = (list, i) => /** @type {T} */ (list[i % list.length]);

/** @param {number} i */
const eventOf = (i) => ({
  eventType: pick(TYPES, i * 5 + (i >> 3)),
  itemId: pick(FILMS, i * 3 + (i >> 2)),
  sentAt: FIRST_SECOND + i * 7,
  eventId: `e${i}-${pick(SESSIONS, i)}`,
  properties: JSON.stringify({
    row: pick(['top-rated', 'new', 'because-you-watched'], i),
    position: (i % 9) + 1,
    ...(i % 11 === 4 && { pozition: 3 }),
    ...(i % 17 === 3 && { genre: 'Drama' }),
  }),
  ...(i % 8 === 7 && { eventValue: 9.99 }),
  ...(i % 4 === 1 && { recommendationId: 'RID-20-4ed8-9f2a' }),
});

/** Sends some hundred events of all kinds. @param {RunningLocalAws} aws @param {number} [visits] */
export const sendTraffic = async ({ url, fail }, visits = 60) => {
  /** @param {string} sessionId @param {object[]} eventList @param {object} [more] */
  const post = (sessionId, eventList, more) =>
    fetch(`${url}/collect/events`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: 'https://shop.example' },
      body: JSON.stringify({ trackingId: 'demo-tracker', sessionId, eventList, ...more }),
    });

  for (let visit = 0; visit < visits; visit++) {
    const sessionId = `${pick(SESSIONS, visit)}${visit % 12}`;
    const events = Array.from({ length: (visit % 5) + 2 }, (_, i) => eventOf(visit * 10 + i));
    const isUser = visit % 10 >= LOGIN_FROM;
    await post(sessionId, events, isUser ? { userId: pick(['ann', 'ben', 'chloe'], visit) } : {});
    if (visit % 9 === 4) await post(sessionId, events.slice(0, 2));
    if (visit % 13 === 6)
      await post(sessionId, [{ ...events[0], eventId: `long-${visit}`, itemId: 'x'.repeat(300) }]);
    if (visit % 17 === 8) await post('null', events.slice(0, 1));
    if (visit % 19 === 9) {
      const undo = fail({ status: 503, type: 'ServiceUnavailableException' });
      await post(sessionId, events.slice(0, 1));
      undo();
    }
    await fetch(`${url}/events`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
  }
};
