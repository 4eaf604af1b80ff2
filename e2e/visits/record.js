// @ts-check
// Records visits: drives the storefront in Chromium as visitors do, in real time.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { genres } from '../../demo/films.js';
import { startDemo } from '../../demo/start.js';
import { launchBrowser } from '../bench/visit.js';
import { until } from '../delivery-matrix/driver.js';
import { createVisitor, VISITS } from './behaviour.js';

/** @typedef {import('puppeteer-core').Page} Page */
/**
 * @typedef {'track' | 'go' | 'back' | 'hide' | 'show' | 'identify' | import('./behaviour.js').End} StepKind
 * @typedef {{ at: number, do: StepKind, type?: string, item?: string, action?: string, to?: string }} Step
 *   `at`: milliseconds since the visit began; `type` and `item` or `action`: the event; `to`: the path, or the user
 * @typedef {{ leftAt: number, startedAt: number, parsedAt: number }} Load when the page before was left, the next one was
 *   requested, and it was parsed
 * @typedef {{ device: string, landing: string, steps: Step[] }} Visit
 */

/** Visits at a time: twenty pages would slow each other down. */
const AT_A_TIME = 5;
const DEVICES = {
  desktop: { width: 1280, height: 720 },
  phone: { width: 390, height: 844, isMobile: true, hasTouch: true },
};
const OTHER_GENRES = '.genres a:not([aria-current])';
const QUERIES = ['alien', 'kubrick', 'star', 'love', 'king'];
/** The time from a click to the parsed page: about that of the storefront on an idle machine. */
const LOAD_MS = 300;
/** By then an item in view has been counted as seen: nothing more happens in a pause. */
const WATCH_MS = 2500;
/** The duration of a task on a busy machine. */
const TASK_MS = 100;
/** Long enough for a busy machine. */
const NAVIGATION_MS = 120_000;
/** The time for the last events to arrive. */
const ARRIVAL_MS = 8000;

/**
 * Returns a clock of the visit, which begins at 0. On a busy machine pages load slowly: the clock stands still meanwhile.
 * It skips the rest of pauses in which nothing more can happen.
 */
const createClock = () => {
  /** How far this clock is behind the machine's, from each change on. @type {{ from: number, behind: number, load?: Load }[]} */
  const changes = [{ from: 0, behind: Date.now() }];
  const behindNow = () => /** @type {typeof changes[number]} */ (changes.at(-1)).behind;
  /** @param {number} time */
  const at = (time) => {
    const n = changes.findLastIndex(({ from }) => from <= time);
    const { behind } = changes[n];
    const next = changes[n + 1];
    if (!next?.load || time <= next.load.leftAt) return time - behind;
    // An event of the click, or one of the next page, which may record something before it is parsed.
    return time <= next.load.startedAt ? next.load.leftAt - behind : next.from - next.behind;
  };
  const now = () => at(Date.now());
  return {
    at,
    now,
    /** @param {number} ms */
    skip(ms) {
      changes.push({ from: Date.now(), behind: behindNow() - ms });
    },
    /** Counts a load as `LOAD_MS`. @param {Load} load */
    load(load) {
      const { leftAt, parsedAt } = load;
      changes.push({ from: parsedAt, load, behind: behindNow() + parsedAt - leftAt - LOAD_MS });
    },
  };
};

/** Returns the links in view. @param {Page} page @param {string} selector */
const inView = async (page, selector) => {
  const found = [];
  for (const element of await page.$$(selector)) {
    const isInView = await element.evaluate((link) => {
      const { left, right, top, bottom } = link.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      return link === document.elementFromPoint(x, y)?.closest('a, button');
    });
    if (isInView) found.push(element);
  }
  return found;
};

/** @param {string} url @returns {import('./behaviour.js').PageKind} */
const kindOf = (url) => {
  const { pathname } = new URL(url);
  if (pathname.startsWith('/film/')) return 'film';
  return pathname === '/' ? 'home' : 'list';
};

