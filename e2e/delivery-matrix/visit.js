// @ts-check
// One run: a page is opened and left, and the visitor makes another visit. Works with any tracker.
import { until, withTimeout } from './driver.js';
import { EVENTS, visitAgain } from './scenarios.js';

/**
 * @typedef {import('./driver.js').Browser} Browser
 * @typedef {import('./driver.js').Page} Page
 * @typedef {{ events: number, repeated: number, countedTwice: number }} Arrived
 * @typedef {{ before: Arrived, after: Arrived, isRestored: boolean }} Measured
 * @typedef {Measured | { error: string, hasBegun: boolean }} Result
 *
 * @typedef {object} World a site without stored data, and the server that receives its events
 * @property {string} url without a path
 * @property {() => Arrived} arrived counts the events of `record()`
 * @property {() => void} disconnect drops all further requests of a tracker
 * @property {() => void} reconnect
 * @property {() => unknown} close
 *
 * @typedef {object} Trial
 * @property {World} world
 * @property {(visitor: import('./scenarios.js').Visitor) => Promise<Page>} enter opens and warms up a page, unless the scenario has its own `enter`
 * @property {number} limitMs the time for events to arrive before the next visit
 * @property {(page: Page, haveAllArrived: () => boolean) => Promise<unknown>} settle records one more event on the next visit, and waits
 */

const RUN_LIMIT_MS = 180_000;
const CLOSE_LIMIT_MS = 5000;
const ENTER_LIMIT_MS = 60_000;

/** Ends something without blocking later runs. @param {() => Promise<unknown>} end */
export const end = (end) => withTimeout(CLOSE_LIMIT_MS, end(), 'closing').catch(() => {});

/**
 * Runs a scenario.
 * @param {import('./scenarios.js').Scenario} scenario
 * @param {Trial} trial whose world is closed at the end
 * @param {Browser} browser
 * @param {() => Promise<Browser>} relaunch
 * @returns {Promise<Result>}
 */
export const run = async (scenario, trial, browser, relaunch) => {
  const { world } = trial;
  /** @type {Page[]} */
  const pages = [];
  /** @type {import('./scenarios.js').Visitor} */
  const visitor = {
    browser,
    world,
    async open(path) {
      const page = await visitor.browser.open(world.url + path);
      pages.push(page);
      return page;
    },
    async relaunch() {
      pages.length = 0;
      visitor.browser = await relaunch();
    },
  };
  const haveAllArrived = () => world.arrived().events === EVENTS;
  let step = 'entering';
  const live = async () => {
    const page = await withTimeout(ENTER_LIMIT_MS, (scenario.enter ?? trial.enter)(visitor), step);
    step = 'leaving';
    await scenario.unload(visitor, page);
    await until(haveAllArrived, trial.limitMs);
    const before = world.arrived();
    step = 'coming back';
    const back = await (scenario.visitAgain ?? visitAgain)(visitor, page);
    step = 'settling';
    const isRestored = await back.evaluate('return window.isRestored');
    await trial.settle(back, haveAllArrived);
    return { before, after: world.arrived(), isRestored };
  };
  try {
    return await withTimeout(RUN_LIMIT_MS, live(), 'a run');
  } catch (error) {
    return { error: `${step}: ${error}`, hasBegun: step !== 'entering' };
  } finally {
    for (const page of pages) await end(page.close);
    await world.close();
  }
};
