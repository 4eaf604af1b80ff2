// @ts-check
// A browser, and visitors with a profile each.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../delivery-matrix/puppeteer.js';
import { findBrowser } from '../support/browser.js';

/**
 * @typedef {{ clicks: Record<string, number>, click: () => void, flush?: () => Promise<unknown> }} Bench what page.js leaves on the page
 * @typedef {ReturnType<typeof openPage>} Visit
 */

/** What has not arrived by then is said not to have. */
const ARRIVAL_LIMIT_MS = 15_000;
/** No request for so long, and the page is at rest. */
const QUIET_MS = 1500;
const POLL_MS = 20;

/** Twenty pages that load at the same time would take each other's time, and some too long. */
const loading = pLimit(2);

/** @param {() => boolean} isSo @param {number} limitMs */
export const until = async (isSo, limitMs) => {
  for (const end = Date.now() + limitMs; !isSo() && Date.now() < end; ) await sleep(POLL_MS);
};

/** @param {string[]} args */
export const launchBrowser = async (args) =>
  puppeteer.launch({
    executablePath: findBrowser(),
    headless: true,
    args: [...CHROMIUM_ARGS, ...args],
    defaultViewport: { width: 1280, height: 720 },
  });

/** @param {import('puppeteer-core').Page} page @param {import('./world.js').Seen} seen */
const openPage = (page, seen) => {
  /** @param {string} expression */
  const evaluate = (expression) => page.evaluate(expression);
  return {
    /** As a script clicks: what listens hears the same. */
    click: () => evaluate('document.querySelector("button").click()'),
    /** What the peer has for it; false where it has nothing. */
    flush: () => evaluate('bench.flush ? Promise.resolve(bench.flush()).then(() => true) : false'),
    /** When each item was clicked. @returns {Promise<Record<string, number>>} */
    clicks: async () => /** @type {Record<string, number>} */ (await evaluate('bench.clicks')),
    /** So many events, or the limit. @param {number} events */
    arrival: (events) => until(() => seen.arrivals.size >= events, ARRIVAL_LIMIT_MS),
    /** Until no request has come for a while. */
    rest: () => until(() => Date.now() - (seen.sent.at(-1)?.at ?? 0) > QUIET_MS, ARRIVAL_LIMIT_MS),
    /** Leaves as a visitor does, which may send something. */
    async leave() {
      await page.goto('about:blank');
      await sleep(QUIET_MS);
      await page.close();
    },
  };
};

/**
 * A new visitor, of whom nothing is stored or cached; each `visit()` is a new page of the same.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('./world.js').Trial} trial
 */
export const createVisitor = async (browser, trial) => {
  const context = await browser.createBrowserContext();
  let visits = 0;
  return {
    /** @param {{ atOnce?: boolean }} [options] */
    async visit({ atOnce = false } = {}) {
      const url = `${trial.url}?visit=${++visits}${atOnce ? '&at-once' : ''}`;
      return loading(async () => {
        const page = await context.newPage();
        await page.goto(url);
        await page.waitForFunction('window.bench');
        return openPage(page, trial.seen);
      });
    },
    close: () => context.close(),
  };
};
