#!/usr/bin/env node
// @ts-check
// `npm run visits`: replays recorded visits against variants of the script, and counts requests, freshness and losses.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import prettyCompact from 'json-stringify-pretty-compact';
import pLimit from 'p-limit';
import { launchBrowser } from '../bench/visit.js';
import { readNames } from '../support/flags.js';
import { estimate } from './estimate.js';
import { record } from './record.js';
import { replay } from './replay.js';
import { toTable } from './table.js';
import { buildScript, variants } from './variants.js';

const SITES = { pages: 'a page load per page', single: 'a single-page app' };

const HELP = `Replays the visits of visits.json, and prints requests, freshness and losses by variant of the flush schedule.

  npm run visits -- [--only ${Object.keys(variants).slice(0, 2).join(',')}] [--site ${Object.keys(SITES).join(',')}] [--json FILE]
  npm run visits -- --estimate
  npm run visits -- --record [--seed shop]

  --only      ${Object.keys(variants).join(', ')}
  --site      pages: each page of the visit is loaded; single: the site is a single-page app
  --json      also writes the counts of every visit to a file, after each variant
  --estimate  prints what the schedule alone makes of the visits, in a second and without a browser
  --record    records visits.json again, with visitors of the seed
`;

/** Their visits all run at the same time, mostly idle. */
const VARIANTS_AT_A_TIME = 2;
const TRACES = new URL('visits.json', import.meta.url);

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(variants).join() },
    site: { type: 'string', default: Object.keys(SITES).join() },
    seed: { type: 'string', default: 'shop' },
    estimate: { type: 'boolean' },
    record: { type: 'boolean' },
    json: { type: 'string' },
    help: { type: 'boolean' },
  },
});

/** @returns {Promise<import('./record.js').Visit[]>} */
const readVisits = async () => JSON.parse(await readFile(TRACES, 'utf8'));

/** Replays all visits at the same time, each by a visitor of its own. @param {string[]} names @param {string[]} sites */
const measure = async (names, sites) => {
  const visits = await readVisits();
  const browser = await launchBrowser([]);
  const limit = pLimit(VARIANTS_AT_A_TIME);
  /** @type {import('./table.js').Measured[]} */
  const measured = [];
  try {
    await Promise.all(
      names.map((name) =>
        limit(async () => {
          const { title, attributes = {} } = variants[name];
          const script = await buildScript(variants[name]);
          const results = await Promise.all(
            sites.map(async (site) => {
              const setting = { script, attributes, isSinglePage: site === 'single' };
              const counts = await Promise.all(visits.map((visit, n) => replay(browser, visit, n, setting)));
              return { title, name, site, counts };
            }),
          );
          measured.push(...results);
          console.error(`  replayed: ${title}`);
          if (flags.json) await writeFile(flags.json, JSON.stringify(measured));
        }),
      ),
    );
    return names.flatMap((name) => measured.filter((result) => result.name === name));
  } finally {
    await browser.close();
  }
};

if (flags.help) {
  console.log(HELP);
} else if (flags.estimate) {
  console.log(`\n${estimate(await readVisits())}\n`);
} else if (flags.record) {
  await writeFile(TRACES, `${prettyCompact(await record(flags.seed), { maxLength: 120 })}\n`);
} else {
  const names = readNames('only', flags.only, Object.keys(variants));
  const measured = await measure(names, readNames('site', flags.site, Object.keys(SITES)));
  console.log(`\n${toTable(measured)}\n`);
}
