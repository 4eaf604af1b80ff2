// @ts-check
// Measures one dimension after another, in one browser and against one server.
import pLimit from 'p-limit';
import { originOf } from '../report/parts.js';
import { bundle } from './bundle.js';
import { sum } from './figures.js';
import { launchBrowser } from './visit.js';
import { openWorld } from './world.js';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('./report.js').Part} Part */

/** The number of runs by default: the fewest of which quartiles say something. */
export const RUNS = 5;

/** A measurement that fails is repeated: one of hundreds would otherwise cost all figures of its dimension. */
const MAX_TRIES = 3;

/** @template T @param {() => Promise<T>} measureOne @param {(error: unknown) => void} onRepeat */
const repeatFailed = async (measureOne, onRepeat) => {
  for (let tries = 1; tries < MAX_TRIES; tries++) {
    try {
      return await measureOne();
    } catch (error) {
      onRepeat(error);
    }
  }
  return measureOne();
};

/** @param {number} startedAt */
const secondsSince = (startedAt) => Math.round((Date.now() - startedAt) / 1000);

/**
 * Measures the dimensions.
 * @param {{ dimensions: Record<string, import('./dimensions.js').Dimension>, peers: import('./peers.js').Peer[], runs: number,
 *   engines: import('../support/browser.js').EngineName[], last: Report,
 *   onPart: (name: string, part: Part) => unknown }} options
 *   `last`: an earlier report, to estimate the duration; `onPart` is called after a dimension without failures
 * @returns {Promise<{ report: Report, failures: string[], strays: string[] }>}
 */
export const measure = async ({ dimensions, peers, runs, engines, last, onPart }) => {
  const world = await openWorld();
  const browser = await launchBrowser(world.browserArgs);
  const origin = originOf(await browser.version());
  const startedAt = Date.now();
  /** @param {string} text */
  const logProgress = (text) => console.error(`  ${secondsSince(startedAt)} s: ${text}`);
  const planned = Object.entries(dimensions).map(([name, dimension]) => ({
    name,
    ...dimension,
    all: dimension.isConstant ? 1 : runs,
  }));
  const steps = planned.reduce((count, { all }) => count + all * peers.length, 0);
  const expected = sum(planned.map(({ name, all }) => (last[name]?.seconds ?? 0) * all));
  let done = 0;
  try {
    logProgress(
      `bundling; then ${steps} measurements${expected ? `, about ${Math.ceil(expected / 60)} min` : ''}`,
    );
    const bundles = new Map();
    for (const peer of peers) bundles.set(peer.name, await bundle(peer));
    /** @type {Report} */
    const report = {};
    /** @type {string[]} */
    const failures = [];
    for (const { name, parallel, all, measure: measureOne } of planned) {
      const beganAt = Date.now();
      const failuresBefore = failures.length;
      /** @type {Part['results']} */
      const results = Object.fromEntries(peers.map((peer) => [peer.name, []]));
      // A run measures all peers in turn, so that other load on the machine affects all.
      for (let run = 1; run <= all; run++) {
        const limit = pLimit(parallel ? peers.length : 1);
        const measured = peers.map((peer) =>
          limit(async () => {
            const what = `${name}, run ${run} of ${all}: ${peer.title}`;
            try {
              const setting = { world, browser, peer, bundle: bundles.get(peer.name), engines };
              const result = await repeatFailed(
                () => measureOne(setting),
                (error) => logProgress(`${what}: repeated: ${error}`),
              );
              results[peer.name].push(result);
              logProgress(`${++done} of ${steps}: ${what}`);
            } catch (error) {
              failures.push(`${what}: ${error}`);
              logProgress(`${++done} of ${steps}: FAILED: ${failures.at(-1)}`);
            }
          }),
        );
        await Promise.all(measured);
      }
      const seconds = Math.round(secondsSince(beganAt) / all);
      logProgress(`${name} has taken ${seconds} s a run`);
      report[name] = { ...origin, date: new Date().toISOString(), seconds, peers, results };
      if (failures.length === failuresBefore) await onPart(name, report[name]);
    }
    return { report, failures, strays: [...world.strays] };
  } finally {
    for (const { close } of planned) await close?.();
    await browser.close();
    world.close();
  }
};
