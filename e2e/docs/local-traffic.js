// @ts-check
// Traffic for the pictures of the local AWS's page: visitors of the storefront, and the mistakes that a new site makes.

import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { readFilms } from '../../demo/films.js';

/** @typedef {import('personalize-beacon/local').RunningLocalAws} RunningLocalAws */

const FILMS = readFilms().map(({ id }) => id);
const SESSIONS = ['Vq3kT0rJxwOeZ1', 'b8Hn2LmPzdUf6c', 'mC7yWf5sQeXa0i', 'Zt4RgU9aKoBh3p', 'xP1vEj6NhBqS8d'];
const USERS = ['ann', 'ben', 'chloe'];
const TYPES = ['view', 'view', 'click', 'watch', 'view', 'add to cart', 'click', 'purchase'];
const ROWS = ['top-rated', 'new', 'because-you-watched'];
const ORIGIN = 'https://shop.example';
const FIRST_SECOND = 1_780_000_000;

/** @template T @param {T[]} list @param {number} i @returns {T} */
const pick = (list, i) => /** @type {T} */ (list[i % list.length]);

/** Returns an event. Some have a property without a column, as by a typing error. @param {number} i */
const eventOf = (i) => ({
  eventType: pick(TYPES, i * 5 + (i >> 3)),
  itemId: pick(FILMS, i * 7 + (i >> 2)),
  sentAt: FIRST_SECOND + i * 7,
  eventId: `${pick(SESSIONS, i)}${i}`,
  properties: JSON.stringify({
    row: pick(ROWS, i),
    ...(i % 11 === 4 ? { pozition: (i % 9) + 1 } : { position: (i % 9) + 1 }),
    ...(i % 17 === 3 && { genre: 'Drama' }),
  }),
  ...(i % 8 === 7 && { eventValue: 9.99 }),
  ...(i % 4 === 1 && { recommendationId: 'RID-20-4ed8-9f2a' }),
});

/** Returns a function that sends a batch, signed as by the tracker. @param {RunningLocalAws} aws */
const createSender = (aws) => {
  const { host, hostname, port } = new URL(aws.url);
  const credentials = aws.issueCredentials();
  const signer = new SignatureV4({
    service: 'personalize',
    region: 'us-east-1',
    credentials,
    sha256: Sha256,
  });
  /** @param {object} batch @param {boolean} isBeacon */
  return async (batch, isBeacon) => {
    const body = JSON.stringify({ trackingId: 'demo-tracker', ...batch });
    const type = { 'content-type': isBeacon ? 'text/plain' : 'application/json' };
    const request = new HttpRequest({ method: 'POST', hostname, port: Number(port), path: '/events', body });
    request.headers = { host, ...(!isBeacon && type) };
    const { headers, query } = isBeacon ? await signer.presign(request) : await signer.sign(request);
    const search = new URLSearchParams(/** @type {Record<string, string>} */ (query));
    await fetch(`${aws.url}/events?${search}`, {
      method: 'POST',
      headers: { ...headers, ...type, origin: ORIGIN },
      body,
    });
  };
};

/** Sends some hundred events of all kinds. @param {RunningLocalAws} aws @param {number} [visits] */
export const sendTraffic = async (aws, visits = 60) => {
  const send = createSender(aws);
  for (let visit = 0; visit < visits; visit++) {
    const sessionId = `${pick(SESSIONS, visit)}${visit % 25}`;
    const eventList = Array.from({ length: (visit % 5) + 2 }, (_, i) => eventOf(visit * 10 + i));
    const [first] = eventList;
    await fetch(`${aws.url}/events`, { method: 'OPTIONS', headers: { origin: ORIGIN } });
    await send({ sessionId, eventList }, visit % 4 === 3);
    if (visit % 3 === 1) {
      await send({ sessionId, userId: pick(USERS, visit), eventList: [eventOf(visit * 10 + 8)] }, false);
    }
    if (visit % 9 === 4) await send({ sessionId, eventList: eventList.slice(0, 2) }, true);
    if (visit % 13 === 6) {
      await send(
        { sessionId, eventList: [{ ...first, eventId: `${visit}`, itemId: 'x'.repeat(300) }] },
        false,
      );
    }
    if (visit % 17 === 8) await send({ sessionId: 'null', eventList: [eventOf(visit * 10 + 9)] }, false);
    if (visit % 19 === 9) {
      const undo = aws.fail({ status: 503, type: 'ServiceUnavailableException' });
      await send({ sessionId, eventList: [eventOf(visit * 10 + 9)] }, false);
      undo();
    }
  }
};
