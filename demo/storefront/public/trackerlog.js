// @ts-check
// The tracker's reports, kept from page to page: with real AWS there is nothing else to show.

import { entryLimit } from './receipt.js';
import { readShopper, userIdOf } from './shopper.js';
import { tracker } from './tracker.js';

/** @typedef {import('./receipt.js').Entry} Entry */
/** @typedef {import('../../../src/index.js').Tracker} Tracker */
/** @typedef {import('../../../src/index.js').TrackerEvents} TrackerEvents */

const KEY = 'back-row:reported';

/** @returns {Entry[]} newest first */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
  } catch {
    return []; // storage is blocked
  }
}

/** @param {Entry[]} entries */
function write(entries) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // Blocked or full: the list lasts as long as the page.
  }
}

/** @param {Entry[]} entries */
const totalsOf = (entries) => {
  const rejected = entries.filter(({ outcome }) => outcome === 'rejected').length;
  const sessions = new Set(entries.flatMap(({ sessionId }) => sessionId ?? [])).size;
  return { events: entries.length - rejected, repeats: rejected, sessions };
};

export const readTrackerEntries = () => {
  const entries = read();
  return { entries, totals: totalsOf(entries) };
};

/** @param {(more: { entries: Entry[], totals: ReturnType<typeof totalsOf> }) => void} show */
export function watchTracker(show) {
  let entries = read();
  /** @type {Entry[]} */
  let reported = [];
  let batches = 0;
  const page = Date.now();

  const flush = () => {
    const requestId = `${page}-${batches++}`;
    const more = reported.map((entry) => ({ ...entry, requestId })).reverse();
    reported = [];
    entries = [...more, ...entries].slice(0, entryLimit);
    write(entries);
    show({ entries: more, totals: totalsOf(entries) });
  };
  // The tracker reports the events of a request one by one, in one task.
  /** @param {Entry} entry */
  const add = (entry) => {
    if (reported.push(entry) === 1) queueMicrotask(flush);
  };

  tracker.then((personalize) => {
    personalize.on('delivered', (event) => add(entryOf(personalize, event, 'delivered', 'answered 200')));
    personalize.on('rejected', ({ event, reason }) => add(entryOf(personalize, event, 'rejected', reason)));
  });

  const clear = () => {
    entries = [];
    write(entries);
  };
  return { clear };
}

/**
 * Returns the entry for an event. The tracker reports no session or user with it, so the current ones are used.
 * @param {Tracker} personalize
 * @param {TrackerEvents['rejected']['event']} event
 * @param {'delivered' | 'rejected'} outcome
 * @param {string} way
 * @returns {Entry}
 */
function entryOf({ sessionId }, event, outcome, way) {
  const shopper = readShopper(document.cookie);
  // An action has no item.
  const { itemId, actionId, eventValue } =
    /** @type {{ itemId?: string, actionId?: string, eventValue?: number }} */ (event);
  return {
    time: Date.now(),
    eventType: event.eventType,
    itemId: itemId ?? actionId,
    isAction: actionId !== undefined,
    eventValue,
    shown: event.impression?.length,
    recommendationId: event.recommendationId,
    sessionId,
    userId: shopper && userIdOf(shopper),
    way,
    outcome,
  };
}
