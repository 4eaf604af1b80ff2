// @ts-check
// The ways to leave a page, with events recorded in the same task if possible.
import { until } from './driver.js';

/**
 * @typedef {import('./driver.js').Browser} Browser
 * @typedef {import('./driver.js').Page} Page
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {{ browser: Browser, world: import('./visit.js').World, open: (path: string) => Promise<Page>,
 *   relaunch: () => Promise<void> }} Visitor
 *   `open` opens a path of the site in a tab; `relaunch` starts a browser with the profile of the previous one
 *
 * @typedef {object} Scenario
 * @property {string} title
 * @property {EngineName[]} [promised] engines in which all events must arrive before the next visit
 * @property {boolean} [isDeadly] ends the process of the page or the browser
 * @property {EngineName[]} [race] engines in which the process may end before the events are stored: some runs lose them
 * @property {(visitor: Visitor) => Promise<Page>} [enter] opens and warms up a page; by default the home page
 * @property {(visitor: Visitor, page: Page) => Promise<unknown>} unload records events and leaves the page
 * @property {(visitor: Visitor, page: Page) => Promise<Page>} [visitAgain] the next visit; by default the site in a new tab
 * @property {boolean} [isRestored] the next visit is a back/forward cache restore
 */

/** @type {EngineName[]} */
const EVERYWHERE = ['chromium', 'firefox', 'webkit'];

/** The number of events recorded in the task that leaves the page. */
export const EVENTS = 5;

/** Long enough for a slow machine; a fast one does not wait. */
const NAVIGATION_MS = 30_000;

/** The next visit with its clock two minutes ahead: a dead page's events are adopted only after a minute. */
const LATER_PATH = '/?later=120000';

/** The number of immediate flushes after an idle period. */
const IMMEDIATE_FLUSHES = 2;

/**
 * Delivers events one by one, so that session and credentials are in memory for signing on unload. Later events wait.
 * @param {Page} page @param {{ window?: string, flushes?: number }} [options] `window`: the one that has the tracker
 */
const warmUp = async (page, { window = 'window', flushes = IMMEDIATE_FLUSHES } = {}) => {
  await page.evaluate(`const { personalize } = ${window};
    for (let n = 0; n < ${flushes}; n++) {
      personalize.track('warm-up', 'none');
      await personalize.flush();
    }`);
  return page;
};

/** @param {Visitor} visitor */
export const enter = async ({ open }) => warmUp(await open('/'));

/** @param {Visitor} visitor */
const enterFrame = async ({ open }) => warmUp(await open('/host'), { window: 'frames[0]' });

/** Opens the next visit. @param {Visitor} visitor */
export const visitAgain = ({ open }) => open('/');

/**
 * Runs code in a separate task: a page that is left while it answers the driver would cause an error.
 * @param {Page} page @param {string} code
 */
const runInTask = (page, code) => page.evaluate(`setTimeout(() => { ${code} });`);

/** @param {Page} page @param {string} condition */
const becomes = async (page, condition) => {
  if (!(await until(() => page.evaluate(`return ${condition}`), NAVIGATION_MS)))
    throw new Error(`not within ${NAVIGATION_MS / 1000} s: ${condition}`);
};

/** Becomes true once the page was idle. WebKit lacks `requestIdleCallback`, and nothing there waits for it. */
const WAS_IDLE =
  'await new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(() => resolve(true)))';

/** Records, and waits until the events are stored and, in Chromium, scheduled with the browser. @param {Page} page */
const recordAndStore = async (page) => {
  await page.evaluate('record()');
  await becomes(page, `(await storedEvents()) === ${EVENTS} && ${WAS_IDLE}`);
};

/** @param {string} path */
const isAt = (path) => `location.pathname === '${path}' && document.readyState === 'complete'`;

/** Simulates the loss of the network in a page. */
const GO_OFFLINE = `
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  dispatchEvent(new Event('offline'));`;

/** @param {Visitor} visitor */
const visitLater = ({ open }) => open(LATER_PATH);

/** @param {Visitor} visitor */
const relaunch = async (visitor) => {
  await visitor.relaunch();
  return visitLater(visitor);
};

