// @ts-check
// Records very many events in one task, and measures how many arrive and how their cost grows.
import { setTimeout as sleep } from 'node:timers/promises';
import { openMeasured } from './devtools.js';
import { median, spread, whole } from './figures.js';
import { figureCell, peerTable } from './table.js';
import { until } from './visit.js';
import { isPreflight } from './world.js';

/** Bursts of a turn run at the same time: their figures do not depend on the load of the machine. */
const TURNS = [[20, 200], [2000], [20_000]];
const BURSTS = TURNS.flat();
/** The burst whose time of arrival is shown. */
const MOST = Math.max(...BURSTS);
/** The time limit of a burst. */
const LIMIT_MS = 10_000;
/** Longer than any peer waits for more events: after such a pause no more will arrive. */
const STALL_MS = 5500;
/** The time for tasks that run when a page is idle. */
const REST_MS = 1000;
/** The time in which requests of a closed page are still answered. */
const QUIET_MS = 500;

/**
 * @typedef {{ arrived: number, repeats: number, requests: number, seconds: number, recording?: number, all?: number }} Burst
 *   `seconds` until the last arrival; `recording` and `all`: milliseconds of the main thread, absent if it did not end
 *   in time
 * @typedef {Record<string, Burst>} Scale by number of events
 */

/** @template T @param {Promise<T>} promise @param {number} ms @returns {Promise<T | undefined>} */
const withTimeout = (promise, ms) =>
  Promise.race([promise.catch(() => undefined), sleep(ms, undefined, { ref: false })]);

/** @param {import('./dimensions.js').Setting} setting @param {number} events @returns {Promise<Burst>} */
const burst = async ({ world, browser, bundle }, events) => {
  const trial = world.open(bundle);
  const page = await openMeasured(browser, trial);
  const { seen } = trial;
  await page.load();
  await sleep(REST_MS);
  const before = await page.threadTime();
  const at = Date.now();
  const remainingMs = () => Math.max(at + LIMIT_MS - Date.now(), QUIET_MS);
  /** @returns {Promise<number | undefined>} */
  const worked = async () => {
    const time = await withTimeout(page.threadTime(), remainingMs());
    return time && time - before;
  };

  const recorded = page.evaluate(`for (let n = 0; n < ${events}; n++) bench.click()`);
  const recording = await withTimeout(recorded.then(worked), LIMIT_MS);
  const recordedAt = Date.now();
  const lastAt = () => [...seen.arrivals.values()].at(-1) ?? at;
  await until(
    () => seen.arrivals.size >= events || Date.now() - Math.max(lastAt(), recordedAt) > STALL_MS,
    remainingMs(),
  );
  const all = recording && (await worked());
  const result = {
    arrived: seen.arrivals.size,
    repeats: seen.repeats,
    requests: seen.sent.filter((sent) => !isPreflight(sent)).length,
    seconds: (lastAt() - at) / 1000,
    recording,
    all,
  };
  await page.end();
  // Requests still open would take processor time from the next burst.
  await until(() => Date.now() - (seen.sent.at(-1)?.at ?? 0) > QUIET_MS, LIMIT_MS);
  trial.close();
  return result;
};

/** @param {import('./dimensions.js').Results<Scale>} results @param {string} name @param {number} events */
const burstsOf = (results, name, events) => (results[name] ?? []).map((run) => run[events]);

/** @param {Burst[]} bursts @param {number} events */
const isComplete = (bursts, events) => bursts.every(({ arrived }) => arrived >= events);

/** @param {Burst} burst */
const rate = ({ arrived, seconds }) => (seconds ? arrived / seconds : 0);

const reasons = {
  'aws-sdk': 'has a request in flight for each event, without a limit, and stores none',
  amplify: 'stores nothing, and drops events when its buffer is full',
  rum: 'stores nothing, sends 100 events in a request, and drops the newest when 1,000 wait',
  snowplow: 'signs nothing, and its request takes all events that were recorded meanwhile',
  posthog: 'signs nothing and stores nothing; its request takes more events than the 10 of Personalize',
  segment: 'signs nothing and stores nothing',
  'search-insights': 'signs nothing and stores nothing; it calls for a beacon and forgets the event',
};

/** @type {import('./dimensions.js').Dimension<Scale>} */
export const scale = {
  title: 'Scale: very many events recorded in one task',
  legend: `A stress test beyond any visitor: an idle page records this many events in one task. The run ends ${LIMIT_MS / 1000} s later, or ${STALL_MS / 1000} s
after the last arrival. "Recording": the task's time on the main thread. If not all events arrived, the table gives their
number, and does not compare. This tracker queues at most 1,000 events on a device ([limits](delivery.md#limits)): of more in one task it
keeps the newest 900 and reports each of the others to \`on('rejected')\`. The costs above show the growth with tiles.`,
  floor: 'one request for all events of the task',
  reasons,
  async measure(setting) {
    /** @type {Scale} */
    const bursts = {};
    const make = async (/** @type {number} */ events) => {
      bursts[events] = await burst(setting, events);
    };
    for (const turn of TURNS) await Promise.all(turn.map(make));
    return bursts;
  },
  toTables(peers, results) {
    const most = peerTable(
      ['arrived', 'events a second', 'recording, ms', 'requests', 'duplicates'],
      peers,
      ({ name }) => {
        const bursts = burstsOf(results, name, MOST);
        const recording = bursts.flatMap((burst) => burst.recording ?? []);
        return [
          figureCell(
            bursts.map(({ arrived }) => arrived),
            { isMoreBetter: true },
          ),
          figureCell(bursts.map(rate), { isMoreBetter: true }),
          recording.length === bursts.length ? figureCell(recording) : `over ${whole(LIMIT_MS)}`,
          spread(bursts.map(({ requests }) => requests)),
          spread(bursts.map(({ repeats }) => repeats)),
        ];
      },
    );
    /** Compares the same work only: all events must have arrived. @param {(burst: Burst) => number | undefined} pick */
    const growth = (pick) =>
      peerTable(
        BURSTS.map((events) => `${whole(events)} events`),
        peers,
        ({ name }) =>
          BURSTS.map((events) => {
            const bursts = burstsOf(results, name, events);
            const values = bursts.flatMap((burst) => pick(burst) ?? []);
            const isOtherWork = !isComplete(bursts, events);
            const note = isOtherWork
              ? `, ${whole(median(bursts.map(({ arrived }) => arrived)))} arrived`
              : '';
            return values.length === bursts.length
              ? figureCell(values, { note, isOtherWork })
              : `not idle in time${note}`;
          }),
      );
    return [
      { caption: `${whole(MOST)} events`, ...most },
      { caption: 'Requests', ...growth(({ requests }) => requests) },
      { caption: 'Main thread, ms', ...growth(({ all }) => all) },
    ];
  },
};
