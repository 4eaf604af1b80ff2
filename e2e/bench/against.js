// @ts-check
// Compares figures with those of an earlier run.
import { markdownTable } from 'markdown-table';
import { toSections } from './report.js';

/** @typedef {import('./report.js').Report} Report */
/** @typedef {Record<string, import('./run.js').Dimension>} Dimensions */

/** Figures that differ by less count as equal. */
const SAME_SHARE = 0.05;

/** Returns the first number of a cell, which may be followed by a range, parts or a ratio. @param {string} cell */
const figureOf = (cell) => Number(/^\d[\d,.]*/.exec(cell)?.[0].replaceAll(',', '') ?? Number.NaN);

/** @param {Report} report @param {Dimensions} dimensions @returns {Map<string, number>} figures by table, peer and column */
const figuresOf = (report, dimensions) =>
  new Map(
    toSections(report, dimensions).flatMap(({ title, tables }) =>
      tables.flatMap(({ caption = '', columns, rows }) =>
        rows.flatMap(({ peer, cells }) =>
          cells.map((cell, at) => {
            const where = [title.replace(/:.*/, ''), caption, peer, columns[at]].filter(Boolean).join(', ');
            return /** @type {[string, number]} */ ([where, figureOf(cell)]);
          }),
        ),
      ),
    ),
  );

/** @param {Report} report @param {Report} earlier @param {Dimensions} dimensions @returns {string} Markdown */
export const compare = (report, earlier, dimensions) => {
  const before = figuresOf(earlier, dimensions);
  const compared = [...figuresOf(report, dimensions)].flatMap(([where, now]) => {
    const then = before.get(where) ?? Number.NaN;
    return Number.isNaN(now) || Number.isNaN(then) ? [] : [{ where, then, now }];
  });
  const changed = compared.filter(({ then, now }) => Math.abs(now - then) > then * SAME_SHARE);
  const rows = changed.map(({ where, then, now }) => [
    where,
    then.toLocaleString('en'),
    now.toLocaleString('en'),
    then ? `× ${(now / then).toFixed(2)}` : '',
  ]);
  const summary = `${changed.length} of ${compared.length} figures differ by more than ${SAME_SHARE * 100} % from those of ${earlier.date}.`;
  return rows.length
    ? `${summary}\n\n${markdownTable([['', 'then', 'now', ''], ...rows], { align: ['l', 'r', 'r', 'r'] })}`
    : summary;
};
