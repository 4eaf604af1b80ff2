#!/usr/bin/env node
// @ts-check
// `npm run bench`: compares this tracker with the alternatives of a team, by the same work.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { engineNames } from '../support/browser.js';
import { readCount, readNames } from '../support/flags.js';
import { compare } from './against.js';
import { cost } from './cost.js';
import { delivery } from './delivery.js';
import { checkPage, KEPT_REPORT, writePage } from './docs.js';
import { economy } from './economy.js';
import { freshness } from './freshness.js';
import { installPeers } from './install.js';
import { measure } from './measure.js';
import { peerNames, readPeer } from './peers.js';
import { loadReport, saveReport, toMarkdown } from './report.js';
import { scale } from './scale.js';
import { weight } from './weight.js';

/**
 * @typedef {import('./peers.js').Peer} Peer
 * @typedef {{ world: import('./world.js').World, browser: import('puppeteer-core').Browser, peer: Peer,
 *   bundle: import('./bundle.js').Bundle, engines: import('../support/browser.js').EngineName[] }} Setting one peer's
 */
/**
 * @template Result
 * @typedef {Record<string, Result[]>} Results of each run, by peer
 */
/**
 * @template [Result=any]
 * @typedef {{ title: string, legend: string, reasons?: Record<string, string>, parallel?: boolean,
 *   runs: (asked?: number) => number, measure: (setting: Setting) => Promise<Result>, close?: () => Promise<void>,
 *   toTables: (peers: Peer[], results: Results<Result>) => import('./table.js').Table[],
 *   charts?: (peers: Peer[], results: Results<Result>) => import('./chart.js').Chart[] }} Dimension
 *   `reasons`: why a peer is ahead of the tracker, if it is; `parallel`: peers are measured at the same time;
 *   `runs`: the number of runs, given `--runs` or none; `close` ends what `measure` has kept open
 *   for the next run
 */

/** @type {Record<string, Dimension>} */
const dimensions = { weight, delivery, cost, economy, freshness, scale };

const ALL_PEERS = peerNames.join();

const HELP = `Measures this tracker beside what a team would take instead, in Chromium, against a local AWS and local collectors.

  npm run bench -- [--only NAMES] [--peers NAMES] [--runs 3] [--engines NAMES] [--from FILE] [--against FILE]
                   [--markdown FILE] [--json FILE] [--docs]
  npm run bench -- --check

  --only      of ${Object.keys(dimensions).join()}
  --peers     of ${ALL_PEERS}
  --runs      how often each is measured, in place of each one's own number; medians are printed, and the
              range in brackets
  --engines   of ${engineNames.join()}, where installed, for delivery; the others are measured in Chromium.
              By default it is, too: each of the others takes minutes a run
  --from      prints the figures of an earlier run's JSON, and measures nothing
  --against   prints which figures differ from those of an earlier run's JSON, too
  --markdown  writes what is printed to a file
  --json      writes every run's figures to a file
  --docs      writes the section of docs/benchmarks.md, its charts in docs/bench/, and the figures in docs/bench.json; what
              --only leaves out stays as it is. Takes no --peers
  --check     fails where that section differs from what would be printed in more than its figures

Installs the peers in e2e/bench the first time. Ends with 1 when one could not be measured.
`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(dimensions).join() },
    runs: { type: 'string' },
    peers: { type: 'string', default: ALL_PEERS },
    engines: { type: 'string', default: 'chromium' },
    from: { type: 'string' },
    against: { type: 'string' },
    markdown: { type: 'string' },
    json: { type: 'string' },
    docs: { type: 'boolean' },
    check: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

/** @returns {Promise<Awaited<ReturnType<typeof measure>>>} */
const run = async () => {
  const runs = flags.runs === undefined ? undefined : readCount('runs', flags.runs);
  const names = readNames('only', flags.only, Object.keys(dimensions));
  const engines = /** @type {import('../support/browser.js').EngineName[]} */ (
    readNames('engines', flags.engines, engineNames)
  );
  const chosen = readNames('peers', flags.peers, peerNames);
  const peers = await Promise.all(chosen.map(readPeer));
  return measure({
    dimensions: Object.fromEntries(names.map((name) => [name, dimensions[name]])),
    peers,
    runs,
    engines,
    last: await loadReport(KEPT_REPORT).catch(() => undefined),
  });
};

const main = async () => {
  if (flags.docs && flags.peers !== ALL_PEERS) throw new Error('--docs shows all peers: leave --peers out');
  await installPeers();
  const { report, failures, strays } = flags.from
    ? { report: await loadReport(flags.from), failures: [], strays: [] }
    : await run();
  const markdown = toMarkdown(report, dimensions);
  console.log(`\n${markdown}\n`);
  if (flags.against) console.log(`${compare(report, await loadReport(flags.against), dimensions)}\n`);
  if (flags.json) await saveReport(flags.json, report);
  if (flags.markdown) await writeFile(flags.markdown, `${markdown}\n`);
  if (flags.docs && !failures.length) await writePage(report, dimensions);
  for (const stray of strays) console.error(`  led nowhere: ${stray}`);
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  process.exitCode = failures.length ? 1 : 0;
};

const check = async () => {
  const problems = await checkPage(dimensions);
  for (const problem of problems) console.error(problem);
  if (!problems.length) console.log('docs/benchmarks.md has what the bench prints');
  process.exitCode = problems.length ? 1 : 0;
};

if (flags.help) console.log(HELP);
else if (flags.check) await check();
else await main();
