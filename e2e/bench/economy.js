// @ts-check
// What a visit asks of the network, counted by the server: 1, 20 and 200 events, on a first visit and on a second.
import { setTimeout as sleep } from 'node:timers/promises';
import { TRACKER } from './peers.js';
import { median, peerTable, ratio, spread, sum, whole } from './table.js';
import { createVisitor } from './visit.js';
import { isCredentialCall, isPreflight } from './world.js';

/** Faster than visitors are, and slow enough that no peer's buffer overflows by it: Amplify's takes 11 events in 5 s. */
const PACE_MS = 500;
const COUNTS = [1, 20, 200];
/** The visit of the chart. */
const CHARTED = 20;
const VISITS = /** @type {const} */ (['first', 'second']);

/**
 * @typedef {{ arrived: number, repeats: number, requests: number, preflights: number, credentialCalls: number,
 *   bodyBytes: number, headerBytes: number }} Asked
 * @typedef {Record<string, Record<'first' | 'second', Asked>>} Economy by number of events
 */

/** @param {import('./world.js').Seen} seen @returns {Asked} */
const count = ({ sent, arrivals, repeats }) => ({
  arrived: arrivals.size,
  repeats,
  requests: sent.length,
  preflights: sent.filter(isPreflight).length,
  credentialCalls: sent.filter(isCredentialCall).length,
  bodyBytes: sum(sent.map(({ bodyBytes }) => bodyBytes)),
  headerBytes: sum(sent.map(({ headerBytes }) => headerBytes)),
});

/** @param {import('./run.js').Setting} setting @param {number} events */
const visitTwice = async ({ world, browser, bundle }, events) => {
  const trial = world.open(bundle);
  const visitor = await createVisitor(browser, trial);
  /** @type {[string, Asked][]} */
  const asked = [];
  for (const name of VISITS) {
    trial.reset();
    const visit = await visitor.visit();
    // By the clock: a click takes its time on a page among twenty.
    const startedAt = Date.now();
    for (let n = 1; n <= events; n++) {
      await sleep(startedAt + n * PACE_MS - Date.now());
      await visit.click();
    }
    await visit.arrival(events);
    await visit.rest();
    await visit.leave();
    asked.push([name, count(trial.seen)]);
  }
  await visitor.close();
  trial.close();
  return Object.fromEntries(asked);
};

/** @param {import('./run.js').Results<Economy>} results @param {string} name @param {number} events @param {'first' | 'second'} visit */
const asksOf = (results, name, events, visit) => (results[name] ?? []).map((run) => run[events][visit]);

const head = COUNTS.flatMap((events) =>
  VISITS.map((visit) => `${events} ${events > 1 ? 'events' : 'event'}, ${visit} visit`),
);

/** What has not arrived is not saved. @param {Asked[]} asked @param {number} events */
const lost = (asked, events) => {
  const arrived = median(asked.map((a) => a.arrived));
  return arrived < events ? `, ${whole(arrived)} arrived` : '';
};

const WITHOUT_AWS =
  'it has no AWS credentials, so it asks Cognito nothing and sends no signature and token with each request';

/** @type {import('./run.js').Dimension<Economy>} */
export const economy = {
  title: 'Economy: requests and bytes of a visit',
  legend: `An event each ${PACE_MS / 1000} s, faster than a visitor's and slow enough for Amplify, whose buffer takes 11 in 5 s. Then the
page is left alone until all has arrived and nothing more is sent, and left. The second visit is another page in the same
browser, right after. In brackets: of these preflights + calls to Cognito. Bytes up are bodies, which are
in brackets, and headers as HTTP/1.1 writes them, preflights' too.`,
  reasons: {
    snowplow: WITHOUT_AWS,
    posthog: WITHOUT_AWS,
    segment: WITHOUT_AWS,
  },
  runs: (asked = 1) => asked,
  // Visits are mostly waiting, and no time is measured.
  parallel: true,
  async measure(setting) {
    const visits = await Promise.all(
      COUNTS.map(async (events) => [events, await visitTwice(setting, events)]),
    );
    return Object.fromEntries(visits);
  },
  toTables(peers, results) {
    /** @param {(name: string, events: number, visit: 'first' | 'second') => string} cell */
    const table = (cell) =>
      peerTable(head, peers, ({ name }) =>
        COUNTS.flatMap((events) => VISITS.map((visit) => cell(name, events, visit))),
      );
    /** @param {(asked: Asked) => number} pick @param {string} name @param {number} events @param {'first' | 'second'} visit */
    const compared = (pick, name, events, visit) => {
      const [values, trackers] = [name, TRACKER].map((of) => asksOf(results, of, events, visit).map(pick));
      return [spread(values), trackers.length ? ratio(median(values), median(trackers)) : ''];
    };
    const requests = table((name, events, visit) => {
      const asked = asksOf(results, name, events, visit);
      const [all, times] = compared((a) => a.requests, name, events, visit);
      const [preflights, calls] = [
        median(asked.map((a) => a.preflights)),
        median(asked.map((a) => a.credentialCalls)),
      ];
      return `${all} (${whole(preflights)} + ${whole(calls)})${lost(asked, events)} ${times}`;
    });
    const bytes = table((name, events, visit) => {
      const bodies = median(asksOf(results, name, events, visit).map((a) => a.bodyBytes));
      const [all, times] = compared((a) => a.bodyBytes + a.headerBytes, name, events, visit);
      return `${all} (${whole(bodies)}) ${times}`;
    });
    return [
      { caption: 'Requests', ...requests },
      { caption: 'Bytes up', ...bytes },
    ];
  },
  charts: (peers, results) => [
    {
      name: 'economy',
      title: `Requests for ${CHARTED} events`,
      unit: '',
      series: VISITS.map((visit) => ({
        name: `${visit} visit`,
        values: peers.map(({ name }) => median(asksOf(results, name, CHARTED, visit).map((a) => a.requests))),
      })),
    },
  ],
};
