// @ts-check
// Compares figures with those of an earlier run.
import { markdownTable } from 'markdown-table';
import { mean, median } from './figures.js';
import { toSections } from './report.js';
import { compareCells } from './verdict.js';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {Record<string, import('./dimensions.js').Dimension>} Dimensions */
/** @typedef {import('./table.js').Cell} Cell */

/** @param {Report} report @param {Dimensions} dimensions @returns {Map<string, Cell>} cells by table, peer and column */
const cellsOf = (report, dimensions) =>
  new Map(
    toSections(report, dimensions).flatMap(({ title, tables }) =>
      tables.flatMap(({ caption = '', columns, rows }) =>
        rows.flatMap(({ peer, cells }) =>
          cells.map((cell, at) => {
            const where = [title.replace(/:.*/, ''), caption, peer, columns[at]].filter(Boolean).join(', ');
            return /** @type {[string, Cell]} */ ([where, cell]);
          }),
        ),
      ),
    ),
  );

/** Prints a cell's figures, of which a table may show a rounded one. @param {Cell} cell */
const show = ({ figures = [], isMean }) =>
  figures.map((values) => (isMean ? mean : median)(values).toLocaleString('en')).join(' → ');

/** @param {Report} report @param {Report} earlier @param {Dimensions} dimensions @returns {string} Markdown */
export const compare = (report, earlier, dimensions) => {
  const before = cellsOf(earlier, dimensions);
  const compared = [...cellsOf(report, dimensions)].flatMap(([where, now]) => {
    const then = before.get(where);
    const comparison = compareCells(now, then);
    return then && comparison ? [{ where, then, now, comparison }] : [];
  });
  const changed = compared.filter(({ comparison }) => comparison !== 'level');
  const rows = changed.map(({ where, then, now, comparison }) => [
    where,
    show(then),
    show(now),
    comparison === 'ahead' ? 'better' : 'worse',
  ]);
  const summary = `${changed.length} of ${compared.length} figures differ by more than their spread and 5 %.`;
  return rows.length
    ? `${summary}\n\n${markdownTable([['', 'then', 'now', ''], ...rows], { align: ['l', 'r', 'r', 'l'] })}`
    : summary;
};
