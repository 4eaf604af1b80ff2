// @ts-check
// Sums up every figure: won, level or lost.
import { markdownTable } from 'markdown-table';
import { BEFORE, TRACKER, UNSIGNED } from './peers.js';
import { judge } from './verdict.js';

/** @typedef {import('./peers.js').Peer} Peer */
/** @typedef {import('./report.js').Section} Section */
/** @typedef {import('./verdict.js').Verdict} Verdict */

/** @param {Verdict[]} verdicts @param {Verdict['result']} result */
const withResult = (verdicts, result) => verdicts.filter((verdict) => verdict.result === result);

/** @param {Verdict[]} verdicts @param {Verdict['result']} result */
const columnsOf = (verdicts, result) =>
  withResult(verdicts, result)
    .map(({ column }) => column)
    .join('; ');

/** Lists the lost columns, those with the same peers ahead together. @param {Verdict[]} verdicts @param {Peer[]} peers */
const listLost = (verdicts, peers) => {
  /** @type {Map<string, string[]>} */
  const columns = new Map();
  for (const { column, to } of withResult(verdicts, 'lost')) {
    const titles = peers.filter(({ name }) => to.includes(name)).map(({ title }) => title);
    const winners = titles.join(', ');
    columns.set(winners, [...(columns.get(winners) ?? []), column]);
  }
  return [...columns].map(([winners, lost]) => `${lost.join('; ')}: ${winners}`).join('<br>');
};

/** @param {string} title @param {Verdict[]} verdicts */
const count = (title, verdicts) => {
  const [won, level, lost] = /** @type {const} */ (['won', 'level', 'lost']).map(
    (result) => withResult(verdicts, result).length,
  );
  return `Of ${verdicts.length} figures, ${title} has won ${won}, is level in ${level}, and has lost ${lost}.`;
};

/** Compares with the tracker of an earlier commit. @param {Section[]} sections */
const listChanges = (sections) => {
  const before = sections.flatMap(({ peers }) => peers).find(({ name }) => name === BEFORE);
  if (!before) return '';
  const verdicts = sections.flatMap(({ title, tables }) =>
    tables.flatMap((table) =>
      judge(table, TRACKER, ({ peer }) => peer === BEFORE).map((verdict) => ({
        ...verdict,
        column: nameOf(title, table.caption, verdict.column),
      })),
    ),
  );
  const [better, worse] = /** @type {const} */ (['won', 'lost']).map((result) =>
    withResult(verdicts, result),
  );
  /** @param {string} change @param {Verdict[]} changed */
  const list = (change, changed) =>
    changed.length ? [`- ${change}: ${changed.map(({ column }) => column).join('; ')}.`] : [];
  return [
    `Since commit ${before.version}, ${better.length} of ${verdicts.length} figures are better and ${worse.length} are worse.`,
    '',
    ...list('better', better),
    ...list('worse', worse),
  ]
    .join('\n')
    .trim();
};

/** Joins a dimension's short title and what else is given. @param {string} title @param {(string | undefined)[]} more */
const nameOf = (title, ...more) => [title.replace(/:.*/, ''), ...more].filter(Boolean).join(', ');

/** Prints the summary: a row for each table of each dimension. @param {Section[]} sections */
export const toSummary = (sections) => {
  const judged = sections.flatMap(({ title, tables, peers }) =>
    tables.map((table) => ({
      name: nameOf(title, table.caption),
      peers,
      verdicts: judge(table, TRACKER),
      unsigned: judge(table, UNSIGNED),
    })),
  );
  const all = judged.flatMap(({ verdicts }) => verdicts);
  const unsigned = judged.flatMap((table) => table.unsigned);
  if (!all.length) return '';
  const rows = judged
    .filter(({ verdicts }) => verdicts.length)
    .map(({ name, peers, verdicts }) => [
      name,
      columnsOf(verdicts, 'won'),
      columnsOf(verdicts, 'level'),
      listLost(verdicts, peers),
    ]);
  const counts = [count('this tracker', all), unsigned.length ? count('its unsigned mode', unsigned) : ''];
  return [
    '### Every figure: won, level or lost',
    counts.filter(Boolean).join(' '),
    markdownTable([['', 'won', 'level', 'lost, and to whom'], ...rows]),
    listChanges(sections),
  ]
    .filter(Boolean)
    .join('\n\n');
};
