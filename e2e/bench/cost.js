// @ts-check
// Measures main thread and memory on a page without tiles, with some, and with very many.
import { setTimeout as sleep } from 'node:timers/promises';
import { click } from '../cost/scenes.js';
import { digits } from '../cost/table.js';
import { LONG_MS, untilTraced } from '../cost/trace.js';
import { openMeasured } from './devtools.js';
import { median, quantile, sum, whole } from './figures.js';
import { TRACKER } from './peers.js';
import { figureCell, peerTable } from './table.js';
import { withoutTracker, withTiles } from './tiles.js';
import { until } from './visit.js';
import { isCredentialCall, isPreflight } from './world.js';

/**
 * @typedef {{ ready: number, first: number, clicks: number[], heap: number, long: number[] }} Cost
 *   milliseconds but for `heap`, in bytes; `first`: the first click; `long`: each long task
 * @typedef {{ own: Cost, alone?: Cost }} Costs `alone`: of the page without any tracker, measured beside this one
 */

const TILES = [0, 100, 10_000];
/** More than the window shows. */
const MOST_IN_VIEW = 50;
/** The number of tiles with which the arrival of events is checked. */
const CHECKED = 100;
/** The slowdown that simulates a phone: Lighthouse uses 4, and there are slower phones. */
const SLOW_DOWN = 6;
/** Longer than an impression and this tracker's first request take. */
const LOOK_MS = 1400;
const CLICKS = 40;
const PACE_MS = 10;
const SLOW_CLICKS = 3;
/** Longer than the longest flush interval of a peer. */
const REPORT_LIMIT_MS = 6000;

/**
 * Runs in the page: returns the points to click, of visible tiles or of the button. It queries only the first elements:
 * others would be laid out, which the page's `content-visibility` avoids.
 */
const targets = `[...document.querySelectorAll('main a, button')].slice(0, ${MOST_IN_VIEW}).map((element) => {
  const { left, top, height } = element.getBoundingClientRect();
  return { x: left + 5, y: top + height / 2, isTile: element.matches('a') };
}).filter(({ y, isTile }, _, all) => y < innerHeight && isTile === all.some((one) => one.isTile))`;

/**
 * Checks that events have arrived: a peer that recorded none would be cheap.
 * @param {import('./devtools.js').Measured} page
 * @param {import('./world.js').Trial} trial
 * @param {number | undefined} events how many must have arrived, if that is known
 */
const expectArrival = async (page, { seen, aws }, events) => {
  await page.evaluate('Promise.resolve(bench.flush?.()).then(() => {})');
  const counted = () => aws.acknowledged.filter(({ status }) => status === 'accepted').length;
  const hasReported = () =>
    events === undefined
      ? seen.sent.some((sent) => !isPreflight(sent) && !isCredentialCall(sent))
      : counted() >= events;
  await until(hasReported, REPORT_LIMIT_MS);
  if (!hasReported()) throw new Error(`${counted()} events have arrived, not ${events ?? 'any'}`);
};

/** @param {import('./dimensions.js').Setting} setting @param {number} tiles @param {boolean} [isAlone] @returns {Promise<Cost>} */
const measureCost = async ({ world, browser, peer, bundle: plain }, tiles, isAlone) => {
  const bundle = isAlone ? withoutTracker(plain, tiles) : withTiles(plain, tiles, { isOwn: !!peer.isOwn });
  /** @param {(page: import('./devtools.js').Measured, trial: import('./world.js').Trial) => Promise<void>} run */
  const visit = (run) =>
    untilTraced(async () => {
      const trial = world.open(bundle);
      const page = await openMeasured(browser, trial);
      try {
        await run(page, trial);
      } finally {
        await page.close();
        trial.close();
      }
    });
  /** @type {Cost} */
  const cost = { ready: 0, first: 0, clicks: [], heap: 0, long: [] };
  await visit(async (page, trial) => {
    /** @type {{ x: number, y: number }[]} */
    let at = [];
    const trace = await page.trace(async () => {
      await page.load();
      at = await page.evaluate(targets);
      await click(page.devtools, at[0]);
      await sleep(LOOK_MS);
      for (let n = 0; n < CLICKS; n++) {
        await sleep(PACE_MS);
        await click(page.devtools, at[n % at.length]);
      }
    });
    cost.ready = trace.scripts(undefined, 'ready');
    [cost.first, ...cost.clicks] = trace.dispatches('click');
    if (cost.clicks.length !== CLICKS)
      throw new Error(`the page got ${cost.clicks.length} of ${CLICKS} clicks`);
    cost.heap = await page.heap();
    const events = 1 + CLICKS + at.length;
    if (tiles === CHECKED && !isAlone) await expectArrival(page, trial, peer.isOwn ? events : undefined);
  });
  await visit(async (page) => {
    await page.devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
    const { tasks } = await page.trace(async () => {
      await page.load();
      await sleep(LOOK_MS);
      const at = await page.evaluate(targets);
      for (let n = 0; n < SLOW_CLICKS; n++) await click(page.devtools, at[n % at.length]);
    });
    cost.long = tasks.filter((ms) => ms > LONG_MS);
  });
  return cost;
};

