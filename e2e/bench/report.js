// @ts-check
// The results: as a stored report, and as Markdown.
import { readFile, writeFile } from 'node:fs/promises';
import stringify from 'json-stringify-pretty-compact';
import { readPeer } from './peers.js';
import { peersAhead, tableToMarkdown } from './table.js';

/** @typedef {import('./peers.js').Peer} Peer */
/** @typedef {import('./run.js').Dimension} Dimension */
/**
 * @typedef {{ date: string, browser: string, cores: number, peers: Peer[], seconds: Record<string, number>,
 *   results: Record<string, import('./run.js').Results<any>> }} Report
 *   `seconds`: how long a run of each dimension takes in Chromium alone; `results`: of each dimension
 */

/** Stands in place of a missing reason: `checkPage` rejects it. */
export const NO_REASON = 'no known reason';

/** @param {string} text */
const onOneLine = (text) => text.replaceAll('\n', ' ');

/**
 * Lists the peers ahead of the tracker with the reasons, peers with the same reason together.
 * @param {import('./table.js').Table[]} tables
 * @param {Peer[]} peers
 * @param {Record<string, string>} reasons
 */
const listAhead = (tables, peers, reasons) => {
  /** @type {Map<string, Set<string>>} */
  const titles = new Map();
  for (const table of tables) {
    const names = peersAhead(table);
    for (const { name, title } of peers.filter((peer) => names.includes(peer.name))) {
      const reason = { ...reasons, ...table.reasons }[name] ?? NO_REASON;
      titles.set(reason, (titles.get(reason) ?? new Set()).add(title));
    }
  }
  const list = [...titles].map(([reason, of]) => `- ${[...of].join(', ')}: ${onOneLine(reason)}.`);
  return list.length ? ['Ahead of this tracker, and why:', '', ...list].join('\n') : '';
};

/** @param {Report} report @param {string} name @param {Dimension} dimension */
const toSection = ({ peers, results }, name, { title, legend, reasons = {}, toTables, charts }) => {
  const byPeer = results[name];
  const able = peers.filter((peer) => byPeer[peer.name]?.length);
  const unable = peers.filter((peer) => !able.includes(peer)).map((peer) => peer.title);
  const tables = toTables(able, byPeer);
  const runs = Math.max(...able.map((peer) => byPeer[peer.name].length));
  return {
    title,
    tables,
    charts: charts?.(able, byPeer) ?? [],
    body: [
      ...tables.map(tableToMarkdown),
      `${onOneLine(legend)} Runs: ${runs}.`,
      ...(unable.length ? [`Could not be measured: ${unable.join(', ')}.`] : []),
    ].join('\n\n'),
    ahead: listAhead(tables, able, reasons),
    peers: able,
  };
};

/** @param {Report} report @param {Record<string, Dimension>} dimensions */
export const toSections = (report, dimensions) =>
  Object.keys(report.results).map((name) => toSection(report, name, dimensions[name]));

/** Returns the notes on the machine and on all tables. @param {Report} report */
export const toNotes = ({ browser, cores, peers }) => {
  const notes = peers.flatMap(({ title, notes = [] }) => notes.map((note) => `- ${title} ${note}.`));
  const where = `${browser.replace('/', ' ').replace(/(\d)\..*/, '$1')}, ${cores} cores.`;
  return [`${where} "×": ratio to this tracker; bold if this tracker is worse.`, '', ...notes].join('\n');
};

/** @param {Report} report @param {Record<string, Dimension>} dimensions */
export const toMarkdown = (report, dimensions) =>
  [
    ...toSections(report, dimensions).flatMap(({ title, body, ahead }) => [`### ${title}`, body, ahead]),
    toNotes(report),
  ]
    .filter(Boolean)
    .join('\n\n');

/**
 * Adds an earlier report's results of other dimensions.
 * @param {Report} latest @param {Report | undefined} earlier @param {string[]} names of dimensions, in order
 * @returns {Report}
 */
export const completeReport = (latest, earlier, names) => {
  const results = { ...earlier?.results, ...latest.results };
  return {
    ...latest,
    seconds: { ...earlier?.seconds, ...latest.seconds },
    results: Object.fromEntries(names.filter((name) => results[name]).map((name) => [name, results[name]])),
  };
};

/** @param {string | URL} file @param {Report} report */
export const saveReport = (file, report) => {
  // The rest of a peer's data is in this folder.
  const peers = Object.fromEntries(report.peers.map(({ name, version }) => [name, version]));
  return writeFile(file, `${stringify({ ...report, peers }, { maxLength: 110 })}\n`);
};

/** @param {string | URL} file @returns {Promise<Report>} */
export const loadReport = async (file) => {
  const report = JSON.parse(await readFile(file, 'utf8'));
  const versions = Object.entries(report.peers);
  const peers = await Promise.all(
    versions.map(async ([name, version]) => ({ ...(await readPeer(name)), version })),
  );
  return { ...report, peers };
};
