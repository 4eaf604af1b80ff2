#!/usr/bin/env node
// @ts-check
// `npm run delivery`: records five events as the page is left, in every way and engine, and counts those that arrive.
import { parseArgs } from 'node:util';
import { keepFigures } from '../report/docs.js';
import { originOf, saveParts } from '../report/parts.js';
import { engineNames } from '../support/browser.js';
import { readCount, readNames } from '../support/flags.js';
import { until } from './driver.js';
import { openEngine } from './engines.js';
import { createPool } from './pool.js';
import { EVENTS, enter, scenarios } from './scenarios.js';
import { brokenPromises, LEGEND, toTable } from './table.js';
import { openWorld } from './world.js';

/**
 * @typedef {import('../support/browser.js').EngineName} EngineName
 * @typedef {{ scenario: string, results: import('./visit.js').Result[], unable?: string }} Cell a result a run
 * @typedef {import('../report/parts.js').Origin & { hasCache: boolean, cells: Cell[] }} Measured an engine's
 */

const HELP = `Prints how many events arrive, by the way a page is left and by engine.

  npm run delivery -- [--runs 20] [--engine chromium,firefox,webkit] [--only navigate,close]
                      [--parallel 2] [--json FILE] [--readme]

  --runs      runs of each cell, ${EVENTS} events each
  --engine    ${engineNames.join(', ')}
  --only      ${Object.keys(scenarios).join(', ')}
  --parallel  browsers of each engine at a time
  --json      writes every run's counts to a file
  --readme    saves them in docs/delivery.json and writes the table in docs/delivery.md. Engines that are left out keep
              their figures. Takes no --only

Ends with 1 when a promise is broken. Where the process may end before its storage has the events, the share is
reported; it must be 50 % after the next visit, from 10 runs on.
`;

/** The time for events to arrive before the next visit if nothing guarantees that they do. */
const GONE_MS = 3000;
/** The time for events that are guaranteed to arrive: a slow machine must not count as a loss. */
const SURE_MS = 10_000;

const ALL = Object.keys(scenarios).join();

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    engine: { type: 'string', default: engineNames.join() },
    only: { type: 'string', default: ALL },
    parallel: { type: 'string', default: '2' },
    json: { type: 'string' },
    readme: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

/** @param {import('./driver.js').Page} page @param {() => boolean} haveAllArrived */
const settle = async (page, haveAllArrived) => {
  await page.evaluate("personalize.track('view', 'again'); await personalize.flush();");
  await until(haveAllArrived, SURE_MS);
};

/**
 * @param {EngineName} name
 * @param {string[]} names of scenarios
 * @param {{ runs: number, parallel: number }} options
 * @returns {Promise<[EngineName, Measured][]>} none where the engine is not installed
 */
const measure = async (name, names, { runs, parallel }) => {
  const engine = await openEngine(name);
  if (!engine) {
    console.error(`\n  !! SKIPPED: no ${name} found. To get it: node e2e/support/browser.js ${name}\n`);
    return [];
  }
  /** @type {Cell[]} */
  const cells = names.map((scenario) => ({
    scenario,
    results: [],
    ...(engine.unable[scenario] && { unable: engine.unable[scenario] }),
  }));
  const origin = originOf(engine.title);
  const startedAt = Date.now();
  let shown = '';
  /** @param {string} scenario */
  const show = (scenario) => {
    if (scenario === shown) return;
    shown = scenario;
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.error(`  ${engine.title}, ${seconds} s: ${scenarios[shown].title}`);
  };
  const pool = createPool(engine, parallel);
  /** @param {Cell} cell */
  const measureOne = async (cell) => {
    const scenario = scenarios[cell.scenario];
    const limitMs = scenario.promised?.includes(name) ? SURE_MS : GONE_MS;
    const openTrial = async () => {
      show(cell.scenario);
      return { world: await openWorld(), enter, limitMs, settle };
    };
    cell.results.push(await pool.run(scenario, openTrial));
  };
  const jobs = cells.filter(({ unable }) => !unable).flatMap((cell) => Array(runs).fill(cell));
  await Promise.all(jobs.map(measureOne));
  await pool.close();
  return [[name, { ...origin, hasCache: engine.hasCache, cells }]];
};

if (flags.help) {
  console.log(HELP);
} else {
  const runs = readCount('runs', flags.runs);
  const parallel = readCount('parallel', flags.parallel);
  const engines = /** @type {EngineName[]} */ (readNames('engine', flags.engine, engineNames));
  const only = readNames('only', flags.only, Object.keys(scenarios));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  if (flags.readme && flags.only !== ALL) throw new Error('--readme shows all scenarios: leave --only out');
  const measured = (await Promise.all(engines.map((name) => measure(name, only, { runs, parallel })))).flat();
  if (!measured.length) throw new Error('none of these engines is installed');
  const parts = Object.fromEntries(measured);
  if (flags.json) await saveParts(flags.json, parts);
  if (flags.readme) await keepFigures('delivery', parts);
  console.log(`\n${toTable(parts)}\n\n${LEGEND}\n`);
  const broken = brokenPromises(parts);
  for (const promise of broken) console.error(`BROKEN: ${promise}`);
  process.exitCode = broken.length ? 1 : 0;
}