/**
 * Drives one visit.
 * @param {import('puppeteer-core').Browser} browser @param {number} n @param {string} seed
 * @returns {Promise<Visit>}
 */
const recordVisit = async (browser, n, seed) => {
  const visitor = createVisitor(n, seed);
  const demo = await startDemo({ port: 0, awsPort: 0 });
  const context = await browser.createBrowserContext();
  const { page, other } = { page: await context.newPage(), other: await context.newPage() };
  await page.bringToFront();
  await page.setViewport(DEVICES[visitor.device]);
  // The demo's own panel covers a phone's page.
  await context.setCookie({ name: 'receipt', value: 'closed', domain: 'localhost', path: '/' });
  const landing = {
    home: '/',
    list: `/genre/${visitor.pick(genres).slug}`,
    film: await someFilm(demo.url, visitor),
  }[visitor.landing];

  /** @type {Step[]} */
  const steps = [];
  const clock = createClock();
  /** @param {number} ms */
  const pause = async (ms) => {
    await sleep(Math.min(ms, WATCH_MS));
    if (ms > WATCH_MS) clock.skip(ms - WATCH_MS);
  };
  /** @param {StepKind} what @param {Partial<Step>} [details] */
  const note = (what, details) => steps.push({ at: clock.now(), do: what, ...details });

  /** Leaves the page, and waits for the next one. @param {() => Promise<unknown>} leave @param {StepKind} [how] */
  const go = async (leave, how = 'go') => {
    const from = page.url();
    const leftAt = Date.now();
    const at = clock.now();
    await leave();
    if (!(await until(() => page.url() !== from, NAVIGATION_MS))) throw new Error(`${from} is not left`);
    const reachedAt = Date.now();
    let load = { startedAt: 0, parsedAt: 0 };
    await until(async () => {
      load = await page.evaluate(() => {
        const { navigationStart, domContentLoadedEventEnd } = performance.timing;
        return { startedAt: navigationStart, parsedAt: domContentLoadedEventEnd };
      });
      return load.parsedAt > 0;
    }, NAVIGATION_MS);
    // A page from the back/forward cache was parsed before.
    clock.load({
      leftAt,
      ...(load.parsedAt > leftAt ? load : { startedAt: reachedAt, parsedAt: reachedAt }),
    });
    steps.push({ at, do: how, ...(how === 'go' && { to: new URL(page.url()).pathname }) });
    depth += how === 'go' ? 1 : -1;
    return true;
  };
  let depth = 0;

  /** Clicks an element that may be out of view. @param {string} selector @param {number} [nth] */
  const clickOn = (selector, nth = 0) =>
    page.evaluate(
      (selector, nth) => /** @type {HTMLElement} */ (document.querySelectorAll(selector)[nth]).click(),
      selector,
      nth,
    );

  /** @type {Record<import('./behaviour.js').Act, () => Promise<unknown>>} */
  const acts = {
    scroll: () =>
      page.evaluate((by) => scrollBy({ top: by * innerHeight, behavior: 'instant' }), visitor.scrollBy()),
    trailer: () => page.click('[data-trailer]'),
    rate: () => clickOn('[data-stars] input', visitor.pick([2, 3, 4])),
    buy: () => page.click('[data-buy] button:not([disabled])'),
    'log-in': async () => {
      await page.click('[data-login]');
      await pause(visitor.scrollPause());
      note('identify', { to: 'visitor' });
      await page.click('[data-regular]');
    },
  };
  /** @type {Record<import('./behaviour.js').Move, () => Promise<unknown>>} */
  const moves = {
    film: async () => {
      const tiles = await inView(page, 'main a[data-personalize-item]');
      if (!tiles.length) return acts.scroll();
      return go(() => visitor.pick(tiles).click());
    },
    row: async () => {
      const buttons = await inView(page, '[data-row-by="1"]');
      if (buttons.length) await visitor.pick(buttons).click();
    },
    genre: async () => {
      const links = await page.$$(OTHER_GENRES);
      const nth = visitor.pick([...links.keys()]);
      return go(() => clickOn(OTHER_GENRES, nth));
    },
    search: async () => {
      const query = visitor.pick(QUERIES.filter((text) => !page.url().endsWith(text)));
      await page.$eval('.search input', (input, text) => Object.assign(input, { value: text }), query);
      return go(() => clickOn('.search button'));
    },
    home: () => go(() => clickOn('.wordmark')),
    back: () => go(() => page.evaluate(() => history.back()), 'back'),
    switch: async () => {
      note('hide');
      await other.bringToFront();
      await pause(Math.max(0, Math.min(visitor.think(), visitor.length - clock.now())));
      note('show');
      await page.bringToFront();
    },
  };
  /** Looks at the page, and does what it invites to, for a think time. */
  const look = async () => {
    const until = Math.min(visitor.length, clock.now() + visitor.think());
    const toDo = kindOf(page.url()) === 'film' ? visitor.acts() : [];
    for (;;) {
      const rest = until - clock.now();
      const wait = visitor.scrollPause();
      await pause(Math.max(0, Math.min(wait, rest)));
      if (wait >= rest) return;
      // One act is not always there: the film is bought, the visitor logged in.
      await acts[toDo.shift() ?? 'scroll']().catch(() => {});
    }
  };

  await go(() => page.goto(demo.url + landing, { waitUntil: 'domcontentloaded', timeout: NAVIGATION_MS }));
  for (;;) {
    await look();
    if (clock.now() >= visitor.length) break;
    const move = visitor.move(kindOf(page.url()));
    await moves[move === 'back' && depth < 2 ? 'home' : move]();
  }
  note(visitor.end);
  if (visitor.end === 'close') await page.close();
  else if (visitor.end === 'away') await page.goto(demo.awsUrl ?? 'about:blank');
  else await other.bringToFront();
  await sleep(ARRIVAL_MS);
  const events = demo.aws?.events.filter(({ status }) => status === 'accepted') ?? [];
  await context.close();
  await demo.close();
  for (const { event } of events) {
    const { eventType: type, itemId: item, sentAt } = event;
    const { actionId: action, timestamp } = /** @type {{ actionId?: string, timestamp?: number }} */ (event);
    steps.push({
      at: clock.at(Math.round(Number(sentAt ?? timestamp) * 1000)),
      do: 'track',
      type,
      item,
      action,
    });
  }
  return { device: visitor.device, landing, steps: inOrder(steps) };
};

