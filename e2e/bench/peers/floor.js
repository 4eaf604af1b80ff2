// The least code that could report events: the platform's calls and nothing else. The listener and the observer are those
// of all peers without markup of their own.
const URL = 'https://beacon.shop.example/events';

let isLate = false;
let events = [];

/** Sends the events: by a beacon, or by `fetch` if there are too many bytes for one. */
const send = () => {
  if (!events.length) return;
  const body = JSON.stringify({ trackingId: 'demo-tracker', sessionId: 'bench', eventList: events });
  events = [];
  navigator.sendBeacon(URL, body) || fetch(URL, { method: 'POST', body });
};

/** @param {{ atEnd: boolean }} options `atEnd`: one beacon for the whole visit, when the page is left */
export const start = ({ atEnd }) => {
  isLate = atEnd;
  if (isLate) addEventListener('pagehide', send);
  indexedDB.open('floor');
};

/** Sends the events of one task together. @param {string} itemId */
export const record = (itemId) => {
  if (!events.length && !isLate) queueMicrotask(send);
  events.push({ eventType: 'click', itemId, properties: '{"row":"top"}', sentAt: Date.now() / 1000 });
};
