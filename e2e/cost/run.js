#!/usr/bin/env node
// @ts-check
// `npm run cost`: measures what the script costs a page, each time beside the minimal code that could do the same.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { keepFigures } from '../report/docs.js';
import { originOf, saveParts } from '../report/parts.js';
import { findBrowser } from '../support/browser.js';
import { readCount, readNames } from '../support/flags.js';
import { scenes } from './scenes.js';
import { brokenPromises, toTable } from './table.js';
import { untilTraced } from './trace.js';
import { runTrial } from './trial.js';

/**
 * @typedef {import('./subjects.js').Subject} Subject
 * @typedef {import('../report/parts.js').Origin & { results: Partial<Record<Subject, import('./trial.js').Result[]>> }} Measured
 *   a scene's: a result a run
 * @typedef {import('../report/parts.js').Parts<Measured>} Scenes by name
 */

const HELP = `Prints what the script costs a page in Chromium, beside the least that could do the same.

  npm run cost -- [--runs 5] [--only ${Object.keys(scenes).join()}] [--script FILE] [--json FILE]
                  [--readme]

  --runs    how often each is measured; medians are printed, and the range in brackets
  --only    ${Object.keys(scenes).join(', ')}
  --script  the script; dist/personalize.js by default
  --json    writes every run's figures to a file
  --readme  saves them in docs/cost.json and writes the table in docs/benchmarks.md. Scenes that are left out keep their
            figures. Takes no --script

Ends with 1 when a promise is broken that no slow machine can break: events not recorded or not delivered, a heap
that grows, costs that grow faster than the page. Slow rows are only marked.
`;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: Object.keys(scenes).join() },
    script: { type: 'string' },
    json: { type: 'string' },
    readme: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

/**
 * Measures the scenes. Within a run all subjects are measured in turn, so that other load on the machine affects all.
 * @param {{ names: string[], runs: number, script: Buffer, onScene: (name: string, measured: Measured) => unknown }} options
 *   `onScene` is called after a scene that has results
 * @returns {Promise<{ measured: Scenes, failures: string[] }>}
 */
const measure = async ({ names, runs, script, onScene }) => {
  const startedAt = Date.now();
  /** @type {Scenes} */
  const measured = {};
  /** @type {string[]} */
  const failures = [];
  for (const name of names) {
    const scene = scenes[name];
    const browser = await chromium.launch({
      executablePath: findBrowser(),
      args: ['--no-sandbox', ...(scene.flags ?? [])],
    });
    try {
      const origin = originOf(`Chromium ${browser.version()}`);
      /** @type {Measured['results']} */
      const bySubject = {};
      for (let run = 1; run <= runs; run++) {
        const seconds = Math.round((Date.now() - startedAt) / 1000);
        console.error(`  ${seconds} s: ${scene.title}, run ${run} of ${runs}`);
        try {
          /** @type {[Subject, import('./trial.js').Result][]} */
          const results = [];
          for (const subject of scene.subjects) {
            const trial = () => runTrial({ browser, scene, subject, script });
            results.push([subject, await untilTraced(trial)]);
          }
          for (const [subject, result] of results) (bySubject[subject] ??= []).push(result);
        } catch (error) {
          failures.push(`${scene.title}, run ${run}: ${error}`);
        }
      }
      if (bySubject.tracker) {
        measured[name] = { ...origin, results: bySubject };
        await onScene(name, measured[name]);
      }
    } finally {
      await browser.close();
    }
  }
  return { measured, failures };
};

if (flags.help) {
  console.log(HELP);
} else {
  const runs = readCount('runs', flags.runs);
  const names = readNames('only', flags.only, Object.keys(scenes));
  const script = await readFile(flags.script ?? new URL('../../dist/personalize.js', import.meta.url));
  if (flags.readme && flags.script) throw new Error('--readme shows the script of dist/: leave --script out');
  const { measured, failures } = await measure({
    names,
    runs,
    script,
    // At once: an interrupted run keeps the scenes that it has measured.
    onScene: (name, part) => flags.readme && keepFigures('cost', { [name]: part }),
  });
  if (flags.json) await saveParts(flags.json, measured);
  console.log(`\n${toTable(measured)}\n`);
  const broken = [...failures, ...brokenPromises(measured)];
  for (const promise of broken) console.error(`BROKEN: ${promise}`);
  process.exitCode = broken.length ? 1 : 0;
}