/** @param {string} url @param {import('./behaviour.js').Visitor} visitor */
const someFilm = async (url, visitor) => {
  const paths = (await (await fetch(url)).text()).match(/\/film\/[^"]+/g) ?? [];
  return visitor.pick([...new Set(paths)]);
};

/**
 * Sorts the steps by time: a page is left right after the event of the same click. The tracker records items that come
 * into view together in one task, which takes a while on a busy machine: they get the time of the first.
 * @param {Step[]} steps
 */
const inOrder = (steps) => {
  const sorted = steps.toSorted((a, b) => a.at - b.at || Number(b.do === 'track') - Number(a.do === 'track'));
  for (const [n, step] of sorted.entries()) {
    const last = sorted[n - 1];
    const isSameTask =
      step.type === 'impression' && last?.type === 'impression' && step.at - last.at < TASK_MS;
    step.at = isSameTask ? last.at : Math.round(step.at);
  }
  return sorted;
};

/** Records all visits, the longest first. @param {string} seed */
export const record = async (seed) => {
  const browser = await launchBrowser([]);
  const limit = pLimit(AT_A_TIME);
  try {
    /** @type {Visit[]} */
    const visits = [];
    const numbers = [...Array(VISITS).keys()].reverse();
    await Promise.all(
      numbers.map((n) =>
        limit(async () => {
          visits[n] = await recordVisit(browser, n, seed);
          console.error(`  recorded visit ${n + 1} of ${VISITS}`);
        }),
      ),
    );
    return visits;
  } finally {
    await browser.close();
  }
};
