// @ts-check
// Decides whether this tracker has won a figure, is level, or has lost it.
import { mean, median, quartiles } from './figures.js';

/**
 * @typedef {import('./table.js').Cell} Cell
 * @typedef {import('./table.js').Row} Row
 * @typedef {import('./table.js').Table} Table
 * @typedef {'ahead' | 'level' | 'behind'} Comparison
 * @typedef {{ column: string, result: 'won' | 'level' | 'lost', to: string[] }} Verdict `to`: the peers that are ahead
 */

/** A smaller difference is none, as a share of the larger figure. */
const SAME_SHARE = 0.05;

/** @param {number[]} values */
const interquartileRange = (values) => {
  const [low, high] = quartiles(values);
  return high - low;
};

/**
 * Compares one figure of two peers. A difference counts only if it exceeds both spreads, the distances of the quartiles.
 * @param {number[]} own a value of each run @param {number[]} other
 * @param {{ isMoreBetter?: boolean, isMean?: boolean }} kind
 * @returns {Comparison}
 */
const compareValues = (own, other, { isMoreBetter, isMean }) => {
  const [a, b] = [own, other].map(isMean ? mean : median);
  const noise = Math.max(
    SAME_SHARE * Math.max(Math.abs(a), Math.abs(b)),
    interquartileRange(own),
    interquartileRange(other),
  );
  if (Math.abs(a - b) <= noise) return 'level';
  return a > b === !!isMoreBetter ? 'ahead' : 'behind';
};

/**
 * Compares two cells: behind in one of their figures is behind. Returns undefined if they are of different work.
 * @param {Cell | undefined} own @param {Cell | undefined} other @returns {Comparison | undefined}
 */
export const compareCells = (own, other) => {
  const [ours, theirs] = [own?.figures, other?.figures];
  if (!own || !ours?.length || !theirs?.length) return undefined;
  const comparisons = ours.map((values, at) => compareValues(values, theirs[at], own));
  return (
    /** @type {const} */ (['behind', 'ahead']).find((comparison) => comparisons.includes(comparison)) ??
    'level'
  );
};

/**
 * Judges each column of a table in which a peer has done the work: lost if a rival is ahead, won if all are behind.
 * @param {Table} table @param {string} name of the judged peer @param {(row: Row) => boolean} [isRival]
 * @returns {Verdict[]}
 */
export const judge = ({ columns, rows }, name, isRival = ({ role }) => role === 'rival') => {
  const own = rows.find(({ peer }) => peer === name);
  const rivals = rows.filter(isRival);
  if (!own || !rivals.length) return [];
  return columns.flatMap((column, at) => {
    if (!own.cells[at].figures?.length) return [];
    const compared = rivals.map(({ peer, cells }) => ({
      peer,
      comparison: compareCells(own.cells[at], cells[at]),
    }));
    const to = compared.flatMap(({ peer, comparison }) => (comparison === 'behind' ? [peer] : []));
    const isLevel = compared.some(({ comparison }) => comparison === 'level');
    return [{ column, result: to.length ? 'lost' : isLevel ? 'level' : 'won', to }];
  });
};
