// @ts-check
import { markdownTable } from 'markdown-table';
import { median, sum } from '../bench/figures.js';
import { brokenGrowth, growthRows } from './growth.js';
import { MANY_ENTRIES, PUSHES_AT_A_TIME } from './push-scene.js';
import { BATCH, FEW_TILES, TILES } from './scenes.js';
import { LONG_MS } from './trace.js';

/**
 * @typedef {import('./run.js').Scenes} Scenes
 * @typedef {import('./subjects.js').Subject} Subject
 * @typedef {{ scene: string, value: string, floor: Subject, title: string, beside: string, isWhole?: boolean }} Row
 *   `isWhole`: the page's own share is not taken off
 */

/** Costs of more than this multiple of the floor are marked. */
const MAX_RATIO = 1.5;

/** The maximal growth of costs for ten times the tiles. */
const MAX_GROWTH = 15;

/** The maximal growth of a push's cost with the entries of the data layer: a search through all of them takes longer. */
const MAX_PUSH_GROWTH = 3;

/** @param {number} n */
const text = (n) => n.toLocaleString('en', { maximumFractionDigits: 0 });

const MANY = text(TILES);
const FEW = text(FEW_TILES);
const SIGHTS = 'an `IntersectionObserver`, same thresholds';

/** @type {Row[]} */
const ROWS = [
  ...[
    [/** @type {const} */ ('nothing'), 'an empty script'],
    [/** @type {const} */ ('session'), 'a session in IndexedDB and localStorage, and nothing else'],
  ].map(([floor, beside]) => ({
    scene: 'start',
    value: 'start',
    floor: /** @type {Subject} */ (floor),
    title: 'from the tag to `ready`',
    beside,
    isWhole: true,
  })),
  ...[
    ['first', 'the first click on a page'],
    ['p50', 'a click, p50'],
    ['p99', 'a click, p99'],
  ].flatMap(([value, title]) =>
    [
      [/** @type {const} */ ('clicks'), 'a listener that finds the tile'],
      [/** @type {const} */ ('stores'), 'that, an event in IndexedDB and its list in localStorage'],
    ].map(([floor, beside]) => ({
      scene: 'click',
      value,
      floor: /** @type {Subject} */ (floor),
      title: `${title}; ${MANY} tiles`,
      beside,
    })),
  ),
  ...[
    ['look-few', FEW],
    ['look', MANY],
  ].flatMap(([scene, tiles]) =>
    [
      ['first', `${tiles} tiles: first observed`],
      ['scroll', `${tiles} tiles: scrolled through`],
    ].map(([value, title]) => ({
      scene,
      value,
      floor: /** @type {const} */ ('sights'),
      title,
      beside: SIGHTS,
    })),
  ),
  ...['add', 'remove'].flatMap((value) =>
    [
      [/** @type {const} */ ('changes'), 'a `MutationObserver`'],
      [/** @type {const} */ ('both'), 'a `MutationObserver`, and an `IntersectionObserver` of each tile'],
    ].map(([floor, beside]) => ({
      scene: 'change',
      value,
      floor: /** @type {Subject} */ (floor),
      title: `${MANY} tiles: ${value === 'add' ? 'added' : 'removed'}, ${BATCH} a frame`,
      beside,
    })),
  ),
  ...[
    ['first', `${PUSHES_AT_A_TIME} pushes before the script: first read`],
    ['p50', 'a push, p50'],
    ['p99', 'a push, p99'],
    ['late', `a push, p50; ${text(MANY_ENTRIES)} entries in the data layer`],
  ].map(([value, title]) => ({
    scene: 'push',
    value,
    floor: /** @type {const} */ ('pushes'),
    title,
    beside: 'a `push` that reads the items',
  })),
];

/** @param {Scenes} measured @param {string} scene @param {Subject} subject @param {string} value */
const valuesOf = (measured, scene, subject, value) =>
  (measured[scene]?.results[subject] ?? []).map(({ values }) => values[value]);

/** @param {Scenes} measured @returns {import('./growth.js').ValuesOf} */
const valuesIn = (measured) => (scene, subject, value) => valuesOf(measured, scene, subject, value);

/** Returns a subject's costs less those of the page alone in the same run. @param {Scenes} measured @param {Row} row @param {Subject} subject */
const added = (measured, { scene, value, isWhole }, subject) => {
  const alone = valuesOf(measured, scene, 'nothing', value);
  return valuesOf(measured, scene, subject, value).map((all, run) => (isWhole ? all : all - alone[run]));
};

