// @ts-check
// Writes and checks the section of docs/benchmarks.md, its charts, and the figures behind both.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, draw } from './chart.js';
import { peerNames, readPeer, TRACKER } from './peers.js';
import { completeReport, loadReport, NO_REASON, saveReport, toNotes, toSections } from './report.js';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {Record<string, import('./run.js').Dimension>} Dimensions */

const ROOT = new URL('../../', import.meta.url);
const PAGE = new URL('docs/benchmarks.md', ROOT);
const CHARTS = 'docs/bench/';
/** The figures of the run that the page shows. */
export const KEPT_REPORT = new URL('docs/bench.json', ROOT);

const BEGIN = '<!-- bench: written by npm run bench -- --docs -->';
const END = '<!-- /bench -->';

/** @param {string} page */
const cut = (page) => {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/benchmarks.md must have the lines ${BEGIN} and ${END}`);
  return {
    before: page.slice(0, begin + BEGIN.length),
    section: page.slice(begin + BEGIN.length, end),
    after: page.slice(end),
  };
};

/** Returns the same Markdown as on the terminal, with its tables folded behind the charts. @param {Report} report @param {Dimensions} dimensions */
const toPage = (report, dimensions) => {
  const sections = toSections(report, dimensions).flatMap(({ title, charts, body, ahead, peers }) => [
    `### ${title}`,
    ...charts.map((chart) => `![${describe(chart, peers)}](bench/${chart.name}.svg)`),
    ahead,
    `<details><summary>All figures, and how they are measured</summary>\n\n${body}\n\n</details>`,
  ]);
  return `\n\n${[...sections, toNotes(report)].filter(Boolean).join('\n\n')}\n\n`;
};

/** Writes the page; dimensions without new results keep their figures. @param {Report} latest of all peers @param {Dimensions} dimensions */
export const writePage = async (latest, dimensions) => {
  const earlier = await loadReport(KEPT_REPORT).catch(() => undefined);
  const report = completeReport(latest, earlier, Object.keys(dimensions));
  const { before, after } = cut(await readFile(PAGE, 'utf8'));
  const folder = new URL(CHARTS, ROOT);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { charts, peers } of toSections(report, dimensions)) {
    for (const chart of charts)
      await writeFile(new URL(`${chart.name}.svg`, folder), await draw(chart, peers));
  }
  await saveReport(KEPT_REPORT, report);
  await writeFile(PAGE, before + toPage(report, dimensions) + after);
};

/** @param {string} text */
const maskFigures = (text) => text.replace(/\d[\d,.]*/g, '#');

/** @param {string} row */
const maskRow = (row) => {
  const [, head, ...cells] = row.split('|').map((cell) => cell.trim());
  // Bold depends on the figures.
  return [head, ...cells.map((cell) => maskFigures(cell.replaceAll('**', '')))].join('|');
};

/**
 * Masks the figures in a table's cells and in an image's description. The columns, and the rows' heads with their
 * versions, stay.
 * @param {string} markdown
 */
export const formOf = (markdown) => {
  const lines = markdown.split('\n');
  /** @param {string | undefined} line */
  const isRule = (line) => /^\|\s*:?-+/.test(line ?? '');
  return lines.map((line, at) => {
    if (line.startsWith('![')) return maskFigures(line);
    if (!line.startsWith('|')) return line;
    // The rule is as wide as the widest figure.
    if (isRule(line)) return line.replace(/-+/g, '-');
    return isRule(lines[at + 1]) ? line.replace(/ +/g, ' ') : maskRow(line);
  });
};

/** Lists the differences between the page and the printed report, figures excepted. @param {Dimensions} dimensions */
export const checkPage = async (dimensions) => {
  const report = await loadReport(KEPT_REPORT);
  const problems = [];
  for (const name of Object.keys({ ...dimensions, ...report.results })) {
    if (!report.results[name]) problems.push(`docs/bench.json has no ${name}`);
    else if (!dimensions[name]) problems.push(`docs/bench.json has ${name}, which is measured no more`);
  }
  for (const peer of await Promise.all(peerNames.map(readPeer))) {
    const kept = report.peers.find(({ name }) => name === peer.name);
    if (!kept) problems.push(`docs/bench.json has no ${peer.title}`);
    // The version of this tracker may already be the next release's.
    else if (peer.name !== TRACKER && kept.version !== peer.version)
      problems.push(`docs/bench.json has ${peer.title} ${kept.version}, not ${peer.version}`);
  }
  if (problems.length) return [...problems, '`npm run bench -- --docs` measures all'];
  const whole = toPage(report, dimensions);
  const unexplained = whole.split('\n').filter((line) => line.includes(NO_REASON));
  if (unexplained.length)
    return unexplained.map((line) => `${line} Its dimension in e2e/bench must give one, in \`reasons\`.`);
  const committed = formOf(cut(await readFile(PAGE, 'utf8')).section);
  const printed = formOf(whole);
  const at = printed.findIndex((line, index) => line !== committed[index]);
  if (at < 0 && committed.length === printed.length) return [];
  const differs = at < 0 ? printed.length : at;
  return [
    `docs/benchmarks.md differs from what is printed, which \`npm run bench -- --from docs/bench.json --docs\` writes:
  there     ${committed[differs] ?? '(nothing)'}
  printed   ${printed[differs] ?? '(nothing)'}`,
  ];
};
