// @ts-check
// Measures how many events arrive that are recorded in the task that leaves the page, by way of leaving and engine.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { until } from '../delivery-matrix/driver.js';
import { openEngine } from '../delivery-matrix/engines.js';
import { createPool } from '../delivery-matrix/pool.js';
import { EVENTS, scenarios } from '../delivery-matrix/scenarios.js';
import { toDeliveryTables, toShares } from './delivery-table.js';

/**
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {import('../delivery-matrix/driver.js').Engine} Engine
 * @typedef {import('../delivery-matrix/driver.js').Page} Page
 * @typedef {import('../delivery-matrix/scenarios.js').Scenario} Scenario
 * @typedef {import('./delivery-table.js').Measured} Measured
 * @typedef {import('./delivery-table.js').Delivery} Delivery
 */

/** The time that a hidden tab stays alive before it is ended, as on a phone. */
const HIDDEN_MS = 1000;
/** The time for a visit's first event to arrive, and for events to arrive before the next visit. */
const LIMIT_MS = { first: 15_000, before: 3000 };
/** The time without a request after which a page is at rest, and after which the next visit has ended. */
const QUIET_MS = { start: 300, after: 2000 };
const MAX_TRIES = 3;
/** The number of browsers at a time, of all engines: on two cores more of them would start too late. */
const BROWSERS = 5;
const limit = pLimit(BROWSERS);

/** The ways of leaving, by the names in an engine's `unable`. @type {Record<string, Scenario>} */
const ways = {
  navigate: { ...scenarios.navigate, title: 'link' },
  close: { ...scenarios.close, title: 'tab closed' },
  reload: scenarios.reload,
  offline: { ...scenarios.offline, title: 'offline, link' },
  discard: {
    title: 'tab switched, then ended',
    async unload(visitor, page) {
      await scenarios.hide.unload(visitor, page);
      await sleep(HIDDEN_MS);
      await visitor.browser.discard(page);
    },
    visitAgain: scenarios.crash.visitAgain,
  },
  crash: { ...scenarios['crash-at-once'], title: 'page crashes' },
  kill: { ...scenarios['kill-at-once'], title: 'browser killed' },
};

/** @param {import('./dimensions.js').Setting} setting @returns {import('../delivery-matrix/visit.js').Trial} */
const openTrial = ({ world, bundle }) => {
  const trial = world.open(bundle);
  const { id, seen } = trial;
  // The first visit's first event is the warm-up.
  const recorded = Array.from({ length: EVENTS }, (_, n) => `${id}-1-${n + 2}`);
  const receivedMoreThan = (/** @type {number} */ times) =>
    recorded.filter((itemId) => (seen.received.get(itemId) ?? 0) > times).length;
  const isQuiet = (/** @type {number} */ ms) => Date.now() - (seen.sent.at(-1)?.at ?? 0) > ms;
  /** Records one event, and flushes if the peer can. @param {Page} page @param {string} itemId */
  const deliverOne = async (page, itemId) => {
    await until(() => page.evaluate('return !!window.bench'), LIMIT_MS.first);
    await page.evaluate("document.querySelector('button').click(); await bench.flush?.();");
    return until(() => seen.arrivals.has(itemId), LIMIT_MS.first);
  };
  return {
    world: {
      ...trial,
      url: trial.url.slice(0, -1),
      arrived: () => ({ events: receivedMoreThan(0), repeated: receivedMoreThan(1), countedTwice: 0 }),
      // Stays open: a page that is closed at the end may still send.
      close() {},
    },
    async enter({ open }) {
      const page = await open('/?visit=1');
      if (!(await deliverOne(page, `${id}-1-1`))) throw new Error('the first event has not arrived');
      await until(() => isQuiet(QUIET_MS.start), LIMIT_MS.first);
      return page;
    },
    limitMs: LIMIT_MS.before,
    async settle(page) {
      await deliverOne(page, `${id}-0-1`);
      await until(() => isQuiet(QUIET_MS.after), LIMIT_MS.first);
    },
  };
};

