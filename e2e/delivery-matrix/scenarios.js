// @ts-check
// The ways a page goes away, each with the events recorded in the same task where that can be had.
import { until } from './driver.js';

/**
 * @typedef {import('./driver.js').Browser} Browser
 * @typedef {import('./driver.js').Page} Page
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {{ browser: Browser, world: import('./visit.js').World, open: (path: string) => Promise<Page>,
 *   relaunch: () => Promise<void> }} Visitor
 *   `open` opens a path of the site in a tab; `relaunch` starts a browser with the profile of the one before
 *
 * @typedef {object} Scenario
 * @property {string} title
 * @property {EngineName[]} [promised] where all events must have arrived before the next visit
 * @property {boolean} [isDeadly] to the page's process or the browser's
 * @property {EngineName[]} [race] where the process may end before its storage has the events: some runs lose them
 * @property {(visitor: Visitor) => Promise<Page>} [enter] opens and warms up a page; by default the site's first
 * @property {(visitor: Visitor, page: Page) => Promise<unknown>} leave records and leaves
 * @property {(visitor: Visitor, page: Page) => Promise<Page>} [comeBack] the next visit; by default the site in a new tab
 * @property {boolean} [isRestored] the next visit is a return from the back/forward cache
 */

/** @type {EngineName[]} */
const EVERYWHERE = ['chromium', 'firefox', 'webkit'];

/** As many are recorded in the task that leaves. */
export const EVENTS = 5;

/** Long enough for a slow machine; who is early does not wait. */
const NAVIGATION_MS = 30_000;

/** What a dead page had is taken over after a minute: the next visit's clock is ahead by two. */
const LATER = '/?later=120000';

/** So often in an idle period what is recorded waits for no more. */
const PROMPT_SENDS = 2;

/**
 * Delivers events, each in a request of its own, after which session and credentials are in memory: the way out can be
 * signed. After the prompt sends what comes next waits.
 * @param {Page} page @param {{ window?: string, sends?: number }} [options] `window`: the one that has the tracker
 */
const warmUp = async (page, { window = 'window', sends = PROMPT_SENDS } = {}) => {
  await page.evaluate(`const { personalize } = ${window};
    for (let n = 0; n < ${sends}; n++) {
      personalize.track('warm-up', 'none');
      await personalize.flush();
    }`);
  return page;
};

/** @param {Visitor} visitor */
export const enter = async ({ open }) => warmUp(await open('/'));

/** @param {Visitor} visitor */
const enterFrame = async ({ open }) => warmUp(await open('/host'), { window: 'frames[0]' });

/** The next visit, on which one more thing is done. @param {Visitor} visitor */
export const comeBack = ({ open }) => open('/');

/**
 * Runs code in a task of its own: a page that leaves in the middle of an answer to the driver would make that fail.
 * @param {Page} page @param {string} code
 */
const act = (page, code) => page.evaluate(`setTimeout(() => { ${code} });`);

/** @param {Page} page @param {string} condition */
const becomes = async (page, condition) => {
  if (!(await until(() => page.evaluate(`return ${condition}`), NAVIGATION_MS)))
    throw new Error(`in vain waited for ${condition}`);
};

/** @param {Page} page */
const recordAndStore = async (page) => {
  await page.evaluate('record()');
  await becomes(page, `(await storedEvents()) === ${EVENTS}`);
};

/** @param {string} path */
const isAt = (path) => `location.pathname === '${path}' && document.readyState === 'complete'`;

/** What a page is told when the network goes. */
const GO_OFFLINE = `
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  dispatchEvent(new Event('offline'));`;

/** @param {Visitor} visitor */
const comeLater = ({ open }) => open(LATER);

/** @param {Visitor} visitor */
const relaunch = async (visitor) => {
  await visitor.relaunch();
  return comeLater(visitor);
};

/** @type {Record<string, Scenario>} */
export const scenarios = {
  navigate: {
    title: 'click on a link',
    promised: EVERYWHERE,
    leave: (_, page) => page.click('#link'),
  },
  typed: {
    title: 'typed address',
    promised: EVERYWHERE,
    async leave({ world }, page) {
      await page.evaluate('record()');
      await page.goto(`${world.url}/next`);
    },
  },
  reload: {
    title: 'reload',
    promised: EVERYWHERE,
    leave: (_, page) => act(page, 'record(); location.reload();'),
  },
  close: {
    title: 'tab closed',
    promised: ['chromium', 'webkit'],
    async leave(_, page) {
      await page.evaluate('record()');
      await page.close();
    },
  },
  'window-close': {
    title: 'window closes itself',
    async leave(_, page) {
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
    leave: (_, page) => act(page, 'record(); history.back();'),
    async comeBack(_, page) {
      await becomes(page, isAt('/next'));
      await act(page, 'history.forward();');
      await becomes(page, isAt('/'));
      return page;
    },
  },
  'link-back': {
    title: 'click on a link, then back',
    promised: EVERYWHERE,
    isRestored: true,
    // The events do not wait: their request may be under way as the page is left.
    enter: async ({ open }) => warmUp(await open('/'), { sends: 1 }),
    leave: (_, page) => page.click('#link'),
    async comeBack(_, page) {
      await becomes(page, isAt('/next'));
      await act(page, 'history.back();');
      await becomes(page, isAt('/'));
      return page;
    },
  },
  hide: {
    title: 'switch of tab or app, for good',
    promised: EVERYWHERE,
    async leave({ browser }, page) {
      await page.evaluate('record()');
      await browser.hide(page);
      await becomes(page, "document.visibilityState === 'hidden'");
    },
  },
  blank: {
    title: 'click on a link to a new tab',
    promised: EVERYWHERE,
    // It is not left, and not hidden in every browser.
    enter: async ({ open }) => warmUp(await open('/staying')),
    leave: (_, page) => page.click('#blank'),
  },
  'frame-removed': {
    title: 'iframe removed',
    enter: enterFrame,
    leave: (_, page) => act(page, "frames[0].record(); document.querySelector('iframe').remove();"),
  },
  'frame-left': {
    title: 'page around the iframe left',
    enter: enterFrame,
    leave: (_, page) => act(page, "frames[0].record(); location.href = '/next';"),
  },
  crash: {
    title: 'page crashes, events stored',
    isDeadly: true,
    promised: ['chromium'],
    async leave({ browser }, page) {
      await recordAndStore(page);
      await browser.crash(page);
    },
    comeBack: comeLater,
  },
  'crash-at-once': {
    title: 'page crashes in that instant',
    isDeadly: true,
    promised: ['chromium'],
    race: ['firefox', 'webkit'],
    async leave({ browser }, page) {
      await page.evaluate('record()');
      await browser.crash(page);
    },
    comeBack: comeLater,
  },
  kill: {
    title: 'browser killed, events stored',
    isDeadly: true,
    async leave({ browser }, page) {
      await recordAndStore(page);
      await browser.kill();
    },
    comeBack: relaunch,
  },
  'kill-at-once': {
    title: 'browser killed in that instant',
    isDeadly: true,
    race: EVERYWHERE,
    async leave({ browser }, page) {
      await page.evaluate('record()');
      await browser.kill();
    },
    comeBack: relaunch,
  },
  offline: {
    title: 'no network, link, network again',
    async leave({ world }, page) {
      world.disconnect();
      await page.evaluate(GO_OFFLINE);
      await page.click('#link');
    },
    comeBack(visitor) {
      visitor.world.reconnect();
      return comeBack(visitor);
    },
  },
};