/** Sums up the parts of long tasks over the threshold. @param {Cost} cost */
const blocked = ({ long }) => sum(long.map((ms) => ms - LONG_MS));

/** The baseline among the peers. @type {import('./peers.js').Peer} */
const ALONE = { name: 'alone', title: 'the page without a tracker', version: '', isFloor: true, default: '' };

const reasons = {
  'aws-sdk':
    'only constructs a client at first, requests credentials at the first event, and schedules nothing with the browser against a crash',
  amplify:
    'puts a click in a buffer of 11 in memory, stores nothing, and drops events when the buffer is full',
  rum: 'puts a click in a list in memory, and signs and sends the list every 5 s; a crash loses it',
  snowplow: 'requests no credentials and signs nothing',
  posthog: 'requests no credentials and signs nothing; its queue is in memory',
  'search-insights': 'requests no credentials, signs nothing, stores nothing and never retries',
  segment:
    'requests no credentials and signs nothing; it loads most of its code after the start, and its first click waits for that',
};

/** @type {import('./dimensions.js').Dimension<Costs[]>} */
export const cost = {
  title: 'Cost to the page: its main thread and its memory',
  legend: `A page with this many tiles (\`content-visibility: auto\`) is loaded and shown for ${LOOK_MS / 1000} s. Then tiles are clicked, or a button if
there are no tiles: one click, then ${CLICKS} more, ${PACE_MS} ms apart. Recorded are clicks, and tiles that were in view for a second. This
tracker uses its attributes; the others use the few lines that a team would write, one \`IntersectionObserver\` and one
listener. Those lines see only the tiles that are there when they run. This tracker also looks into shadow roots, and
observes tiles that are added or changed later. "Scripts until ready": main-thread time of scripts until the last has run.
"Click": time of its listeners, which delay the click's visible effect; the first click is listed separately. "Heap": after
garbage collection, minus the heap of the page without a tracker. "Long tasks": on a page slowed down ${SLOW_DOWN} times, until it was
shown and clicked ${SLOW_CLICKS} times, and their time over ${LONG_MS} ms.`,
  floor: `its listener and its observer, which are those of the other peers, an \`indexedDB.open\`, and a beacon for each event`,
  reasons,
  async measure(setting) {
    /** @type {Costs[]} */
    const costs = [];
    for (const tiles of TILES) {
      const isTracker = setting.peer.name === TRACKER;
      // Measured first, so that one-time costs of the browser's first page count for no peer.
      const alone = isTracker && { alone: await measureCost(setting, tiles, true) };
      costs.push({ own: await measureCost(setting, tiles), ...alone });
    }
    return costs;
  },
  toTables(peers, results) {
    return TILES.map((tiles, at) => {
      /** @param {string} name @returns {Cost[]} */
      const costsOf = (name) =>
        name === ALONE.name
          ? (results[TRACKER] ?? []).flatMap((run) => run[at].alone ?? [])
          : (results[name] ?? []).map((run) => run[at].own);
      const alone = costsOf(ALONE.name);
      const empty = alone.length ? median(alone.map(({ heap }) => heap)) : 0;
      /** @type {[column: string, pick: (cost: Cost) => number][]} */
      const figures = [
        ['scripts until ready, ms', ({ ready }) => ready],
        ['first click, ms', ({ first }) => first],
        ['click p50', ({ clicks }) => quantile(clicks, 0.5)],
        ['click p99', ({ clicks }) => quantile(clicks, 0.99)],
        ['heap, kB', ({ heap }) => (heap - empty) / 1000],
        [`long tasks`, ({ long }) => long.length],
        [`ms over ${LONG_MS}`, blocked],
      ];
      const table = peerTable(
        figures.map(([column]) => column),
        alone.length ? [ALONE, ...peers] : peers,
        ({ name }) => figures.map(([, pick]) => figureCell(costsOf(name).map(pick), { show: digits })),
      );
      return { caption: `${whole(tiles)} tiles`, ...table };
    });
  },
  charts: (peers, results) => {
    const of = (/** @type {string} */ name) => results[name].map((run) => run[TILES.indexOf(CHECKED)].own);
    return [
      {
        name: 'cost',
        title: `Main thread of a page with ${CHECKED} tiles`,
        unit: 'ms',
        series: [
          {
            name: 'scripts until ready',
            values: peers.map(({ name }) => median(of(name).map(({ ready }) => ready))),
          },
          {
            name: 'a click, p50',
            values: peers.map(({ name }) => median(of(name).map(({ clicks }) => quantile(clicks, 0.5)))),
          },
        ],
      },
    ];
  },
};
