#!/usr/bin/env node
// @ts-check
// `npm run cost`: measures what the script costs a page, each time beside the minimal code that could do the same.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from '../support/browser.js';
import { readCount, readNames } from '../support/flags.js';
import { scenes } from './scenes.js';
import { brokenPromises, toTable } from './table.js';
import { untilTraced } from './trace.js';
import { runTrial } from './trial.js';

/**
 * @typedef {import('./subjects.js').Subject} Subject
 * @typedef {{ browser: string, scenes: Record<string, Partial<Record<Subject, import('./trial.js').Result[]>>>, failures: string[] }} Measured
 */

const HELP = `Prints what the script costs a page in Chromium, beside the least that could do the same.

  npm run cost -- [--runs 5] [--only ${Object.keys(scenes).join()}] [--script FILE] [--json FILE]

  --runs    how often each is measured; medians are printed, and the range in brackets
  --only    ${Object.keys(scenes).join(', ')}
  --script  the script; dist/personalize.js by default
  --json    writes every run's figures to a file

Ends with 1 when a promise is broken that no slow machine can break: events not recorded or not delivered, a heap
that grows, costs that grow faster than the page. What takes longer than it should is marked, no more.
`;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: Object.keys(scenes).join() },
    script: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/**
 * Measures the scenes. Within a run all subjects are measured in turn, so that other load on the machine affects all.
 * @param {{ names: string[], runs: number, script: Buffer }} options
 * @returns {Promise<Measured>}
 */
const measure = async ({ names, runs, script }) => {
  const startedAt = Date.now();
  /** @type {Measured} */
  const measured = { browser: '', scenes: {}, failures: [] };
  for (const name of names) {
    const scene = scenes[name];
    const browser = await chromium.launch({
      executablePath: findBrowser(),
      args: ['--no-sandbox', ...(scene.flags ?? [])],
    });
    try {
      measured.browser = `Chromium ${browser.version()}`;
      measured.scenes[name] = {};
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
          for (const [subject, result] of results) (measured.scenes[name][subject] ??= []).push(result);
        } catch (error) {
          measured.failures.push(`${scene.title}, run ${run}: ${error}`);
        }
      }
    } finally {
      await browser.close();
    }
  }
  return measured;
};

if (flags.help) {
  console.log(HELP);
} else {
  const runs = readCount('runs', flags.runs);
  const names = readNames('only', flags.only, Object.keys(scenes));
  const script = await readFile(flags.script ?? new URL('../../dist/personalize.js', import.meta.url));
  const measured = await measure({ names, runs, script });
  if (flags.json) await writeFile(flags.json, JSON.stringify(measured, undefined, 2));
  console.log(`\n${toTable(measured)}\n`);
  const broken = brokenPromises(measured);
  for (const promise of broken) console.error(`BROKEN: ${promise}`);
  process.exitCode = broken.length ? 1 : 0;
}
