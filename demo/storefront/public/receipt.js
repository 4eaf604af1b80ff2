// @ts-check
// The till receipt: one line for each event, the same made by the server (first paint) and in the browser (live).

import { html } from './html.js';

/**
 * @typedef {object} Entry
 * @property {number} time  milliseconds
 * @property {string} eventType
 * @property {string} [itemId]
 * @property {string} [title]
 * @property {number} [eventValue]
 * @property {number} [shown] how many items its impression lists
 * @property {string} [recommendationId]
 * @property {string} [sessionId]
 * @property {string} [userId]
 * @property {string} way how it came
 * @property {'counted' | 'repeat' | 'delivered' | 'rejected'} outcome
 * @property {string} [requestId]
 */

/** @typedef {{ events: number, repeats: number, sessions: number, waiting?: number }} Totals */

/**
 * A fault that is on: `name` is that of its button, if it has one; `title` what it refuses.
 * @typedef {{ name?: string | undefined, hits?: number, title?: string }} FaultOn
 */

/** How many lines are kept; older ones scroll off the paper. */
export const receiptLimit = 50;

/** @type {Record<Entry['outcome'], string>} */
const OUTCOMES = {
  counted: 'counted',
  repeat: 'repeat, not counted',
  delivered: 'delivered',
  rejected: 'rejected',
};

/** Sessions are random; the first eight characters tell them apart. @param {string} sessionId */
const short = (sessionId) => sessionId.slice(0, 8);

/** @param {number} ms */
const clockTime = (ms) => new Date(ms).toLocaleTimeString('en-GB');

/** @param {Entry} entry */
export const receiptLine = (entry) => html`<li class="entry ${entry.outcome}">
  <p class="entry-head"><b class="entry-type">${entry.eventType}</b><span class="entry-outcome">${OUTCOMES[entry.outcome]}</span><time datetime="${new Date(entry.time).toISOString()}">${clockTime(entry.time)}</time></p>
  <p class="entry-item" title="${entry.itemId ?? ''}">${entry.title ?? entry.itemId ?? 'no item'}${
    entry.eventValue !== undefined && html` <span class="entry-value">${entry.eventValue}</span>`
  }</p>
  <p class="entry-who">${entry.userId ?? 'anonymous'}${entry.sessionId && html` · session <span title="${entry.sessionId}">${short(entry.sessionId)}</span>`}</p>
  <p class="entry-how">${entry.way}${entry.shown !== undefined && html` · ${entry.shown} shown`}${
    entry.recommendationId &&
    html` · <span title="${entry.recommendationId}">${entry.recommendationId.slice(0, 10)}…</span>`
  }</p>
</li>`;

/** @param {number} count @param {string} one */
const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The line about what the CSV leaves out. @param {Totals} totals */
export const waitingText = ({ waiting = 0 }) =>
  waiting === 0
    ? 'No anonymous event waits for a log-in.'
    : `${counted(waiting, 'anonymous event')} ${waiting === 1 ? 'waits' : 'wait'} for a log-in.`;

/** @param {Totals} totals */
export const summaryText = ({ events }) => `${counted(events, 'event')} received`;

/** For the bar, which says nothing when all is well. @param {FaultOn[]} faults */
export const faultsText = ({ length }) => (length === 0 ? '' : counted(length, 'fault'));

/** For their own section. @param {FaultOn[]} faults */
export const faultsState = ({ length }) => (length === 0 ? 'all well' : `${length} on`);

/** @param {FaultOn | undefined} fault */
export const hitsText = (fault) => (fault?.hits ? `×${fault.hits}` : '');
