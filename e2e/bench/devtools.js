// @ts-check
// A page whose main thread is measured.
import { traceWhile } from '../cost/trace.js';

/** What is garbage may hold more of it: by the third time all has gone. */
const COLLECTIONS = 3;

/**
 * A new visitor's page, of whom nothing is stored or cached.
 * @param {import('puppeteer-core').Browser} browser
 * @param {import('./world.js').Trial} trial
 */
export const openMeasured = async (browser, trial) => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const devtools = await page.createCDPSession();
  // The process begins for a page that is not there: no figure has its beginning in it.
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
    /** Until all its scripts have run that it names. */
    load: () => page.goto(`${trial.url}?visit=1`),
    /** @param {() => Promise<unknown>} run */
    trace: (run) => traceWhile(tracing, run),
    /** Bytes that are no garbage. */
    async heap() {
      for (let times = COLLECTIONS; times > 0; times--) await devtools.send('HeapProfiler.collectGarbage');
      return (await devtools.send('Runtime.getHeapUsage')).usedSize;
    },
    /** Milliseconds that the page's main thread has worked for so far. */
    async threadTime() {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1000;
    },
    close: () => context.close(),
    /** However busy it is: to close such a one may take as long as what it is about. */
    end() {
      devtools.send('Page.crash').catch(() => {}); // Who crashes does not answer.
      return context.close();
    },
  };
};

/** @typedef {Awaited<ReturnType<typeof openMeasured>>} Measured */
