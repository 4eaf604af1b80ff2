// @ts-check
// Checks the tracker's guarantees over many events from one page with a faulty connection.
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { listen } from 'personalize-beacon/local';
import { LONG_MS, traceWhile, tracingOf } from '../cost/trace.js';
import { findBrowser } from '../support/browser.js';
import { soak } from './soak.js';

const HELP = `npm run soak -- [options]
  --events 20000  how many to record, 1,000 to 200,000
  --seed 1        decides which requests fail, in the order in which they come
  --speed 20      how many times faster the clocks of page and service run
  --json          prints the figures as JSON; progress always goes to the error stream
`;

/** The variation of a heap that does not grow: compiled code, and garbage not yet collected. */
const HEAP_NOISE = 75_000;
const HEAP_NOISE_PER_EVENT = 2.5;

/** @param {number[]} durations */
const summary = (durations) => ({
  long: durations.filter((ms) => ms > LONG_MS).length,
  longestMs: durations.reduce((a, b) => Math.max(a, b), 0),
});

/** @param {number} n */
const text = (n) => n.toLocaleString('en', { maximumFractionDigits: 1 });

/** @param {{ events: number, seed: string, speed: number }} options */
const run = async ({ events, seed, speed }) => {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  /** @type {Awaited<ReturnType<typeof listen>>[]} */
  const servers = [];
  try {
    const page = await browser.newPage();
    const devtools = await page.context().newCDPSession(page);
    const startedAt = Date.now();
    const elapsed = () => (Date.now() - startedAt) / 1000;
    /** @type {{ delivered: number, bytes: number }[]} */
    const heap = [];
    /** @type {number[]} */
    const tasks = [];
    /** @type {number[]} */
    const tasksByClock = [];
    const outcome = await soak({
      page,
      events,
      seed,
      speed,
      async serve(handler) {
        const server = await listen(handler, 0);
        servers.push(server);
        return server.port;
      },
      async each(record) {
        let delivered = 0;
        const trace = await traceWhile(tracingOf(browser, page), async () => {
          delivered = await record();
        });
        for (const ms of trace.tasks) tasks.push(ms);
        for (const ms of trace.tasksByClock) tasksByClock.push(ms);
        await devtools.send('HeapProfiler.collectGarbage');
        const { usedSize: bytes } = await devtools.send('Runtime.getHeapUsage');
        heap.push({ delivered, bytes });
        console.error(
          `${text(delivered).padStart(8)} delivered, ${text(elapsed())} s, heap ${text(bytes / 1000)} kB`,
        );
      },
    });
    /** @param {number} from @param {number} to tenths */
    const growth = (from, to) => {
      const [a, b] = [heap[from - 1], heap[to - 1]];
      return { events: b.delivered - a.delivered, bytes: b.bytes - a.bytes };
    };
    return {
      events,
      seed,
      speed,
      seconds: elapsed(),
      ...outcome,
      heap,
      heapGrowth: { firstHalf: growth(1, 5), lastHalf: growth(5, 10) },
      tasks: {
        all: tasks.length,
        byClock: summary(tasksByClock),
        byProcessor: summary(tasks),
      },
    };
  } finally {
    await browser.close();
    await Promise.all(servers.map(({ close }) => close()));
  }
};

/** @typedef {Awaited<ReturnType<typeof run>>} Figures */

/** @param {unknown[]} what */
const examplesOf = (what) =>
  `${text(what.length)} (${what.slice(0, 5).join(', ')}${what.length > 5 ? ', …' : ''})`;

/** @param {Figures} figures @returns {string[]} */
const brokenPromises = ({ events, delivered, lost, twice, rejected, stopped, heapGrowth, tasks }) => {
  const { lastHalf } = heapGrowth;
  const { byProcessor } = tasks;
  /** @type {[boolean, string][]} */
  const promises = [
    [lost.length > 0, `nothing is lost: ${examplesOf(lost)} never reached the service`],
    [twice.length > 0, `nothing is counted twice: ${examplesOf(twice)} were`],
    [rejected.length > 0, `nothing is rejected: ${examplesOf(rejected)}`],
    [stopped.length > 0, `sending continues: it stopped, ${stopped[0]}`],
    [
      delivered !== events,
      `each event is reported delivered once: ${text(delivered)} times for ${text(events)}`,
    ],
    [
      lastHalf.bytes > HEAP_NOISE + HEAP_NOISE_PER_EVENT * lastHalf.events,
      `the heap does not grow with the events: in the last half it grew by ${text(lastHalf.bytes / 1000)} kB`,
    ],
    [
      byProcessor.long > 0,
      `no long task: ${text(byProcessor.long)} had the processor for over ${LONG_MS} ms, the longest for ${text(byProcessor.longestMs)} ms`,
    ],
  ];
  return promises.filter(([isBroken]) => isBroken).map(([, promise]) => promise);
};

/** @param {Figures} figures */
const table = ({ events, speed, seconds, heap, heapGrowth, tasks, ...outcome }) => {
  /** @param {{ bytes: number, events: number }} growth */
  const perEvent = (growth) => text(growth.bytes / growth.events);
  const faults = Object.entries(outcome.faults).map(([name, hits]) => `${text(hits)} ${name}`);
  const { byClock, byProcessor } = tasks;
  const rows = {
    time: `${text(seconds)} s; ${text(outcome.minutes)} min for page and service, whose timers, clocks and credentials run ${speed} times faster`,
    events: `${text(events)} recorded, ${text(outcome.delivered)} delivered, ${text(events - outcome.lost.length)} counted, ${text(outcome.rejected.length)} rejected`,
    requests: `${text(outcome.requests)}; affected by faults: ${faults.join(', ')}`,
    duplicates: `${text(outcome.repeats)} events that the service already had were sent again`,
    renewals: `${text(outcome.renewals)} of credentials; ${text(outcome.expired)} requests arrived after theirs had expired`,
    flushes: `flush() was called ${text(outcome.nudges)} times, because nothing had progressed for three minutes`,
    heap: `${heap.map(({ bytes }) => text(bytes / 1000)).join(' ')} kB after garbage collection, at each tenth`,
    growth: `${perEvent(heapGrowth.firstHalf)} bytes an event in the first half, ${perEvent(heapGrowth.lastHalf)} in the last`,
    'long tasks': `${text(byProcessor.long)} of ${text(tasks.all)} by processor time without garbage collection, the longest ${text(byProcessor.longestMs)} ms`,
    'by the clock': `${text(byClock.long)}, the longest ${text(byClock.longestMs)} ms; includes other programs and garbage collection`,
  };
  return Object.entries(rows)
    .map(([name, row]) => `${name.padEnd(14)}${row}`)
    .join('\n');
};

/** @param {string} name @param {string} value @param {number} min @param {number} max */
const numberIn = (name, value, min, max) => {
  const number = Number(value);
  if (number >= min && number <= max) return number;
  throw new Error(`--${name} takes a number from ${text(min)} to ${text(max)}, not '${value}'`);
};

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '20' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else {
  const figures = await run({
    events: Math.round(numberIn('events', values.events, 1000, 200_000)),
    seed: values.seed,
    speed: numberIn('speed', values.speed, 1, 50),
  });
  console.log(values.json ? JSON.stringify(figures, null, 2) : `\n${table(figures)}`);
  const broken = brokenPromises(figures);
  for (const promise of broken) console.error(`broken: ${promise}`);
  if (broken.length) process.exitCode = 1;
}
