// @ts-check
// Saves figures in docs/, and writes and checks the sections of the docs that show them.
import { readFile, writeFile } from 'node:fs/promises';
import { dimensions } from '../bench/dimensions.js';
import { drawCharts, reviewParts, toPage } from '../bench/docs.js';
import { scenes } from '../cost/scenes.js';
import { toTable as toCostTable } from '../cost/table.js';
import { toTable as toDeliveryTable } from '../delivery-matrix/table.js';
import { engineNames } from '../support/browser.js';
import { describeCommits, describeOrigins, listCommits } from './origins.js';
import { loadParts, mergeParts, saveParts } from './parts.js';
import { readSection, withSection } from './sections.js';

/** @typedef {import('./parts.js').Parts<import('./parts.js').Origin>} AnyParts */

const ROOT = new URL('../../', import.meta.url);

/** Writes all sections again, without measuring. */
const REWRITE = 'node e2e/report/check.js --write';

/** The commands whose figures are saved. */
const COMMANDS = /** @type {const} */ (['cost', 'bench', 'delivery']);

/** @typedef {typeof COMMANDS[number]} Command */

/** The names of each command's parts, in order. @type {Record<Command, string[]>} */
const ORDER = {
  cost: Object.keys(scenes),
  bench: Object.keys(dimensions),
  delivery: engineNames,
};

/** @param {string} table @param {AnyParts} parts */
const withOrigins = (table, parts) => `${table}\n\n${describeOrigins(parts)}`;

/**
 * @typedef {Record<Command, import('./parts.js').Parts<any>>} Figures
 * @typedef {{ page: string, name: string, needs: Command[], print: (figures: Figures) => string | Promise<string> }} Section
 *   `needs`: the commands without whose figures it is not printed
 */

/** @type {Section[]} */
const SECTIONS = [
  { page: 'docs/benchmarks.md', name: 'commits', needs: [], print: describeCommits },
  {
    page: 'docs/benchmarks.md',
    name: 'cost',
    needs: ['cost'],
    print: ({ cost }) => withOrigins(toCostTable(cost), cost),
  },
  { page: 'docs/benchmarks.md', name: 'bench', needs: ['bench'], print: ({ bench }) => toPage(bench) },
  {
    page: 'docs/delivery.md',
    name: 'delivery',
    needs: ['delivery'],
    print: ({ delivery }) => withOrigins(toDeliveryTable(delivery), delivery),
  },
];

/** @param {Command} command */
export const fileOf = (command) => new URL(`docs/${command}.json`, ROOT);

const loadAll = async () =>
  /** @type {Figures} */ (
    Object.fromEntries(
      await Promise.all(COMMANDS.map(async (command) => [command, await loadParts(fileOf(command))])),
    )
  );

/** @param {AnyParts} parts */
const isEmpty = (parts) => !Object.keys(parts).length;

/** Prints the sections that have figures. @param {Figures} figures */
const printSections = (figures) =>
  Promise.all(
    SECTIONS.filter(({ needs }) => !needs.some((command) => isEmpty(figures[command]))).map(
      async ({ page, name, print }) => ({ page, name, content: await print(figures) }),
    ),
  );

/** Writes all generated sections from the saved figures. */
export const writeSections = async () => {
  for (const { page, name, content } of await printSections(await loadAll())) {
    const file = new URL(page, ROOT);
    await writeFile(file, withSection(await readFile(file, 'utf8'), name, content));
  }
};

/** Saves a command's figures and writes the docs; parts without new figures keep theirs. @param {Command} command @param {AnyParts} latest */
export const keepFigures = async (command, latest) => {
  const file = fileOf(command);
  const parts = mergeParts(latest, await loadParts(file), ORDER[command]);
  await saveParts(file, parts);
  if (command === 'bench') await drawCharts(parts);
  await writeSections();
};

/** The lines of two texts that differ first. @param {string} page @param {string} printed */
const firstDifference = (page, printed) => {
  const [there, expected] = [page, printed].map((text) => text.split('\n'));
  const at = expected.findIndex((line, index) => line !== there[index]);
  const index = at < 0 ? expected.length : at;
  return [there, expected].map((lines) => lines[index] ?? '(nothing)');
};

/** Lists the sections that are not what the saved figures print, and what is not measured. */
export const checkSections = async () => {
  const figures = await loadAll();
  const { problems, warnings } = await reviewParts(figures.bench);
  if (problems.length) return { problems, warnings };
  for (const { page, name, content } of await printSections(figures)) {
    const there = readSection(await readFile(new URL(page, ROOT), 'utf8'), name);
    if (there === content) continue;
    const [onPage, printed] = firstDifference(there, content);
    problems.push(
      `${page}, section "${name}", is not what the saved figures print. \`${REWRITE}\` writes it.
  there     ${onPage}
  printed   ${printed}`,
    );
  }
  for (const command of COMMANDS) {
    const missing = ORDER[command].filter((part) => !figures[command][part]);
    if (missing.length)
      warnings.push(
        `docs/${command}.json lacks ${missing.join(', ')}: \`npm run ${command} -- --readme\` measures them`,
      );
  }
  const commits = listCommits(figures);
  if (commits.length > 1)
    warnings.push(
      `the figures are of different commits: ${commits.map(({ names, where }) => `${names}: ${where}`).join(' ')}`,
    );
  return { problems, warnings };
};
