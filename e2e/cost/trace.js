// @ts-check
// Traces the page's main thread by processor time: the clock would include other programs.

/**
 * @typedef {{ name: string, cat: string, ph: string, pid: number, tid: number, ts: number, dur: number, tdur?: number,
 *   args: { name?: string, data?: { type?: string } } }} Entry
 * @typedef {{ at: number, ms: number }} Task `at`: the trace's own clock, in microseconds
 */

/** The threshold of a long task, in milliseconds (https://www.w3.org/TR/longtasks-1/). */
export const LONG_MS = 50;

const CATEGORIES = [
  '-*',
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  'v8',
  'blink.user_timing',
];

/** Returns the processor time; the duration on systems that do not count it. @param {Entry} entry */
const cpuOf = ({ dur, tdur = dur }) => tdur / 1000;

/** @param {Entry} outer */
const contains =
  (outer) =>
  /** @param {Entry} inner */
  (inner) =>
    inner !== outer && inner.ts >= outer.ts && inner.ts < outer.ts + outer.dur;

/** Entries that run or compile scripts: the outermost of them covers all of a script's time. */
const SCRIPT =
  /^(EvaluateScript|FunctionCall|RunMicrotasks|TimerFire|EventDispatch|FireIdleCallback|FireAnimationFrame|v8\.\w+)$/;

/** A mark set in the traced page, by which its thread is found. */
const PAGE_MARK = 'the page';

/** @param {string} name */
const isMark =
  (name) =>
  /** @param {Entry} entry */
  (entry) =>
    entry.name === name && entry.cat.includes('user_timing');

/** @param {Entry[]} slices by their beginning */
const outermost = (slices) => {
  let end = 0;
  return slices.filter(({ ts, dur }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
};

/** A trace is incomplete if a browser's process learns of it too late, mainly under load. The page is not at fault. */
class IncompleteTrace extends Error {}

/** @param {Buffer} buffer */
const readTrace = (buffer) => {
  /** @type {{ traceEvents: Entry[] }} */
  const { traceEvents } = JSON.parse(buffer.toString());
  // Other processes of the browser have a main thread, too.
  const page = traceEvents.find(isMark(PAGE_MARK));
  if (!page) throw new IncompleteTrace('the trace has nothing of the page');
  const thread = traceEvents.filter(({ pid, tid }) => pid === page.pid && tid === page.tid);
  const slices = thread.filter(({ ph }) => ph === 'X').sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const collections = slices.filter(({ name }) => /^(Major|Minor)GC$/.test(name));
  /** Returns the processor time without garbage collection, which any code may have caused. @param {Entry} slice */
  const own = (slice) =>
    collections.filter(contains(slice)).reduce((rest, gc) => rest - cpuOf(gc), cpuOf(slice));
  /** @param {string} name */
  const markAt = (name) => {
    const mark = thread.find(isMark(name));
    if (!mark) throw new IncompleteTrace(`the trace has no mark "${name}"`);
    return mark.ts;
  };
  /** @param {Entry[]} some @param {string | undefined} from @param {string | undefined} to names of marks */
  const between = (some, from, to) => {
    const [begin, end] = [from ? markAt(from) : 0, to ? markAt(to) : Infinity];
    return some.filter(({ ts }) => ts >= begin && ts < end);
  };
  /** @param {Entry[]} some */
  const sum = (some) => some.map(own).reduce((a, b) => a + b, 0);
  const tasks = slices.filter(({ name }) => name === 'RunTask');
  return {
    /** Milliseconds of each task. */
    tasks: tasks.map(own),
    /** The same by the clock, which includes other programs and garbage collection. */
    tasksByClock: tasks.map(({ dur }) => dur / 1000),
    /** Returns the time of all tasks between two marks. @param {string} [from] @param {string} [to] */
    busy: (from, to) => sum(between(tasks, from, to)),
    /** Returns the time of all scripts between two marks, with their compilation. @param {string} [from] @param {string} [to] */
    scripts: (from, to) => sum(outermost(between(slices, from, to).filter(({ name }) => SCRIPT.test(name)))),
    /** Returns the time of each event of a type: all its listeners and their microtasks. @param {string} type */
    dispatches: (type) =>
      slices.filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === type).map(own),
  };
};

/**
 * @typedef {{ page: { evaluate: (mark: (name: string) => void, name: string) => Promise<unknown> },
 *   start: (categories: string[]) => Promise<unknown>, stop: () => Promise<Uint8Array | undefined> }} Tracing a driver's
 */

/** Returns Playwright's tracing. @param {import('@playwright/test').Browser} browser @param {import('@playwright/test').Page} page @returns {Tracing} */
export const tracingOf = (browser, page) => ({
  page,
  start: (categories) => browser.startTracing(page, { categories }),
  stop: () => browser.stopTracing(),
});

/** Traces the page until `run` has ended. @param {Tracing} tracing @param {() => Promise<unknown>} run */
export const traceWhile = async ({ page, start, stop }, run) => {
  await start(CATEGORIES);
  let buffer;
  try {
    await run();
    await page.evaluate((name) => void performance.mark(name), PAGE_MARK);
  } finally {
    buffer = await stop();
  }
  return readTrace(Buffer.from(buffer ?? []));
};

const MAX_TRIES = 3;

/** Repeats a run whose trace was incomplete. @template T @param {() => Promise<T>} run @returns {Promise<T>} */
export const untilTraced = async (run) => {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof IncompleteTrace) || tries === MAX_TRIES) throw error;
      console.error(`  repeated: ${error.message}`);
    }
  }
};

/** @typedef {Awaited<ReturnType<typeof traceWhile>>} Trace */
