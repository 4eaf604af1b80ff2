// @ts-check
// Opens a browser, and visitors with separate profiles.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../delivery-matrix/puppeteer.js';
import { findBrowser } from '../support/browser.js';

/**
 * @typedef {{ clicks: Record<string, number>, click: () => void, flush?: () => Promise<unknown> }} Bench what page.js leaves on the page
 * @typedef {ReturnType<typeof openPage>} Visit
 */

/** The time for events to arrive. */
const ARRIVAL_LIMIT_MS = 15_000;
/** The time without a request after which a page is at rest. */
const QUIET_MS = 1500;
const POLL_MS = 20;

/** Twenty pages loading at the same time would slow each other down, some beyond the time limit. */
const loading = pLimit(2);

/** @param {() => boolean} condition @param {number} limitMs */
export const until = async (condition, limitMs) => {
  for (const end = Date.now() + limitMs; !condition() && Date.now() < end; ) await sleep(POLL_MS);
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
    /** Clicks by script, which listeners hear alike. */
    click: () => evaluate('document.querySelector("button").click()'),
    /** Flushes the peer; resolves to false if it has no flush. */
    flush: () => evaluate('bench.flush ? Promise.resolve(bench.flush()).then(() => true) : false'),
    /** Returns the time of each item's click. @returns {Promise<Record<string, number>>} */
    clicks: async () => /** @type {Record<string, number>} */ (await evaluate('bench.clicks')),
    /** Waits for the events to arrive, up to the limit. @param {number} events */
    arrival: (events) => until(() => seen.arrivals.size >= events, ARRIVAL_LIMIT_MS),
    /** Waits until the page sends no more requests. */
    rest: () => until(() => Date.now() - (seen.sent.at(-1)?.at ?? 0) > QUIET_MS, ARRIVAL_LIMIT_MS),
    /** Leaves the page as a visitor does, which may send something. */
    async leave() {
      await page.goto('about:blank');
      await sleep(QUIET_MS);
      await page.close();
    },
  };
};

/**
 * Creates a visitor without stored or cached data; each `visit()` opens another page.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('./world.js').Trial} trial
 */
export const createVisitor = async (browser, trial) => {
  const context = await browser.createBrowserContext();
  let visits = 0;
  return {
    /** @param {{ atOnce?: boolean, atEnd?: boolean }} [options] `atEnd`: the floor waits until the page is left */
    async visit({ atOnce = false, atEnd = false } = {}) {
      const url = `${trial.url}?visit=${++visits}${atOnce ? '&at-once' : ''}${atEnd ? '&at-end' : ''}`;
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
