// @ts-check
// The results: as a stored report, and as Markdown.
import { describeOrigins } from '../report/origins.js';
import { loadParts, saveParts } from '../report/parts.js';
import { BEFORE, readPeer, TRACKER } from './peers.js';
import { toSummary } from './summary.js';
import { tableToMarkdown } from './table.js';
import { judge } from './verdict.js';

/** @typedef {import('./peers.js').Peer} Peer */
/** @typedef {import('./dimensions.js').Dimension} Dimension */
/** @typedef {Record<string, Dimension>} Dimensions */
/**
 * @typedef {import('../report/parts.js').Origin & { seconds?: number, peers: Peer[],
 *   results: import('./dimensions.js').Results<any> }} Part a dimension's; `seconds`: how long one run has taken, if that is known
 * @typedef {Record<string, Part>} Report by dimension
 * @typedef {ReturnType<typeof toSection>} Section
 */

/** Stands in place of a missing reason, which the check rejects. */
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
    const names = judge(table, TRACKER).flatMap(({ to }) => to);
    for (const { name, title } of peers.filter((peer) => names.includes(peer.name))) {
      const reason = { ...reasons, ...table.reasons }[name] ?? NO_REASON;
      titles.set(reason, (titles.get(reason) ?? new Set()).add(title));
    }
  }
  const list = [...titles].map(([reason, of]) => `- ${[...of].join(', ')}: ${onOneLine(reason)}.`);
  return list.length ? ['Ahead of this tracker, and why:', '', ...list].join('\n') : '';
};

/** @param {string} name @param {Part} part @param {Dimension} dimension */
const toSection = (name, part, { title, legend, floor, reasons = {}, toTables, charts }) => {
  const { peers, results, seconds } = part;
  const able = peers.filter((peer) => results[peer.name]?.length);
  const unable = peers.filter((peer) => !able.includes(peer)).map((peer) => peer.title);
  const tables = toTables(able, results);
  // A chart compares with others; the summary lists what has changed.
  const charted = able.filter(({ name }) => name !== BEFORE);
  const runs = Math.max(...able.map((peer) => results[peer.name].length));
  const notes = [
    onOneLine(legend),
    able.some(({ isFloor }) => isFloor) && `Floor: ${onOneLine(floor)}.`,
    `Runs: ${runs}${seconds ? `, of ${seconds} s each` : ''}.`,
    describeOrigins({ [name]: part }),
  ];
  return {
    title,
    tables,
    charts: charts?.(charted, results) ?? [],
    charted,
    body: [
      ...tables.map(tableToMarkdown),
      notes.filter(Boolean).join(' '),
      ...(unable.length ? [`Could not be measured: ${unable.join(', ')}.`] : []),
    ].join('\n\n'),
    ahead: listAhead(tables, able, reasons),
    peers: able,
  };
};

/** @param {Report} report @param {Dimensions} dimensions */
export const toSections = (report, dimensions) =>
  Object.entries(report).map(([name, part]) => toSection(name, part, dimensions[name]));

/** Returns the notes on all tables. @param {Section[]} sections */
export const toNotes = (sections) => {
  const peers = new Map(sections.flatMap((section) => section.peers.map((peer) => [peer.name, peer])));
  const notes = [...peers.values()].flatMap(({ title, notes = [] }) =>
    notes.map((note) => `- ${title} ${note}.`),
  );
  return [
    'A figure is the median of the runs; in brackets are the quartiles, between which half of the runs are. "×": ratio to this tracker; bold if this tracker is behind.',
    'A difference counts only if it is more than 5 %, and more than the distance of the quartiles of either. "won": all others are behind; "lost": at least one is ahead; "level": neither. The floor and the other rows of this tracker are no rivals.',
    notes.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
};

/** Prints a report for a terminal. @param {Report} report @param {Dimensions} dimensions */
export const toMarkdown = (report, dimensions) => {
  const sections = toSections(report, dimensions);
  return [
    toSummary(sections),
    ...sections.flatMap(({ title, body, ahead }) => [`### ${title}`, body, ahead]),
    toNotes(sections),
  ]
    .filter(Boolean)
    .join('\n\n');
};

/** Returns a report as it is saved: the rest of a peer's data is in this folder. @param {Report} report */
export const toParts = (report) =>
  Object.fromEntries(
    Object.entries(report).map(([name, part]) => [
      name,
      { ...part, peers: Object.fromEntries(part.peers.map((peer) => [peer.name, peer.version])) },
    ]),
  );

/** Returns the report of saved parts. @param {import('../report/parts.js').Parts<any>} parts @returns {Promise<Report>} */
export const fromParts = async (parts) => {
  const entries = Object.entries(parts).map(async ([name, part]) => {
    const versions = /** @type {[string, string][]} */ (Object.entries(part.peers));
    return [name, { ...part, peers: await Promise.all(versions.map((own) => readPeer(...own))) }];
  });
  return Object.fromEntries(await Promise.all(entries));
};

/** @param {string | URL} file @param {Report} report */
export const saveReport = (file, report) => saveParts(file, toParts(report));

/** @param {string | URL} file */
export const loadReport = async (file) => fromParts(await loadParts(file));
