// @ts-check
// Counts a visit's requests and bytes on the server: 1, 20 and 200 events, on a first visit and on a later one.
import { setTimeout as sleep } from 'node:timers/promises';
import { median, sum, whole } from './figures.js';
import { figureCell, peerTable } from './table.js';
import { createVisitor } from './visit.js';
import { isCredentialCall, isPreflight } from './world.js';

/** Faster than visitors, and slow enough not to overflow a peer's buffer: Amplify's takes 11 events in 5 s. */
const PACE_MS = 560;
/** After a late click the next ones come sooner, so that visits are equally long without overflowing a buffer. */
const LEAST_GAP_MS = 520;
const COUNTS = [1, 20, 200];
const MOST = Math.max(...COUNTS);
/** The number of events in the chart. */
const CHARTED = 20;
const VISITS = /** @type {const} */ (['first', 'later']);
/** By then the longest visits have started, so that their pages do not compete with the loading of others. */
const SHORT_AT_MS = 30_000;
/**
 * The visits of three visitors at the same time. The requests of a later visit depend on stored data, not on the length
 * of earlier visits, so the two longest visits need not follow each other.
 * @type {[events: number, visit: 'first' | 'later'][][]}
 */
const VISITORS = [
  [
    [1, 'first'],
    [200, 'later'],
  ],
  [[200, 'first']],
  [
    [20, 'first'],
    [20, 'later'],
    [1, 'later'],
  ],
];

/**
 * @typedef {{ arrived: number, repeats: number, requests: number, preflights: number, credentialCalls: number,
 *   bodyBytes: number, headerBytes: number }} Asked
 * @typedef {Record<string, Asked>} Economy by `keyOf`
 */

/** @param {number} events @param {'first' | 'later'} visit */
const keyOf = (events, visit) => `${events} ${visit}`;

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

/** @param {import('./dimensions.js').Setting} setting @param {typeof VISITORS[number]} visits */
const visitAll = async ({ world, browser, bundle }, visits) => {
  if (!visits.some(([events]) => events === MOST)) await sleep(SHORT_AT_MS);
  const trial = world.open(bundle);
  const visitor = await createVisitor(browser, trial);
  /** @type {[string, Asked][]} */
  const asked = [];
  for (const [events, name] of visits) {
    trial.reset();
    const visit = await visitor.visit({ atEnd: true });
    const startedAt = Date.now();
    for (let n = 1; n <= events; n++) {
      await sleep(Math.max(LEAST_GAP_MS, startedAt + n * PACE_MS - Date.now()));
      await visit.click();
    }
    await visit.arrival(events);
    await visit.rest();
    await visit.leave();
    // The floor sends everything as the page is left.
    await visit.arrival(events);
    asked.push([keyOf(events, name), count(trial.seen)]);
  }
  await visitor.close();
  trial.close();
  return asked;
};

/** @param {import('./dimensions.js').Results<Economy>} results @param {string} name @param {number} events @param {'first' | 'later'} visit */
const asksOf = (results, name, events, visit) =>
  (results[name] ?? []).map((run) => run[keyOf(events, visit)]);

const head = COUNTS.flatMap((events) =>
  VISITS.map((visit) => `${events} ${events > 1 ? 'events' : 'event'}, ${visit} visit`),
);

/** Returns a note on missing events: events that do not arrive save requests. @param {Asked[]} asked @param {number} events */
const lost = (asked, events) => {
  const arrived = median(asked.map((a) => a.arrived));
  return arrived < events ? `, ${whole(arrived)} arrived` : '';
};

const NO_CREDENTIALS = 'no AWS credentials, so no calls to Cognito and no preflights for them';
const WITHOUT_HEADERS = 'no AWS credentials, so no call to Cognito, and no signature or token in the headers';
const WITHOUT_HASTE = `this tracker sends the first two events after an idle period immediately, each in its own request, which makes one or two requests more`;
const reasons = {
  requests: {
    amplify: WITHOUT_HASTE,
    rum: WITHOUT_HASTE,
    snowplow: NO_CREDENTIALS,
    posthog: NO_CREDENTIALS,
    segment: NO_CREDENTIALS,
    'search-insights': NO_CREDENTIALS,
  },
  bytes: {
    amplify: `its events have no \`eventId\`, so a duplicate counts twice; and this tracker sends the first two events after an idle
period immediately, each in a request with its own headers`,
    rum: 'compresses bodies of more than 2 KB, which CloudWatch RUM accepts',
    snowplow: WITHOUT_HEADERS,
    posthog: `${WITHOUT_HEADERS}; it also compresses bodies`,
    segment: WITHOUT_HEADERS,
    'search-insights': WITHOUT_HEADERS,
  },
};

/** @type {import('./dimensions.js').Dimension<Economy>} */
export const economy = {
  title: 'Economy: requests and bytes of a visit',
  legend: `One event is recorded every ${PACE_MS / 1000} s: faster than a visitor, and slow enough for Amplify, whose buffer takes 11 in 5 s. Then the
page stays open until all events have arrived and nothing more is sent, and is left. A later visit is another page in the same
browser, right after. Requests, in the last brackets: preflights + calls to Cognito among them. Bytes up: bodies (in the last brackets)
and headers as HTTP/1.1 writes them, including those of preflights. A peer that has lost events
is not compared.`,
  floor: 'one beacon for all events, when the page is left',
  // Visits mostly wait, and no time is measured.
  parallel: true,
  async measure(setting) {
    const visits = await Promise.all(VISITORS.map((visits) => visitAll(setting, visits)));
    return Object.fromEntries(visits.flat());
  },
  toTables(peers, results) {
    /** @param {(asked: Asked[], events: number) => import('./table.js').Cell} cell */
    const table = (cell) =>
      peerTable(head, peers, ({ name }) =>
        COUNTS.flatMap((events) => VISITS.map((visit) => cell(asksOf(results, name, events, visit), events))),
      );
    const requests = table((asked, events) => {
      const [preflights, calls] = [
        median(asked.map((a) => a.preflights)),
        median(asked.map((a) => a.credentialCalls)),
      ];
      return figureCell(
        asked.map((a) => a.requests),
        {
          note: ` (${whole(preflights)} + ${whole(calls)})${lost(asked, events)}`,
          isOtherWork: !!lost(asked, events),
        },
      );
    });
    const bytes = table((asked, events) =>
      figureCell(
        asked.map((a) => a.bodyBytes + a.headerBytes),
        {
          note: ` (${whole(median(asked.map((a) => a.bodyBytes)))})${lost(asked, events)}`,
          isOtherWork: !!lost(asked, events),
        },
      ),
    );
    return [
      { caption: 'Requests', reasons: reasons.requests, ...requests },
      { caption: 'Bytes up', reasons: reasons.bytes, ...bytes },
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
