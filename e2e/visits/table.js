// @ts-check
import { markdownTable } from 'markdown-table';
import { quantile, sum, whole } from '../bench/figures.js';

/** @typedef {{ title: string, name: string, site: string, counts: import('./replay.js').Counts[] }} Measured `counts`: a visit each */

const HEAD = [
  'immediate flushes',
  'site',
  'requests',
  'with events',
  'Cognito',
  'preflights',
  'p50, ms',
  'p95, ms',
  'next visit',
  'lost',
  'duplicates',
];

/** @param {Measured[]} measured */
export const toTable = (measured) => {
  const rows = measured.map(({ title, site, counts }) => {
    /** @param {(counts: import('./replay.js').Counts) => number} pick */
    const total = (pick) => sum(counts.map(pick));
    const freshness = counts.flatMap((of) => of.freshness);
    const withEvents = total(({ putEvents, actions }) => putEvents + actions);
    const [cognito, preflights] = [total((of) => of.cognito), total((of) => of.preflights)];
    return [
      title,
      site,
      whole(withEvents + cognito + preflights),
      whole(withEvents),
      whole(cognito),
      whole(preflights),
      whole(quantile(freshness, 0.5)),
      whole(quantile(freshness, 0.95)),
      whole(total(({ late }) => late)),
      `${whole(total(({ lost }) => lost))} of ${whole(total(({ recorded }) => recorded))}`,
      whole(total(({ duplicates }) => duplicates)),
    ];
  });
  return markdownTable([HEAD, ...rows], { align: ['l', 'l', ...HEAD.slice(2).map(() => 'r')] });
};
