// @ts-check
import { markdownTable } from 'markdown-table';
import { median, multiple, spread, whole } from './figures.js';
import { TRACKER } from './peers.js';
import { compareCells, judge } from './verdict.js';

/** @typedef {import('./peers.js').Peer} Peer */
/**
 * @typedef {{ text: string, figures?: number[][], isMoreBetter?: boolean, isMean?: boolean }} Cell
 *   `figures`: those that are compared, each with a value of every run; none if the peer has not done the work. By
 *   default less is better, and medians are compared
 * @typedef {{ peer: string, role: 'own' | 'rival' | 'floor', head: string, cells: Cell[] }} Row
 *   `peer`: its name
 * @typedef {{ caption?: string, note?: string, reasons?: Record<string, string>, columns: string[], rows: Row[] }} Table
 *   `note` follows the caption; `reasons`: why peers are ahead of the tracker in it, in place of its dimension's
 */

/**
 * Returns a cell with a median that is compared.
 * @param {number[]} values of each run
 * @param {{ show?: (n: number) => string, note?: string, isMoreBetter?: boolean, isOtherWork?: boolean }} [options]
 *   `isOtherWork`: the figure is shown, and not compared
 */
export const figureCell = (values, { show = whole, note = '', isMoreBetter, isOtherWork } = {}) => ({
  text: spread(values, show) + note,
  figures: isOtherWork ? [] : [values],
  isMoreBetter,
});

/** Returns a table with a row for each peer. @param {string[]} columns @param {Peer[]} peers @param {(peer: Peer) => (Cell | string)[]} cells @returns {Table} */
export const peerTable = (columns, peers, cells) => ({
  columns,
  rows: peers.map((peer) => {
    const { name, title, version, isOwn, isFloor } = peer;
    return {
      peer: name,
      role: isFloor ? 'floor' : isOwn ? 'own' : 'rival',
      head: name === TRACKER ? `**${title}**` : `${title} ${version}`.trimEnd(),
      cells: cells(peer).map((cell) => (typeof cell === 'string' ? { text: cell } : cell)),
    };
  }),
});

/**
 * Formats a cell beside the tracker's: with the multiple of its figure, in bold if the tracker is behind. It is always
 * behind a floor, so that this is not bold.
 * @param {Cell} cell @param {Row['role']} role @param {Cell | undefined} trackers
 */
const formatCell = (cell, role, trackers) => {
  const comparison = compareCells(trackers, cell);
  if (!comparison) return cell.text;
  const [[own], [other]] = [trackers?.figures ?? [], cell.figures ?? []];
  const isOne = cell.figures?.length === 1 && !cell.isMean;
  const times = isOne && median(own) > 0 ? ` ${multiple(median(other) / median(own))}` : '';
  if (comparison !== 'behind' || role === 'floor') return cell.text + times;
  return times ? `${cell.text} **${times.trim()}**` : `**${cell.text}**`;
};

/** Prints a table, and below its rows the tracker's verdicts. @param {Table} table */
export const tableToMarkdown = (table) => {
  const { caption, note, columns, rows } = table;
  const trackers = rows.find(({ peer }) => peer === TRACKER);
  const verdicts = judge(table, TRACKER);
  const lines = rows.map(({ head, role, cells }) => [
    head,
    ...cells.map((cell, at) => formatCell(cell, role, trackers?.cells[at])),
  ]);
  const last = [
    'verdict',
    ...columns.map((name) => verdicts.find(({ column }) => column === name)?.result ?? ''),
  ];
  const markdown = markdownTable([['', ...columns], ...lines, ...(verdicts.length ? [last] : [])], {
    align: ['l', ...columns.map(() => 'r')],
  });
  const heading = [caption, note].filter(Boolean).join('. ');
  return heading ? `${heading}\n\n${markdown}` : markdown;
};
