#!/usr/bin/env node
// @ts-check
// `npm run bench`: the same work done by this tracker and by what a team would take instead, side by side.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { bundle } from './bundle.js';
import { cost } from './cost.js';
import { economy } from './economy.js';
import { freshness } from './freshness.js';
import { installPeers } from './install.js';
import { peerNames, readPeer } from './peers.js';
import { scale } from './scale.js';
import { launchBrowser } from './visit.js';
import { weight } from './weight.js';
import { openWorld } from './world.js';

/**
 * @typedef {import('./peers.js').Peer} Peer
 * @typedef {{ world: import('./world.js').World, browser: import('puppeteer-core').Browser, peer: Peer,
 *   bundle: import('./bundle.js').Bundle }} Setting one peer's
 */
/**
 * @template Result
 * @typedef {Record<string, Result[]>} Results of each run, by peer
 */
/**
 * @template [Result=any]
 * @typedef {{ title: string, legend: string, parallel?: boolean, runs: (runs: number) => number,
 *   measure: (setting: Setting) => Promise<Result>, toTables: (peers: Peer[], results: Results<Result>) => string[] }} Dimension
 *   `parallel`: peers are measured at the same time
 */

/** @type {Record<string, Dimension>} */
const dimensions = { weight, economy, freshness, cost, scale };

const HELP = `Measures this tracker beside what a team would take instead, in Chromium, against a local AWS and local collectors.

  npm run bench -- [--only ${Object.keys(dimensions).join()}] [--runs 3] [--peers ${peerNames.join()}]
                   [--markdown FILE] [--json FILE]

  --only      ${Object.keys(dimensions).join(', ')}
  --runs      how often each is measured; medians are printed, and the range in brackets
  --peers     ${peerNames.join(', ')}
  --markdown  writes the tables to a file
  --json      writes every run's figures to a file

Installs the peers in e2e/bench the first time. Ends with 1 when one could not be measured.
`;

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(dimensions).join() },
    runs: { type: 'string', default: '3' },
    peers: { type: 'string', default: peerNames.join() },
    markdown: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** @param {string} flag @param {string} text */
const readCount = (flag, text) => {
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw new Error(`--${flag} must be a whole number from 1 to 999, not "${text}"`);
  return Number(text);
};

/** @param {string} flag @param {string} text @param {string[]} known */
const readNames = (flag, text, known) => {
  const names = text.split(',').filter(Boolean);
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`--${flag} takes ${known.join(', ')}, not "${name}"`);
  }
  return known.filter((name) => names.includes(name));
};

/** @param {{ names: string[], peers: Peer[], runs: number }} options */
const measure = async ({ names, peers, runs }) => {
  const world = await openWorld();
  const browser = await launchBrowser(world.browserArgs);
  const startedAt = Date.now();
  /** @param {string} text */
  const say = (text) => console.error(`  ${Math.round((Date.now() - startedAt) / 1000)} s: ${text}`);
  try {
    say('bundling');
    const bundles = new Map();
    for (const peer of peers) bundles.set(peer.name, await bundle(peer));
    /** @type {Record<string, Results<unknown>>} */
    const results = {};
    /** @type {string[]} */
    const failures = [];
    for (const name of names) {
      const { title, parallel, runs: runsOf, measure: measureOne } = dimensions[name];
      const all = runsOf(runs);
      /** @type {Results<unknown>} */
      const byPeer = Object.fromEntries(peers.map((peer) => [peer.name, []]));
      // A run of all before the next, so that what else the machine does hits all of them.
      for (let run = 1; run <= all; run++) {
        const limit = pLimit(parallel ? peers.length : 1);
        const measured = peers.map((peer) =>
          limit(async () => {
            try {
              const setting = { world, browser, peer, bundle: bundles.get(peer.name) };
              byPeer[peer.name].push(await measureOne(setting));
              say(`${title.replace(/:.*/, '')}, run ${run} of ${all}: ${peer.title}`);
            } catch (error) {
              failures.push(`${peer.title}, ${name}, run ${run}: ${error}`);
              say(`FAILED: ${failures.at(-1)}`);
            }
          }),
        );
        await Promise.all(measured);
      }
      results[name] = byPeer;
    }
    return { browser: await browser.version(), results, failures, strays: [...world.strays] };
  } finally {
    await browser.close();
    await world.close();
  }
};

/** @param {Awaited<ReturnType<typeof measure>>} measured @param {Peer[]} peers @param {number} runs */
const toMarkdown = ({ browser, results }, peers, runs) => {
  const sections = Object.entries(results).map(([name, byPeer]) => {
    const { title, legend, runs: runsOf, toTables } = dimensions[name];
    const able = peers.filter((peer) => byPeer[peer.name].length);
    const unable = peers.filter((peer) => !byPeer[peer.name].length).map((peer) => peer.title);
    return [
      `### ${title}`,
      ...toTables(able, byPeer),
      `${legend} Runs: ${runsOf(runs)}.`,
      ...(unable.length ? [`Could not be measured: ${unable.join(', ')}.`] : []),
    ].join('\n\n');
  });
  const notes = peers.flatMap(({ title, notes = [] }) => notes.map((note) => `- ${title} ${note}.`));
  const where = `${browser.replace('/', ' ').replace(/(\d)\..*/, '$1')}, ${cpus().length} cores.`;
  return [
    ...sections,
    [`${where} "×": times as much as this tracker; bold where it is less.`, '', ...notes].join('\n'),
  ].join('\n\n');
};

if (flags.help) {
  console.log(HELP);
} else {
  const runs = readCount('runs', flags.runs);
  const names = readNames('only', flags.only, Object.keys(dimensions));
  const chosen = readNames('peers', flags.peers, peerNames);
  await installPeers();
  const peers = await Promise.all(chosen.map(readPeer));
  const measured = await measure({ names, peers, runs });
  const markdown = toMarkdown(measured, peers, runs);
  if (flags.json) await writeFile(flags.json, JSON.stringify({ peers, runs, ...measured }, undefined, 2));
  if (flags.markdown) await writeFile(flags.markdown, `${markdown}\n`);
  console.log(`\n${markdown}\n`);
  for (const stray of measured.strays) console.error(`  led nowhere: ${stray}`);
  for (const failure of measured.failures) console.error(`FAILED: ${failure}`);
  process.exitCode = measured.failures.length ? 1 : 0;
}
