// @ts-check
import { markdownTable } from 'markdown-table';
import { median, whole } from '../bench/figures.js';

/** @typedef {import('./load.js').Figures} Figures */
/** @typedef {{ title: string, beside?: string, runs: Figures[] }} Row `beside`: the row that does the same without the relay */

/** @param {Row | undefined} row @param {keyof Figures} figure */
const of = (row, figure) => median((row?.runs ?? []).map((run) => run[figure]));

/** @param {Row} row @param {Row | undefined} other */
const share = (row, other) =>
  other && other !== row ? `${whole((100 * of(row, 'rate')) / of(other, 'rate'))} %` : '';

/** Returns the medians, with the range of the rates in brackets. @param {Row[]} rows the bare server's first */
export const toTable = (rows) =>
  markdownTable(
    [
      ['', 'requests/s', 'p50', 'p99', 'of the bare server', 'of the same without the relay'],
      ...rows.map((row) => {
        const rates = row.runs.map(({ rate }) => rate);
        return [
          row.title,
          `${whole(of(row, 'rate'))} (${whole(Math.min(...rates))}–${whole(Math.max(...rates))})`,
          `${whole(of(row, 'p50'))} ms`,
          `${whole(of(row, 'p99'))} ms`,
          share(row, rows[0]),
          share(
            row,
            rows.find(({ title }) => title === row.beside),
          ),
        ];
      }),
    ],
    { align: ['l', 'r', 'r', 'r', 'r', 'r'] },
  );
