// @ts-check
// The receipt: a line for each event, or each run of impressions, rendered alike on the server (first paint) and live.

import { html } from './html.js';

/**
 * @typedef {object} Entry
 * @property {number} time  milliseconds
 * @property {string} eventType
 * @property {string} [itemId] or the action's ID
 * @property {string} [title]
 * @property {boolean} [isAction]
 * @property {number} [eventValue]
 * @property {number} [shown] how many items its impression lists
 * @property {string} [recommendationId]
 * @property {string} [sessionId]
 * @property {string} [userId]
 * @property {string} way how it was sent
 * @property {'counted' | 'repeat' | 'delivered' | 'rejected'} outcome
 * @property {string} [requestId] shared by events that arrived together
 */

/** @typedef {{ events: number, repeats: number, sessions: number, waiting?: number }} Totals */

/**
 * An active fault: `name` is its button's, if it has one; `title` that of the refused film.
 * @typedef {{ name?: string | undefined, hits?: number, title?: string }} FaultOn
 */

/** The number of lines to keep; older ones are removed. */
export const receiptLimit = 50;

/** The number of events to read for these lines. */
export const entryLimit = 200;

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

/** @param {number} count @param {string} one */
const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** @param {Entry} entry */
const head = ({ eventType, outcome, time }) =>
  html`<p class="entry-head"><b class="entry-type">${eventType}</b><span class="entry-outcome">${OUTCOMES[outcome]}</span><time datetime="${new Date(time).toISOString()}">${clockTime(time)}</time></p>`;

/** @param {Entry} entry */
const nameOf = ({ title, itemId }) => title ?? itemId ?? 'no item';

/** @param {Entry} entry */
const who = ({ userId, sessionId }) =>
  html`<p class="entry-who">${userId ?? 'anonymous'}${sessionId && html` · session <span title="${sessionId}">${short(sessionId)}</span>`}</p>`;

/** @param {Entry} entry */
const singleLine = (entry) => html`<li class="entry ${entry.outcome}">
  ${head(entry)}
  <p class="entry-item" title="${entry.itemId ?? ''}">${nameOf(entry)}${
    entry.eventValue !== undefined && html` <span class="entry-value">${entry.eventValue}</span>`
  }${entry.isAction && html` <span class="entry-kind">action</span>`}</p>
  ${who(entry)}
  <p class="entry-how">${entry.way}${entry.shown !== undefined && html` · ${entry.shown} shown`}${
    entry.recommendationId &&
    html` · <span title="${entry.recommendationId}">${entry.recommendationId.slice(0, 10)}…</span>`
  }</p>
</li>`;

/** @param {Entry[]} entries of one run */
const runLine = (entries) => {
  const [first] = /** @type {[Entry]} */ (entries);
  const recommendations = new Set(entries.flatMap(({ recommendationId }) => recommendationId ?? [])).size;
  return html`<li class="entry ${first.outcome}">
  ${head(first)}
  <details class="entry-run"><summary class="entry-item">${counted(entries.length, 'film')}</summary><ol>${[
    ...entries,
  ]
    .reverse()
    .map((entry) => html`<li title="${entry.itemId ?? ''}">${nameOf(entry)}</li>`)}</ol></details>
  ${who(first)}
  <p class="entry-how">${first.way}${recommendations > 0 && ` · ${counted(recommendations, 'recommendation')}`}</p>
</li>`;
};

/** @param {Entry} entry @param {Entry} other */
const isSameRun = (entry, other) =>
  entry.eventType === 'impression' &&
  other.eventType === 'impression' &&
  entry.requestId === other.requestId &&
  entry.outcome === other.outcome;

/**
 * Groups events that arrived together into one line: a visitor who scrolls sees films by the dozen.
 * @param {Entry[]} entries newest first
 */
export const receiptLines = (entries) => {
  /** @type {Entry[][]} */
  const runs = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    if (run?.[0] && isSameRun(entry, run[0])) run.push(entry);
    else runs.push([entry]);
  }
  return runs
    .slice(0, receiptLimit)
    .map((run) => (run.length > 1 ? runLine(run) : singleLine(/** @type {Entry} */ (run[0]))));
};

/** Returns the note on the events that the CSV leaves out. @param {Totals} totals */
export const waitingText = ({ waiting = 0 }) =>
  waiting === 0
    ? 'No anonymous event waits for a log-in.'
    : `${counted(waiting, 'anonymous event')} ${waiting === 1 ? 'waits' : 'wait'} for a log-in.`;

/** @param {Totals} totals */
export const summaryText = ({ events }) => `${counted(events, 'event')} received`;

/** Returns the state for the bar, empty if all is well. @param {FaultOn[]} faults */
export const faultsText = ({ length }) => (length === 0 ? '' : counted(length, 'fault'));

/** Returns the state for the faults' section. @param {FaultOn[]} faults */
export const faultsState = ({ length }) => (length === 0 ? 'all well' : `${length} on`);

/** @param {FaultOn | undefined} fault */
export const hitsText = (fault) => (fault?.hits ? `×${fault.hits}` : '');
