// @ts-check

import { openSite } from './site.js';
import { createStage } from './stage.js';
import { LONG_MS, traceWhile, tracingOf } from './trace.js';

/**
 * @typedef {import('./subjects.js').Subject} Subject
 * @typedef {import('./scenes.js').Scene} Scene
 * @typedef {{ values: import('./scenes.js').Values, longTasks: number, longestTask: number, events: number }} Result
 *   `longTasks`: how many were traced; `longestTask`: its milliseconds
 */

/** The time limit after which a wait fails. */
const WAIT_MS = 20_000;

/** Waits until a count is reached, and returns it. @param {() => Promise<number>} count @param {number} least @param {string} what */
const untilCounted = async (count, least, what) => {
  const limit = Date.now() + WAIT_MS;
  for (;;) {
    const counted = await count();
    if (counted >= least) return counted;
    if (Date.now() > limit) throw new Error(`${what}: ${counted} of ${least} in ${WAIT_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/**
 * Runs a scene with one subject on a new site in a new browser context, without cache and stored data.
 * @param {{ browser: import('@playwright/test').Browser, scene: Scene, subject: Subject, script: Buffer }} options
 * @returns {Promise<Result>}
 */
export const runTrial = async ({ browser, scene, subject, script }) => {
  const isTracker = subject === 'tracker';
  const site = await openSite({ subject, script });
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const errors = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => {
      if (/error|warning/.test(message.type())) errors.push(message.text());
    });
    const devtools = await context.newCDPSession(page);
    await page.goto(site.url + (scene.path ?? '/'));
    const stage = await page.evaluateHandle(createStage);
    const options = { ...site.options, ...scene.options };
    const counts = () => stage.evaluate(({ counts }) => counts());
    let longTasks = 0;
    let longestTask = 0;
    let known = 0;
    /** @type {import('./scenes.js').Trial} */
    const trial = {
      isTracker,
      devtools,
      options,
      stage,
      begin: () => stage.evaluate(({ begin }, options) => begin(options), options),
      async trace(run) {
        const trace = await traceWhile(tracingOf(browser, page), run);
        for (const ms of trace.tasks) {
          if (ms > LONG_MS) longTasks++;
          longestTask = Math.max(longestTask, ms);
        }
        return trace;
      },
      async expectQueued(events, what, more) {
        if (!isTracker) return;
        const count = async () => (await counts()).queued;
        const queued = await untilCounted(count, known + events, `${what} recorded`);
        if (queued > known + events && !more)
          throw new Error(`${what}: ${queued - known} recorded, not ${events}`);
        known = queued;
      },
      async expectObserved(tiles) {
        if (isTracker) await untilCounted(async () => (await counts()).observed, tiles, 'tiles observed');
      },
      async settle() {
        await stage.evaluate(({ settle }) => settle());
        return site.counted();
      },
      async heap() {
        await stage.evaluate(({ forgetRequests }) => forgetRequests());
        for (let times = 3; times > 0; times--) await devtools.send('HeapProfiler.collectGarbage');
        const { usedSize, embedderHeapUsedSize, backingStorageSize } =
          await devtools.send('Runtime.getHeapUsage');
        const { nodes } = await devtools.send('Memory.getDOMCounters');
        return { bytes: usedSize, native: embedderHeapUsedSize + backingStorageSize, nodes };
      },
    };
    const values = await scene.run(trial);
    if (isTracker) {
      await trial.settle();
      const { queued, rejected } = await counts();
      const counted = site.counted().length;
      if (rejected || counted !== queued) {
        throw new Error(`${queued} events recorded, ${rejected} rejected, ${counted} counted by the service`);
      }
    }
    if (errors.length) throw new Error(`the page has complained: ${errors.join('; ')}`);
    return { values, longTasks, longestTask, events: site.counted().length };
  } finally {
    await context.close();
    await site.close();
  }
};
