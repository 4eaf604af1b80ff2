// @ts-check
// The events that the local AWS has accepted, as a snapshot for the page and as a stream of Server-Sent Events.

import { createSwitchboard } from './faults.js';
import { entryLimit } from './public/receipt.js';

/** @typedef {import('../start.js').LocalAws} LocalAws */
/** @typedef {import('personalize-beacon/local').ReceivedEvent} ReceivedEvent */
/** @typedef {import('./public/receipt.js').Entry} Entry */
/** @typedef {import('./public/receipt.js').Totals} Totals */

/** @type {Record<ReceivedEvent['form'], string>} */
const WAYS = {
  header: 'fetch · signed header',
  query: 'beacon · presigned URL',
  unsigned: 'own origin · unsigned',
};

// A proxy, or a laptop that sleeps, may drop an idle stream.
const HEARTBEAT_MS = 25_000;

/**
 * @param {LocalAws} aws
 * @param {Map<string, string>} titles by the ID of item or action
 */
export function createLive(aws, titles) {
  /** @type {Set<import('node:http').ServerResponse>} */
  const open = new Set();
  const switchboard = createSwitchboard(aws, titles);

  /** @param {ReceivedEvent} received @returns {Entry} */
  const entryOf = ({ event, sessionId, userId, form, status, receivedAt, requestId }) => ({
    time: receivedAt,
    eventType: event.eventType,
    itemId: event.itemId ?? event.actionId,
    title: titles.get(event.itemId ?? event.actionId ?? ''),
    isAction: event.actionId !== undefined,
    eventValue: event.eventValue,
    shown: event.impression?.length,
    recommendationId: event.recommendationId,
    sessionId,
    userId,
    way: WAYS[form],
    outcome: status === 'accepted' ? 'counted' : 'repeat',
    requestId,
  });

  /** @returns {Totals} */
  const totals = () => {
    const repeats = aws.acknowledged.filter(({ status }) => status === 'duplicate').length;
    return {
      events: aws.acknowledged.length - repeats,
      repeats,
      sessions: new Set(aws.acknowledged.map(({ sessionId }) => sessionId)).size,
      waiting: aws.interactionsLeftOut().anonymous,
    };
  };

  const snapshot = () => ({
    entries: aws.acknowledged.slice(-entryLimit).reverse().map(entryOf),
    totals: totals(),
    faults: switchboard.state(),
  });

  /** @param {string} name @param {unknown} data */
  const message = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

  /** @param {string} text */
  const broadcast = (text) => {
    for (const response of open) response.write(text);
  };

  /** @type {ReceivedEvent[]} */
  let arrived = [];
  const flush = () => {
    const entries = arrived.slice(-entryLimit).reverse().map(entryOf);
    arrived = [];
    if (entries.length && open.size) broadcast(message('accepted', { entries, totals: totals() }));
  };
  // The events of a batch arrive together and are sent together, once the local AWS has processed it.
  const unsubscribe = aws.on('event', (event) => {
    if (event.status !== 'accepted' && event.status !== 'duplicate') return;
    if (arrived.push(event) === 1) setImmediate(flush);
  });
  let faultsChanged = false;
  const unwatch = aws.on('faults', () => {
    if (faultsChanged) return;
    faultsChanged = true;
    setImmediate(() => {
      faultsChanged = false;
      broadcast(message('faults', switchboard.state()));
    });
  });
  const heartbeat = setInterval(() => broadcast(':\n\n'), HEARTBEAT_MS).unref();

  /** @type {import('node:http').RequestListener} */
  const stream = (_request, response) => {
    flush(); // to the open streams: the snapshot includes these entries, too
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 1000\n\n${message('snapshot', snapshot())}`);
    open.add(response);
    response.on('close', () => open.delete(response));
  };

  const clear = () => {
    aws.clear();
    arrived = [];
    broadcast(message('snapshot', snapshot()));
  };

  const close = () => {
    unsubscribe();
    unwatch();
    clearInterval(heartbeat);
  };

  return { snapshot, stream, clear, press: switchboard.press, close };
}
