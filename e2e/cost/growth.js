// @ts-check
// What memory may grow by: the rows of the table, and the limits that fail the run.

import { median } from '../bench/figures.js';
import { EVENTS, NAVIGATIONS, PUSHES, TILE_COUNTS } from './growth-scenes.js';

/** @typedef {(scene: string, subject: import('./subjects.js').Subject, value: string) => number[]} ValuesOf a value a run */

/**
 * The most bytes of memory for a tile beside a page that only observes its tiles. Up to 20 bytes are the object by which
 * scripts know an element. A WeakSet of all tiles would add 13.
 */
const MAX_TILE_BYTES = 24;

/**
 * The most growth over that of a page without a tracker that is no leak: bytecode of functions that run late, and garbage
 * not yet collected. In bytes an event, so that one leaked entry of a Map an event exceeds it.
 */
const MAX_EVENT_BYTES = 12;
const MAX_NAVIGATION_BYTES = 75;

/** The most DOM nodes a navigation that are no leak: a list not yet collected has fewer in all. */
const MAX_NODES = 1 / 2;

/** @type {{ scene: string, times: number, what: string, limit: number }[]} */
const FLAT = [
  { scene: 'navigate', times: NAVIGATIONS, what: 'single-page navigations', limit: MAX_NAVIGATION_BYTES },
  { scene: 'events', times: EVENTS, what: 'events', limit: MAX_EVENT_BYTES },
  { scene: 'pushes', times: PUSHES, what: 'pushes to the data layer', limit: MAX_EVENT_BYTES },
];

const [FEW, MANY] = TILE_COUNTS.slice(-2);

/** @param {number} n */
const text = (n) => n.toLocaleString('en', { maximumFractionDigits: 0 });

/** @param {number[]} bytes */
const kilobytes = (bytes) => {
  const [middle, least, most] = [median(bytes), Math.min(...bytes), Math.max(...bytes)].map((n) =>
    text(n / 1000),
  );
  return `${middle} kB (${least}–${most})`;
};

/** Returns the bytes a subject's tile adds to those of the page's own, in each run. @param {ValuesOf} valuesOf @param {import('./subjects.js').Subject} subject @param {('bytes' | 'native')[]} kinds */
const bytesOfTile = (valuesOf, subject, kinds) => {
  const growths = (/** @type {import('./subjects.js').Subject} */ of) => {
    const sums = [FEW, MANY].map((tiles) =>
      kinds
        .map((kind) => valuesOf('tiles', of, `${kind}${tiles}`))
        .reduce((one, other) => one.map((bytes, run) => bytes + other[run])),
    );
    return sums[1].map((bytes, run) => (bytes - sums[0][run]) / (MANY - FEW));
  };
  const alone = growths('nothing');
  return growths(subject).map((bytes, run) => bytes - alone[run]);
};

/** @param {number[]} bytes */
const bytesText = (bytes) =>
  `${text(median(bytes))} bytes (${text(Math.min(...bytes))}–${text(Math.max(...bytes))})`;

/** Returns a subject's heap beside that of the page alone. @param {ValuesOf} valuesOf @param {import('./subjects.js').Subject} subject @param {number} tiles */
const heapOf = (valuesOf, subject, tiles) => {
  const alone = valuesOf('tiles', 'nothing', `bytes${tiles}`);
  return valuesOf('tiles', subject, `bytes${tiles}`).map((bytes, run) => bytes - alone[run]);
};

const BESIDE_TILES = 'a `MutationObserver`, and an `IntersectionObserver` of each tile';

/** Returns the rows of scenes that have been measured. @param {ValuesOf} valuesOf */
export const growthRows = (valuesOf) => {
  const tiles = valuesOf('tiles', 'tracker', 'bytes0').length
    ? [
        ...TILE_COUNTS.map((count) => [
          `heap with ${text(count)} tiles`,
          BESIDE_TILES,
          ...['both', 'tracker'].map((subject) =>
            kilobytes(heapOf(valuesOf, /** @type {import('./subjects.js').Subject} */ (subject), count)),
          ),
          '',
        ]),
        ...[
          { title: 'heap a tile', kinds: /** @type {const} */ (['bytes']) },
          {
            title: "heap a tile, with the browser's own objects",
            kinds: /** @type {const} */ (['bytes', 'native']),
          },
        ].map(({ title, kinds }) => [
          `${title}, from ${text(FEW)} to ${text(MANY)}`,
          BESIDE_TILES,
          bytesText(bytesOfTile(valuesOf, 'both', [...kinds])),
          bytesText(bytesOfTile(valuesOf, 'tracker', [...kinds])),
          '',
        ]),
      ]
    : [];
  const flat = FLAT.flatMap(({ scene, times, what }) => {
    const [alone, tracker] = [valuesOf(scene, 'nothing', 'growth'), valuesOf(scene, 'tracker', 'growth')];
    return tracker.length
      ? [
          [
            `heap's growth over ${text(times)} ${what}`,
            'the page without it',
            kilobytes(alone),
            kilobytes(tracker),
            '',
          ],
        ]
      : [];
  });
  return [...tiles, ...flat];
};

/** Describes the limits that memory exceeds. @param {ValuesOf} valuesOf @returns {string[]} */
export const brokenGrowth = (valuesOf) => {
  /** @type {string[]} */
  const broken = [];
  if (valuesOf('tiles', 'tracker', 'bytes0').length) {
    const [least, tracker] = [
      bytesOfTile(valuesOf, 'both', ['bytes', 'native']),
      bytesOfTile(valuesOf, 'tracker', ['bytes', 'native']),
    ];
    const more = median(tracker) - median(least);
    if (more > MAX_TILE_BYTES)
      broken.push(
        `a tile has ${text(more)} bytes more than in a page that only observes it; at most ${MAX_TILE_BYTES}`,
      );
  }
  for (const { scene, times, what, limit } of FLAT) {
    /** @param {'growth' | 'nodes'} value */
    const more = (value) =>
      median(valuesOf(scene, 'tracker', value)) - median(valuesOf(scene, 'nothing', value));
    if (more('growth') > limit * times)
      broken.push(
        `the heap is flat: over ${text(times)} ${what} it grew by ${text(more('growth') / 1000)} kB more than without the tracker; at most ${text((limit * times) / 1000)} kB`,
      );
    if (more('nodes') > MAX_NODES * times)
      broken.push(
        `no element is kept: ${text(more('nodes'))} nodes more than without the tracker after ${text(times)} ${what}`,
      );
  }
  return broken;
};
