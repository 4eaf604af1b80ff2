#!/usr/bin/env node
// @ts-check
// `npm run bench`: compares this tracker with the alternatives of a team, by the same work.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fileOf, keepFigures } from '../report/docs.js';
import { engineNames } from '../support/browser.js';
import { readCount, readNames } from '../support/flags.js';
import { compare } from './against.js';
import { dimensions } from './dimensions.js';
import { resolveCommit } from './history.js';
import { installPeers } from './install.js';
import { measure, RUNS } from './measure.js';
import { BEFORE, peerNames, readPeer, sortPeers } from './peers.js';
import { loadReport, saveReport, toMarkdown, toParts } from './report.js';

const ALL_DIMENSIONS = Object.keys(dimensions).join();
const ALL_PEERS = peerNames.join();

const HELP = `Measures this tracker beside alternatives and beside a floor, in Chromium, against a local AWS and local collectors.

  npm run bench -- [--only NAMES] [--peers NAMES] [--before COMMIT] [--runs ${RUNS}] [--engines NAMES] [--from FILE]
                   [--against FILE] [--markdown FILE] [--json FILE] [--readme]

  --only      of ${ALL_DIMENSIONS}
  --peers     of ${ALL_PEERS}
  --before    adds this tracker as it was built at a commit, branch or tag
  --runs      how often each is measured; medians are printed, and the quartiles in brackets
  --engines   of ${engineNames.join()}, where installed, for delivery; the others are measured in Chromium.
              By default delivery is, too: each of the others takes minutes a run
  --from      prints the figures of an earlier run's JSON, and measures nothing
  --against   also prints which figures differ from those of an earlier run's JSON
  --markdown  writes the output to a file
  --json      writes every run's figures to a file
  --readme    saves the figures in docs/bench.json, and writes the section of docs/benchmarks.md and its charts in
              docs/bench/: after each dimension, so that an interrupted run keeps what it has measured. Dimensions that
              are left out keep their figures. Takes no --peers

Installs the peers in e2e/bench the first time. Ends with 1 if one could not be measured.
`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: ALL_DIMENSIONS },
    runs: { type: 'string', default: `${RUNS}` },
    peers: { type: 'string', default: ALL_PEERS },
    before: { type: 'string' },
    engines: { type: 'string', default: 'chromium' },
    from: { type: 'string' },
    against: { type: 'string' },
    markdown: { type: 'string' },
    json: { type: 'string' },
    readme: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

const readPeers = async () => {
  const before = flags.before === undefined ? undefined : resolveCommit(flags.before);
  const names = sortPeers([...readNames('peers', flags.peers, peerNames), ...(before ? [BEFORE] : [])]);
  return Promise.all(names.map((name) => readPeer(name, name === BEFORE ? before : undefined)));
};

/** @param {import('./report.js').Report} report */
const keep = (report) => keepFigures('bench', toParts(report));

/** @returns {Promise<Awaited<ReturnType<typeof measure>>>} */
const run = async () => {
  const names = readNames('only', flags.only, Object.keys(dimensions));
  return measure({
    dimensions: Object.fromEntries(names.map((name) => [name, dimensions[name]])),
    peers: await readPeers(),
    runs: readCount('runs', flags.runs),
    engines: /** @type {import('../support/browser.js').EngineName[]} */ (
      readNames('engines', flags.engines, engineNames)
    ),
    last: await loadReport(fileOf('bench')),
    onPart: (name, part) => flags.readme && keep({ [name]: part }),
  });
};

const main = async () => {
  if (flags.readme && flags.peers !== ALL_PEERS)
    throw new Error('--readme shows all peers: leave --peers out');
  await installPeers();
  const { report, failures, strays } = flags.from
    ? { report: await loadReport(flags.from), failures: [], strays: [] }
    : await run();
  if (flags.from && flags.readme) await keep(report);
  const markdown = toMarkdown(report, dimensions);
  console.log(`\n${markdown}\n`);
  if (flags.against) console.log(`${compare(report, await loadReport(flags.against), dimensions)}\n`);
  if (flags.json) await saveReport(flags.json, report);
  if (flags.markdown) await writeFile(flags.markdown, `${markdown}\n`);
  for (const stray of strays) console.error(`  request to an unknown host: ${stray}`);
  for (const failure of failures) console.error(`FAILED: ${failure}`);
  process.exitCode = failures.length ? 1 : 0;
};

if (flags.help) console.log(HELP);
else await main();
