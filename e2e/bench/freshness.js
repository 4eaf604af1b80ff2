// @ts-check
// Measures the time from a click to its event's arrival, by this machine's clock.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { median, quantile, sum } from './figures.js';
import { peerNames } from './peers.js';
import { figureCell, peerTable } from './table.js';
import { createVisitor, until } from './visit.js';

/** Longer than any peer waits for more events, and out of step with a timer of 5 s. */
const QUIET_MS = { least: 5500, most: 8500 };
const QUIET_CLICKS = 5;
const BURST_CLICKS = 10;
const BURST_PACE_MS = 200;

/** Pages that load, or are clicked fast, at the same time would slow each other down. */
const oneAtATime = pLimit(1);
/** The time for all pages to load. */
const LOAD_LIMIT_MS = 180_000;
/** Waits until no page loads: otherwise the first peers would click while the machine is busy, and the last would not. */
const allLoaded = () => until(() => !oneAtATime.activeCount && !oneAtATime.pendingCount, LOAD_LIMIT_MS);

/** @typedef {{ first: number[], quiet: number[], burst: number[], recorded: number }} Times milliseconds of each event that has arrived */
/** @typedef {{ default: Times, atOnce?: Times }} Freshness */

/** @param {import('./dimensions.js').Setting} setting @param {boolean} atOnce @returns {Promise<Times>} */
const time = async ({ world, browser, bundle }, atOnce) => {
  const trial = world.open(bundle);
  const visitor = await createVisitor(browser, trial);
  /**
   * @param {import('./visit.js').Visit} visit
   * @param {number} clicks
   * @param {() => Promise<unknown>} wait before each click
   * @param {(clickAll: () => Promise<void>) => Promise<void>} [turn] when all may be clicked; default: now
   */
  const series = async (visit, clicks, wait, turn = (clickAll) => clickAll()) => {
    const known = new Set(Object.keys(await visit.clicks()));
    trial.seen.arrivals.clear();
    await turn(async () => {
      for (let n = 0; n < clicks; n++) {
        await wait();
        await visit.click();
      }
    });
    await visit.arrival(clicks);
    return Object.entries(await visit.clicks()).flatMap(([itemId, clickedAt]) => {
      const arrivedAt = trial.seen.arrivals.get(itemId);
      return arrivedAt === undefined || known.has(itemId) ? [] : [arrivedAt - clickedAt];
    });
  };
  const { visit, first } = await oneAtATime(async () => {
    const visit = await visitor.visit({ atOnce });
    // Clicks as soon as the page has loaded: credentials have yet to be requested.
    return { visit, first: await series(visit, 1, async () => {}) };
  });
  await allLoaded();
  await visit.rest();
  const quiet = await series(visit, QUIET_CLICKS, () =>
    sleep(QUIET_MS.least + Math.random() * (QUIET_MS.most - QUIET_MS.least)),
  );
  await sleep(QUIET_MS.least);
  const burst = await series(visit, BURST_CLICKS, () => sleep(BURST_PACE_MS), oneAtATime);
  await visitor.close();
  trial.close();
  return { first, quiet, burst, recorded: 1 + QUIET_CLICKS + BURST_CLICKS };
};

/**
 * @param {import('./dimensions.js').Results<Freshness>} results
 * @param {string} name
 * @param {'default' | 'atOnce'} way
 * @param {'first' | 'quiet' | 'burst'} series
 */
const timesOf = (results, name, way, series) =>
  (results[name] ?? []).flatMap((run) => run[way]?.[series] ?? []);

/** @param {import('./dimensions.js').Results<Freshness>} results @param {string} name @param {'default' | 'atOnce'} way */
const quietMedian = (results, name, way) => {
  const times = timesOf(results, name, way, 'quiet');
  return times.length ? median(times) : null;
};

