// @ts-check
// Prints the section of docs/benchmarks.md, draws its charts, and lists what it lacks.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { describe, draw } from './chart.js';
import { dimensions } from './dimensions.js';
import { RUNS } from './measure.js';
import { peerNames, readPeer, TRACKER } from './peers.js';
import { fromParts, NO_REASON, toNotes, toSections } from './report.js';
import { toSummary } from './summary.js';

/** @typedef {import('../report/parts.js').Parts<any>} Parts */

const FOLDER = new URL('../../docs/bench/', import.meta.url);

/** @param {Parts} parts */
const sectionsOf = async (parts) => {
  const known = Object.entries(parts).filter(([name]) => dimensions[name]);
  return toSections(await fromParts(Object.fromEntries(known)), dimensions);
};

/** Prints the same as on the terminal, with the tables folded behind the charts. @param {Parts} parts */
export const toPage = async (parts) => {
  const sections = await sectionsOf(parts);
  const texts = sections.flatMap(({ title, charts, charted, body, ahead }) => [
    `### ${title}`,
    ...charts.map((chart) => `![${describe(chart, charted)}](bench/${chart.name}.svg)`),
    ahead,
    `<details><summary>All figures, and how they are measured</summary>\n\n${body}\n\n</details>`,
  ]);
  return [toSummary(sections), ...texts, '### Notes on the tables', toNotes(sections)]
    .filter(Boolean)
    .join('\n\n');
};

/** Draws the charts again. @param {Parts} parts */
export const drawCharts = async (parts) => {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const { charts, charted } of await sectionsOf(parts)) {
    for (const chart of charts)
      await writeFile(new URL(`${chart.name}.svg`, FOLDER), await draw(chart, charted));
  }
};

/**
 * Lists what is wrong with saved figures, and what they lack.
 * @param {Parts} parts @returns {Promise<{ problems: string[], warnings: string[] }>}
 */
export const reviewParts = async (parts) => {
  /** @type {string[]} */
  const problems = [];
  const known = Object.entries(parts).filter(([name]) => dimensions[name]);
  for (const name of Object.keys(parts))
    if (!dimensions[name]) problems.push(`docs/bench.json has ${name}, which is no dimension of e2e/bench`);
  /** @param {string} text @param {string[]} names */
  const about = (text, names) => (names.length ? [`docs/bench.json ${text} in ${names.join(', ')}`] : []);
  /** @param {(part: any, name: string) => boolean} isMeant */
  const namesOf = (isMeant) => known.filter(([name, part]) => isMeant(part, name)).map(([name]) => name);
  const peers = await Promise.all(peerNames.map((name) => readPeer(name)));
  const warnings = peers.flatMap(({ name, title }) =>
    about(
      `lacks ${title}`,
      namesOf((part) => part.peers[name] === undefined),
    ),
  );
  const fewRuns = namesOf(
    (part, name) => !dimensions[name].isConstant && part.results[TRACKER].length < RUNS,
  );
  warnings.push(...about(`has fewer than ${RUNS} runs`, fewRuns));
  for (const { name, title, version } of peers) {
    // The version of this tracker may already be the next release's.
    const stale = namesOf((part) => name !== TRACKER && (part.peers[name] ?? version) !== version);
    problems.push(...about(`has another version of ${title} than ${version}`, stale));
  }
  if (problems.length) return { problems, warnings };
  for (const line of (await toPage(parts)).split('\n')) {
    if (line.includes(NO_REASON))
      problems.push(`${line} Its dimension in e2e/bench must give one, in \`reasons\`.`);
  }
  return { problems, warnings };
};
