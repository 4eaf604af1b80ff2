#!/usr/bin/env node
// @ts-check
// `npm run delivery`: five events recorded and the page left, in every way and engine there is; counts what arrives.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNames } from '../browser.js';
import { until, within } from './driver.js';
import { openEngine } from './engines.js';
import { comeBack, enter, scenarios } from './scenarios.js';
import { brokenPromises, toTable } from './table.js';
import { EVENTS, openWorld } from './world.js';

/**
 * @typedef {import('../browser.js').EngineName} EngineName
 * @typedef {{ events: number, repeated: number, countedTwice: number }} Arrived
 * @typedef {{ before: Arrived, after: Arrived, isRestored: boolean } | { error: string, hasBegun: boolean }} Result one run's
 * @typedef {{ scenario: string, results: Result[], unable?: string }} Cell
 * @typedef {{ name: EngineName, title: string, hasCache: boolean, cells: Cell[] }} Measured
 */

const HELP = `Prints how many events arrive, by the way a page is left and by engine.

  npm run delivery -- [--runs 20] [--engine chromium,firefox,webkit] [--only navigate,close]
                      [--parallel 2] [--json FILE]

  --runs      runs of each cell, ${EVENTS} events each
  --engine    ${engineNames.join(', ')}
  --only      ${Object.keys(scenarios).join(', ')}
  --parallel  browsers of each engine at a time
  --json      writes every run's counts to a file

Ends with 1 when a promise is broken.
`;

