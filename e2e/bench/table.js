// @ts-check
import { markdownTable } from 'markdown-table';
import { TRACKER } from './peers.js';

/** @typedef {import('./peers.js').Peer} Peer */

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** @param {number[]} numbers @param {number} share */
export const quantile = (numbers, share) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
};

/** @param {number[]} numbers */
export const median = (numbers) => quantile(numbers, 0.5);

/** @param {number} n */
export const whole = (n) => n.toLocaleString('en', { maximumFractionDigits: 0 });

/** Returns the median, with the range if the runs differ. @param {number[]} numbers */
export const spread = (numbers, show = whole) => {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const range = least === most ? '' : ` (${show(least)}–${show(most)})`;
  return show(median(numbers)) + range;
};

/**
 * Returns the multiple of the tracker's figure. If it is less, the tracker has lost: it is bold, with two digits.
 * @param {number} value @param {number | undefined} trackers
 */
export const ratio = (value, trackers) => {
  if (!trackers) return '';
  const times = value / trackers;
  return times < 0.95 ? `**× ${times.toPrecision(2)}**` : `× ${times.toFixed(1)}`;
};

/** @typedef {{ peer: string, head: string, cells: string[] }} Row `peer`: its name */
/**
 * @typedef {{ caption?: string, reasons?: Record<string, string>, columns: string[], rows: Row[] }} Table
 *   `reasons`: why peers are ahead of the tracker in it, in place of its dimension's
 */

/**
 * Returns a table with a row for each peer, the tracker's head in bold.
 * @param {string[]} columns
 * @param {Peer[]} peers
 * @param {(peer: Peer) => string[]} cells
 * @returns {Table}
 */
export const peerTable = (columns, peers, cells) => ({
  columns,
  rows: peers.map((peer) => {
    const { name, title, version } = peer;
    return {
      peer: name,
      head: name === TRACKER ? `**${title}**` : `${title} ${version}`.trimEnd(),
      cells: cells(peer),
    };
  }),
});

/** Returns the peers with a bold cell, in which the tracker has lost. @param {Table} table */
export const peersAhead = ({ rows }) =>
  rows.filter(({ cells }) => cells.some((cell) => cell.includes('**'))).map(({ peer }) => peer);

/** @param {Table} table */
export const tableToMarkdown = ({ caption, columns, rows }) => {
  const table = markdownTable([['', ...columns], ...rows.map(({ head, cells }) => [head, ...cells])], {
    align: ['l', ...columns.map(() => 'r')],
  });
  return caption ? `${caption}\n\n${table}` : table;
};