/** @typedef {{ engine: Engine, pool: ReturnType<typeof createPool> }} Opened */
/** @type {Map<EngineName, Promise<Opened | undefined>>} */
const opened = new Map();

/** @param {EngineName} name @param {string} proxy @returns {Promise<Opened | undefined>} undefined if the engine is not installed */
const open = async (name, proxy) => {
  const engine = await openEngine(name, proxy);
  return engine && { engine, pool: createPool(engine, BROWSERS) };
};

/**
 * Measures one run; repeats it if the driver fails, which says nothing about delivery.
 * @param {Opened} opened @param {Scenario} way @param {import('./dimensions.js').Setting} setting
 */
const measureOne = async ({ engine: { title }, pool }, way, setting) => {
  for (let tries = 1; ; tries++) {
    const result = await limit(() => pool.run(way, () => openTrial(setting)));
    if (!('error' in result) || tries === MAX_TRIES) return result;
    console.error(`  ${setting.peer.title}, ${way.title}, ${title}: repeated: ${result.error}`);
  }
};

/** @param {import('./dimensions.js').Setting} setting @param {Opened} opened @returns {Promise<Measured>} */
const measureEachWay = async (setting, opened) => {
  const { engine } = opened;
  const measured = Object.entries(ways).map(async ([name, way]) => {
    const unable = engine.unable[name];
    return [name, unable ? { unable } : await measureOne(opened, way, setting)];
  });
  return { title: engine.title, ways: Object.fromEntries(await Promise.all(measured)) };
};

const LEGEND = `A page loads, and one event arrives. Then ${EVENTS} events are recorded in the task that leaves the page. "60 → 100 %": the
share that arrived within ${LIMIT_MS.before / 1000} s, before → after the next visit. The next visit is another page of the site in the same profile. It
records one more event and stays until nothing is sent for ${QUIET_MS.after / 1000} s. "5 again": events received more than once by then. This
tracker sends an event again if a beacon took it, with the same \`eventId\`, which the service counts once. A column is lost if less has
arrived before or after the next visit than of another's events. A hidden tab is
ended after ${HIDDEN_MS / 1000} s; in WebKit it is stopped. Offline: the server cuts connections, and the page is told that it is offline.
A crash or kill follows the events after one round trip of the driver. After a discard, crash or kill, the next visit's clock
is two minutes ahead for all peers, because this tracker adopts the events of a dead page after one minute. If the driver
fails, the run is repeated, at most ${MAX_TRIES} times. \`--engines\` adds Firefox and WebKit.`;

const SENT_AT_ONCE =
  "each event is sent at once; this tracker sends within the visitor's action only on a page that has been idle, else in the next task, and loses what neither storage nor the network has when a process dies in between";
const reasons = { 'aws-sdk': SENT_AT_ONCE, snowplow: SENT_AT_ONCE, 'search-insights': SENT_AT_ONCE };

/** @type {import('./dimensions.js').Dimension<Delivery>} */
export const delivery = {
  title: 'Delivery: what arrives of events recorded in the task that leaves the page',
  legend: LEGEND,
  floor: 'a bare beacon for the events of the task',
  reasons,
  // Browsers mostly wait, and no time is measured.
  parallel: true,
  async measure(setting) {
    /** @type {Delivery} */
    const measured = {};
    const measureIn = async (/** @type {EngineName} */ name) => {
      if (!opened.has(name)) opened.set(name, open(name, setting.world.proxy));
      const own = await opened.get(name);
      if (own) measured[name] = await measureEachWay(setting, own);
    };
    await Promise.all(setting.engines.map(measureIn));
    return measured;
  },
  async close() {
    for (const own of await Promise.all(opened.values())) await own?.pool.close();
    opened.clear();
  },
  toTables: (peers, results) =>
    toDeliveryTables(
      Object.entries(ways).map(([name, { title }]) => [name, title]),
      peers,
      results,
    ),
  charts: (peers, results) => [
    {
      name: 'delivery',
      title: `Share of ${EVENTS} events that arrived, Chromium, all ways of leaving`,
      unit: '%',
      series: toShares(Object.keys(ways), peers, results),
    },
  ],
};