const ONE_BY_ONE = `each event is sent at once, in its own request; this tracker saves requests: after an idle period it sends
the first two events immediately, and later events wait for others, up to 5 s`;
const NO_FULL_WAIT = `its timer of 5 s runs all the time, so a burst waits for half of it on average; this tracker's timer starts
with the burst's second event, which is sent immediately like the first`;
const AT_ONCE = `this tracker stores each event, so that it survives a crash, and has one request in flight at a time`;
const reasons = {
  default: {
    'aws-sdk': ONE_BY_ONE,
    snowplow: ONE_BY_ONE,
    amplify: NO_FULL_WAIT,
    rum: NO_FULL_WAIT,
    posthog: 'its events wait for others for 3 s; in this tracker up to 5 s, after two immediate ones',
    'search-insights': ONE_BY_ONE,
    segment: 'the ten clicks of a burst fill its batch exactly; this tracker has already sent the first two',
  },
  atOnce: Object.fromEntries(peerNames.map((name) => [name, AT_ONCE])),
};

/** @type {import('./dimensions.js').Dimension<Freshness>} */
export const freshness = {
  title: 'Freshness: from a click to its arrival, in ms',
  legend: `"Quiet": clicks ${QUIET_MS.least / 1000}–${QUIET_MS.most / 1000} s apart, at random. "Burst": ${BURST_CLICKS} clicks, ${BURST_PACE_MS} ms apart. "First": the first
click of a first visit, right after the page has loaded. For this tracker, the AWS SDK and Amplify, an event counts once its
signature is verified. Quantiles are of one run: of ${QUIET_CLICKS} quiet clicks and of ${BURST_CLICKS} in a burst.`,
  floor: 'a bare beacon for each click',
  // Pages are at rest nearly all the time.
  parallel: true,
  async measure(setting) {
    const [waiting, atOnce] = await Promise.all([
      time(setting, false),
      setting.peer.atOnce ? time(setting, true) : undefined,
    ]);
    return { default: waiting, ...(atOnce && { atOnce }) };
  },
  toTables(peers, results) {
    /** @param {'default' | 'atOnce'} way */
    const table = (way) =>
      peerTable(
        ['first', 'quiet p50', 'quiet p95', 'burst p50', 'burst p95', 'events', 'settings'],
        peers,
        (peer) => {
          const settings = way === 'default' ? peer.default : (peer.atOnce ?? peer.noAtOnce ?? '');
          const runs = results[peer.name].flatMap(
            (run) => run[way === 'atOnce' && peer.atOnce ? way : 'default'] ?? [],
          );
          const recorded = sum(runs.map((run) => run.recorded));
          const arrived = sum(runs.map((run) => run.first.length + run.quiet.length + run.burst.length));
          /** @param {'first' | 'quiet' | 'burst'} series @param {number} share */
          const cell = (series, share) => {
            const values = runs.flatMap((run) => (run[series].length ? quantile(run[series], share) : []));
            return values.length ? figureCell(values) : 'none arrived';
          };
          return [
            cell('first', 0.5),
            cell('quiet', 0.5),
            cell('quiet', 0.95),
            cell('burst', 0.5),
            cell('burst', 0.95),
            arrived < recorded ? `${arrived} of ${recorded}` : `${arrived}`,
            settings,
          ];
        },
      );
    return [
      { caption: 'Documented settings', reasons: reasons.default, ...table('default') },
      { caption: 'Sent at once', reasons: reasons.atOnce, ...table('atOnce') },
    ];
  },
  charts: (peers, results) => [
    {
      name: 'freshness',
      title: 'From a click in an idle period to its arrival, p50',
      unit: 'ms',
      series: [
        {
          name: 'documented settings',
          values: peers.map(({ name }) => quietMedian(results, name, 'default')),
        },
        {
          name: 'sent at once',
          values: peers.map(({ name, atOnce }) => quietMedian(results, name, atOnce ? 'atOnce' : 'default')),
        },
      ],
    },
  ],
};
