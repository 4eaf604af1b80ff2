// @ts-check
import { markdownTable } from 'markdown-table';
import { EVENTS, scenarios } from './scenarios.js';

/**
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {import('./run.js').Cell} Cell
 * @typedef {import('./run.js').Measured} Measured
 * @typedef {import('../report/parts.js').Parts<Measured>} Engines by `EngineName`
 */

export const LEGEND = `A page records ${EVENTS} events and is left in the same task. "60 → 100 %": the share that arrived before → after the next
visit, on which one more event is recorded. "duplicates": events received more than once before → after it, with the
same eventId, which the service counts once. After a crash or a kill, the next visit's clock is two minutes ahead, because
the tracker adopts a dead page's events after one minute.`;

/** @param {Cell} cell */
const sum = ({ results }) => {
  const total = {
    runs: 0,
    errors: 0,
    before: 0,
    after: 0,
    repeatedBefore: 0,
    repeatedAfter: 0,
    countedTwice: 0,
    restored: 0,
  };
  for (const result of results) {
    total.runs++;
    if ('error' in result) {
      total.errors++;
      continue;
    }
    total.before += result.before.events;
    total.after += result.after.events;
    total.repeatedBefore += result.before.repeated;
    total.repeatedAfter += result.after.repeated;
    total.countedTwice += result.after.countedTwice;
    total.restored += Number(result.isRestored);
  }
  return { ...total, recorded: total.runs * EVENTS };
};

/** Returns a share rounded down: only a complete one is 100 %. @param {number} part @param {number} whole */
const percent = (part, whole) => Math.floor((part / whole) * 100);

/** @param {Cell} cell */
const arrivedIn = (cell) => {
  if (cell.unable) return 'not measured';
  const { before, after, recorded } = sum(cell);
  return `${percent(before, recorded)} → ${percent(after, recorded)} %`;
};

/** @param {Cell} cell */
const repeatedIn = (cell) => (cell.unable ? '' : `${sum(cell).repeatedBefore} → ${sum(cell).repeatedAfter}`);

/** @param {Cell} cell @param {boolean} hasCache */
const restoredIn = (cell, hasCache) =>
  cell.unable || !hasCache ? 'not measured' : `${sum(cell).restored} of ${sum(cell).runs}`;

/** Returns the table, for a terminal as for a Markdown file. @param {Engines} byName */
export const toTable = (byName) => {
  const engines = Object.values(byName);
  const rows = engines[0].cells.map(({ scenario }, i) => [
    scenarios[scenario].title,
    ...engines.flatMap(({ cells }) => [arrivedIn(cells[i]), repeatedIn(cells[i])]),
  ]);
  const restored = engines[0].cells.flatMap(({ scenario }, i) =>
    scenarios[scenario].isRestored
      ? [
          [
            `${scenarios[scenario].title}: restored from cache`,
            ...engines.flatMap(({ hasCache, cells }) => [restoredIn(cells[i], hasCache), '']),
          ],
        ]
      : [],
  );
  const recorded = Math.max(...engines.flatMap(({ cells }) => cells.map((cell) => sum(cell).recorded)));
  const head = [`${recorded} events a cell`, ...engines.flatMap(({ browser }) => [browser, 'duplicates'])];
  const unable = engines.flatMap(({ browser, cells }) =>
    cells.flatMap((cell) =>
      cell.unable ? [`${browser}, ${scenarios[cell.scenario].title}: not measured, ${cell.unable}`] : [],
    ),
  );
  return [markdownTable([head, ...rows, ...restored]), ...unable].join('\n\n');
};

/**
 * The minimal share, in percent, after the next visit if the process may end before the events are stored. With too few
 * runs the share is only reported.
 */
const RACE_FLOOR = 50;
const RACE_RUNS = 10;

/** Returns the events that are missing after the next visit, and should not be. @param {Cell} cell @param {boolean} isRace */
const missingIn = (cell, isRace) => {
  const { runs, recorded, after } = sum(cell);
  const isTolerated = isRace && (runs < RACE_RUNS || after >= (recorded * RACE_FLOOR) / 100);
  return isTolerated ? 0 : recorded - after;
};

/** Describes the results that fail the run. @param {Engines} byName */
export const brokenPromises = (byName) =>
  Object.entries(byName).flatMap(([engine, { browser, hasCache, cells }]) =>
    cells.flatMap((cell) => {
      if (cell.unable) return [];
      const { title: way, promised, race, isRestored } = scenarios[cell.scenario];
      const name = /** @type {EngineName} */ (engine);
      const { runs, errors, recorded, before, countedTwice, restored } = sum(cell);
      const missing = missingIn(cell, !!race?.includes(name));
      const reasons = new Set(cell.results.flatMap((result) => ('error' in result ? [result.error] : [])));
      return [
        errors && `${errors} of ${runs} runs failed: ${[...reasons].join('; ')}`,
        missing && `${missing} of ${recorded} events had not arrived after the next visit`,
        promised?.includes(name) &&
          before < recorded &&
          `${recorded - before} of ${recorded} events had not arrived before the next visit`,
        countedTwice && `${countedTwice} events were counted twice`,
        isRestored &&
          hasCache &&
          restored < runs &&
          `${runs - restored} of ${runs} pages were not restored from the cache`,
      ].flatMap((problem) => (problem ? [`${browser}, ${way}: ${problem}`] : []));
    }),
  );