/** So long events are given to arrive where nothing promises that they do, */
const GONE_MS = 3000;
/** and where something does: a slow machine is no loss. */
const SURE_MS = 10_000;
const RUN_LIMIT_MS = 60_000;
const CLOSE_LIMIT_MS = 5000;
const ENTER_LIMIT_MS = 20_000;
/** As often a run is begun anew whose browser brought no page to begin with. */
const MAX_FALSE_STARTS = 3;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    engine: { type: 'string', default: engineNames.join() },
    only: { type: 'string', default: Object.keys(scenarios).join() },
    parallel: { type: 'string', default: '2' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** @param {string} flag @param {string} text */
const readCount = (flag, text) => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--${flag} must be a whole number from 1, not "${text}"`);
  return Number(text);
};

/** @param {string} flag @param {string} text @param {string[]} known */
const readNames = (flag, text, known) => {
  const names = text.split(',').filter(Boolean);
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`--${flag} takes ${known.join(', ')}, not "${name}"`);
  }
  return names;
};

const makeProfile = () => mkdtemp(join(tmpdir(), 'personalize-delivery-'));

/** @param {string} profile */
const removeProfile = (profile) => rm(profile, { recursive: true, force: true, maxRetries: 5 });

/** Whatever is left to be tidied up must not hold back what comes. @param {() => Promise<unknown>} end */
const end = (end) => within(CLOSE_LIMIT_MS, end(), 'closing').catch(() => {});

/**
 * @param {import('./scenarios.js').Scenario} scenario
 * @param {boolean} isSure whether all must arrive before the next visit
 * @param {import('./driver.js').Browser} browser
 * @param {() => Promise<import('./driver.js').Browser>} relaunch
 * @returns {Promise<Result>}
 */
const run = async (scenario, isSure, browser, relaunch) => {
  const world = await openWorld();
  /** @type {import('./driver.js').Page[]} */
  const pages = [];
  /** @type {import('./scenarios.js').Visitor} */
  const visitor = {
    browser,
    world,
    async open(path) {
      const page = await visitor.browser.open(world.url + path);
      pages.push(page);
      return page;
    },
    async relaunch() {
      pages.length = 0;
      visitor.browser = await relaunch();
    },
  };
  const haveAllArrived = () => world.arrived().events === EVENTS;
  let step = 'entering';
  const live = async () => {
    const page = await within(ENTER_LIMIT_MS, (scenario.enter ?? enter)(visitor), step);
    step = 'leaving';
    await scenario.leave(visitor, page);
    await until(haveAllArrived, isSure ? SURE_MS : GONE_MS);
    const before = world.arrived();
    step = 'coming back';
    const back = await (scenario.comeBack ?? comeBack)(visitor, page);
    step = 'settling';
    const isRestored = await back.evaluate(`
      personalize.track('view', 'again');
      await personalize.flush();
      return window.isRestored;`);
    await until(haveAllArrived, SURE_MS);
    return { before, after: world.arrived(), isRestored };
  };
  try {
    return await within(RUN_LIMIT_MS, live(), 'a run');
  } catch (error) {
    return { error: `${step}: ${error}`, hasBegun: step !== 'entering' };
  } finally {
    for (const page of pages) await end(page.close);
    await world.close();
  }
};

/**
 * Works through the cells of one engine with one browser, together with others that do the same.
 * @param {import('./driver.js').Engine} engine
 * @param {() => Cell | undefined} takeNext
 */
const work = async (engine, takeNext) => {
  let { launch } = engine;
  let profile = await makeProfile();
  let browser = await launch(profile);
  const close = async () => {
    await end(browser.close);
    await removeProfile(profile);
  };
  let falseStarts = 0;
  for (let cell = takeNext(), failed = false; cell; ) {
    const scenario = scenarios[cell.scenario];
    const isSure = scenario.promised?.includes(engine.name) ?? false;
    const wanted = (scenario.isDeadly && engine.launchMortal) || engine.launch;
    // One that failed is no measure for the next run.
    if (failed || wanted !== launch) {
      await close();
      launch = wanted;
      profile = await makeProfile();
      browser = await launch(profile);
    }
    const result = await run(scenario, isSure, browser, async () => (browser = await launch(profile)));
    failed = 'error' in result;
    // Nothing has been recorded yet: no measure of what arrives.
    if ('error' in result && !result.hasBegun && falseStarts < MAX_FALSE_STARTS) {
      falseStarts++;
      console.error(`  ${engine.title}, ${scenario.title}: begun anew: ${result.error}`);
      continue;
    }
    cell.results.push(result);
    cell = takeNext();
  }
  await close();
};

/**
 * @param {EngineName} name
 * @param {string[]} names of scenarios
 * @param {{ runs: number, parallel: number }} options
 * @returns {Promise<Measured[]>} none where the engine is not installed
 */
const measure = async (name, names, { runs, parallel }) => {
  const engine = await openEngine(name);
  if (!engine) {
    console.error(`\n  !! SKIPPED: no ${name} found. To get it: node e2e/browser.js ${name}\n`);
    return [];
  }
  /** @type {Cell[]} */
  const cells = names.map((scenario) => ({
    scenario,
    results: [],
    ...(engine.unable[scenario] && { unable: engine.unable[scenario] }),
  }));
  const jobs = cells.filter(({ unable }) => !unable).flatMap((cell) => Array(runs).fill(cell));
  const startedAt = Date.now();
  let shown = '';
  const takeNext = () => {
    const cell = jobs.shift();
    if (cell && cell.scenario !== shown) {
      shown = cell.scenario;
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.error(`  ${engine.title}, ${seconds} s: ${scenarios[shown].title}`);
    }
    return cell;
  };
  await Promise.all(Array.from({ length: Math.min(parallel, jobs.length) }, () => work(engine, takeNext)));
  return [{ name, title: engine.title, hasCache: engine.hasCache, cells }];
};

if (flags.help) {
  console.log(HELP);
} else {
  const runs = readCount('runs', flags.runs);
  const parallel = readCount('parallel', flags.parallel);
  const engines = /** @type {EngineName[]} */ (readNames('engine', flags.engine, engineNames));
  const only = readNames('only', flags.only, Object.keys(scenarios));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const measured = (await Promise.all(engines.map((name) => measure(name, only, { runs, parallel })))).flat();
  if (flags.json) await writeFile(flags.json, JSON.stringify(measured, undefined, 2));
  if (!measured.length) throw new Error('none of these engines is installed');
  console.log(`\n${toTable(measured)}\n`);
  const broken = brokenPromises(measured);
  for (const promise of broken) console.error(`BROKEN: ${promise}`);
  process.exitCode = broken.length ? 1 : 0;
}
