// @ts-check
// Opens a page whose main thread is measured.
import { traceWhile } from '../cost/trace.js';

/** Garbage may keep other garbage alive: after three collections all of it is gone. */
const COLLECTIONS = 3;

/**
 * Opens a new visitor's page, without stored or cached data.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('./world.js').Trial} trial
 */
export const openMeasured = async (browser, trial) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const devtools = await page.createCDPSession();
  // Starts the process with a missing page, so that no figure includes its start.
  await page.goto(`${trial.url}nothing`);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  /** @type {import('../cost/trace.js').Tracing} */
  const tracing = {
    page,
    start: (categories) => page.tracing.start({ categories }),
    stop: () => page.tracing.stop(),
  };
  return {
    devtools,
    /** @param {string} expression @returns {Promise<any>} */
    evaluate: (expression) => page.evaluate(expression),
    /** Loads the page, and waits until its scripts have run. */
    load: () => page.goto(`${trial.url}?visit=1`),
    /** @param {() => Promise<unknown>} run */
    trace: (run) => traceWhile(tracing, run),
    /** Returns the size of the heap after garbage collection, in bytes. */
    async heap() {
      for (let times = COLLECTIONS; times > 0; times--) await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize;
    },
    /** Returns the work of the page's main thread so far, in milliseconds. */
    async threadTime() {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1000;
    },
    close: () => context.close(),
    /** Ends the page at once: to close a busy page could take as long as its work. */
    end() {
      devtools.send('Page.crash').catch(() => {}); // A crashed page does not answer.
      return context.close();
    },
  };
};

/** @typedef {Awaited<ReturnType<typeof openMeasured>>} Measured */