/** @type {Record<string, Scenario>} */
export const scenarios = {
  navigate: {
    title: 'click on a link',
    promised: EVERYWHERE,
    unload: (_, page) => page.click('#link'),
  },
  typed: {
    title: 'typed address',
    promised: EVERYWHERE,
    async unload({ world }, page) {
      await page.evaluate('record()');
      await page.goto(`${world.url}/next`);
    },
  },
  reload: {
    title: 'reload',
    promised: EVERYWHERE,
    unload: (_, page) => runInTask(page, 'record(); location.reload();'),
  },
  close: {
    title: 'tab closed',
    promised: ['chromium', 'webkit'],
    async unload(_, page) {
      await page.evaluate('record()');
      await page.close();
    },
  },
  'window-close': {
    title: 'window closes itself',
    async unload(_, page) {
      await page.click('#popup');
      await becomes(page, 'window.popup?.personalize?.sessionId');
      await warmUp(page, { window: 'popup' });
      await page.evaluate("popup.eval('setTimeout(() => { record(); close(); })')");
    },
  },
  back: {
    title: 'back, then forward',
    promised: EVERYWHERE,
    isRestored: true,
    async enter({ world, open }) {
      const page = await open('/next');
      await page.goto(world.url);
      return warmUp(page);
    },
    unload: (_, page) => runInTask(page, 'record(); history.back();'),
    async visitAgain(_, page) {
      await becomes(page, isAt('/next'));
      await runInTask(page, 'history.forward();');
      await becomes(page, isAt('/'));
      return page;
    },
  },
  'link-back': {
    title: 'click on a link, then back',
    promised: EVERYWHERE,
    isRestored: true,
    // These events do not wait: their request may be in flight when the page is left.
    enter: async ({ open }) => warmUp(await open('/'), { flushes: 1 }),
    unload: (_, page) => page.click('#link'),
    async visitAgain(_, page) {
      await becomes(page, isAt('/next'));
      await runInTask(page, 'history.back();');
      await becomes(page, isAt('/'));
      return page;
    },
  },
  hide: {
    title: 'switch of tab or app, for good',
    promised: EVERYWHERE,
    async unload({ browser }, page) {
      await page.evaluate('record()');
      await browser.hide(page);
      await becomes(page, "document.visibilityState === 'hidden'");
    },
  },
  blank: {
    title: 'click on a link to a new tab',
    promised: EVERYWHERE,
    // The page is not left, and not hidden in every browser.
    enter: async ({ open }) => warmUp(await open('/staying')),
    unload: (_, page) => page.click('#blank'),
  },
  'frame-removed': {
    title: 'iframe removed',
    enter: enterFrame,
    unload: (_, page) => runInTask(page, "frames[0].record(); document.querySelector('iframe').remove();"),
  },
  'frame-left': {
    title: 'page around the iframe left',
    enter: enterFrame,
    unload: (_, page) => runInTask(page, "frames[0].record(); location.href = '/next';"),
  },
  crash: {
    title: 'page crashes, events stored',
    isDeadly: true,
    promised: ['chromium'],
    async unload({ browser }, page) {
      await recordAndStore(page);
      await browser.crash(page);
    },
    visitAgain: visitLater,
  },
  'crash-at-once': {
    title: 'page crashes in that instant',
    isDeadly: true,
    // Chromium has the events once the page was idle; all engines have those that are stored by then.
    race: EVERYWHERE,
    async unload({ browser }, page) {
      await page.evaluate('record()');
      await browser.crash(page);
    },
    visitAgain: visitLater,
  },
  kill: {
    title: 'browser killed, events stored',
    isDeadly: true,
    async unload({ browser }, page) {
      await recordAndStore(page);
      await browser.kill();
    },
    visitAgain: relaunch,
  },
  'kill-at-once': {
    title: 'browser killed in that instant',
    isDeadly: true,
    race: EVERYWHERE,
    async unload({ browser }, page) {
      await page.evaluate('record()');
      await browser.kill();
    },
    visitAgain: relaunch,
  },
  offline: {
    title: 'no network, link, network again',
    async unload({ world }, page) {
      world.disconnect();
      await page.evaluate(GO_OFFLINE);
      await page.click('#link');
    },
    visitAgain(visitor) {
      visitor.world.reconnect();
      return visitAgain(visitor);
    },
  },
};