/** Formats milliseconds with at most two digits: more would be noise. @param {number} ms */
export const digits = (ms) => (Math.abs(ms) < 10 ? ms.toPrecision(2) : text(ms));

/** @param {number[]} ms */
const spread = (ms) => `${digits(median(ms))} ms (${digits(Math.min(...ms))}–${digits(Math.max(...ms))})`;

/** Compares with a floor, unless its cost is within the noise. @param {number[]} floor @param {number[]} tracker */
const compare = (floor, tracker) => {
  if (Math.min(...floor) <= 0) return 'within the noise';
  const ratio = median(tracker) / median(floor);
  const shown = `× ${ratio.toFixed(1)}`;
  return ratio > MAX_RATIO ? `**${shown}**` : shown;
};

/** Returns the growth of first observation and of scrolling for ten times the tiles. */
const growths = (/** @type {Scenes} */ measured) =>
  ['first', 'scroll'].flatMap((value) => {
    const growth = (/** @type {Subject} */ subject) => {
      const [few, many] = ['look-few', 'look'].map((scene) =>
        median(added(measured, { ...ROWS[0], scene, value, isWhole: false }, subject)),
      );
      return many / few;
    };
    const title = `${MANY} tiles to ${FEW}: ${value === 'first' ? 'first observed' : 'scrolled through'}`;
    const [floor, tracker] = [growth('sights'), growth('tracker')];
    return Number.isNaN(tracker) ? [] : [{ title, floor, tracker }];
  });

/** @param {Scenes} measured @param {(subject: string) => boolean} isMeant */
const longTasks = (measured, isMeant) => {
  const meant = Object.values(measured)
    .flatMap(({ results }) => Object.entries(results))
    .filter(([subject]) => isMeant(subject))
    .flatMap(([, results]) => results);
  const longest = Math.max(0, ...meant.map(({ longestTask }) => longestTask));
  return `${sum(meant.map(({ longTasks }) => longTasks))}, the longest ${text(longest)} ms`;
};

/** Returns the least and the greatest number of runs of a scene. @param {Scenes} measured */
const runsOf = (measured) => {
  const runs = Object.values(measured).flatMap(({ results }) =>
    Object.values(results).map(({ length }) => length),
  );
  return [...new Set([Math.min(...runs), Math.max(...runs)])].join('–');
};

/** Returns the table, for a terminal as for a Markdown file. @param {Scenes} measured */
export const toTable = (measured) => {
  const timed = ROWS.flatMap((row) => {
    const [floor, tracker] = [added(measured, row, row.floor), added(measured, row, 'tracker')];
    if (!tracker.length || !floor.length) return [];
    return [[row.title, row.beside, spread(floor), spread(tracker), compare(floor, tracker)]];
  });
  const grown = growths(measured).map(({ title, floor, tracker }) => [
    title,
    SIGHTS,
    `× ${floor.toFixed(1)}`,
    `× ${tracker.toFixed(1)}`,
    '',
  ]);
  return markdownTable([
    [`medians of ${runsOf(measured)} runs, and their range`, 'beside', 'that', 'the tracker', ''],
    ...timed,
    ...grown,
    ...growthRows(valuesIn(measured)),
    [
      `tasks over ${LONG_MS} ms in all rows`,
      'the page alone, and with the code beside',
      longTasks(measured, (subject) => subject !== 'tracker'),
      longTasks(measured, (subject) => subject === 'tracker'),
      '',
    ],
  ]);
};

/** Describes a push that takes longer the more entries the data layer has. @param {Scenes} measured */
const slowerPushes = (measured) => {
  const [few, many] = ['p50', 'late'].map((value) => median(valuesOf(measured, 'push', 'tracker', value)));
  return many > few * MAX_PUSH_GROWTH
    ? [
        `a push costs the same however many were before: with ${text(MANY_ENTRIES)} entries × ${(many / few).toFixed(1)}`,
      ]
    : [];
};

/** Describes the results that fail the run. @param {Scenes} measured */
export const brokenPromises = (measured) => {
  return [
    ...slowerPushes(measured),
    ...brokenGrowth(valuesIn(measured)),
    ...growths(measured).map(
      ({ title, tracker }) =>
        tracker > MAX_GROWTH && `costs grow with the page, not faster: ${title} × ${tracker.toFixed(1)}`,
    ),
  ].flatMap((problem) => (problem ? [problem] : []));
};
