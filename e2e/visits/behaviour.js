// @ts-check
// Decides how visitors behave, from a seed. Times are in milliseconds.
import { chance, pick } from '../../demo/storefront/chance.js';

/** @typedef {'home' | 'list' | 'film'} PageKind */
/** @typedef {'film' | 'row' | 'genre' | 'search' | 'home' | 'back' | 'switch'} Move how a visit goes on from a page */
/** @typedef {'close' | 'away' | 'hidden'} End the tab is closed, another site is opened, or the tab is left in the background */
/** @typedef {'scroll' | 'trailer' | 'rate' | 'buy' | 'log-in'} Act something done on a page */
/** @typedef {ReturnType<typeof createVisitor>} Visitor */

export const VISITS = 20;

/**
 * Think times have a negative exponential distribution with a mean of 7 s, as in the benchmark TPC-W 1.8 of a web shop.
 * Nobody leaves a page in its first second.
 */
const THINK = { mean: 7000, least: 1000, most: 70_000 };
/** Lengths of visits are quantiles of a negative exponential distribution, so that no two are equal. */
const LENGTH = { mean: 60_000, least: 5000, most: 180_000 };
const SCROLL_PAUSE = { least: 800, most: 3000 };

/** Shares of visitors, by choice. @type {Record<string, Record<string, number>>} */
const SHARES = {
  landing: { home: 55, film: 25, list: 20 },
  end: { close: 55, away: 35, hidden: 10 },
  device: { desktop: 1, phone: 1 },
};

/** Shares of moves from each kind of page. `back` is how visitors compare the films of a list. */
const MOVES = /** @type {Record<PageKind, Record<string, number>>} */ ({
  home: { film: 60, row: 10, genre: 15, search: 10, switch: 5 },
  list: { film: 70, genre: 10, home: 10, back: 5, switch: 5 },
  film: { back: 40, film: 25, home: 15, genre: 10, switch: 10 },
});

/** Probabilities of acts on a film's page, apart from scrolling. */
const ACTS = /** @type {Record<string, number>} */ ({ trailer: 0.25, rate: 0.15, buy: 0.1, 'log-in': 0.05 });

/** @param {number} share of 0 to 1 @param {{ mean: number, least: number, most: number }} of */
const exponential = (share, { mean, least, most }) =>
  Math.min(most, Math.max(least, -Math.log(1 - share) * mean));

/** @param {() => number} random @param {Record<string, number>} shares */
const choose = (random, shares) => {
  let rest = random() * Object.values(shares).reduce((a, b) => a + b);
  for (const [choice, share] of Object.entries(shares)) {
    rest -= share;
    if (rest < 0) return choice;
  }
  return /** @type {string} */ (Object.keys(shares).at(-1));
};

/** Creates the visitor of one visit. @param {number} n from 0 @param {string} seed */
export const createVisitor = (n, seed) => {
  const random = chance(`${seed}-${n}`);
  return {
    length: exponential((n + 0.5) / VISITS, LENGTH),
    device: /** @type {'desktop' | 'phone'} */ (choose(random, SHARES.device)),
    landing: /** @type {PageKind} */ (choose(random, SHARES.landing)),
    end: /** @type {End} */ (choose(random, SHARES.end)),
    think: () => exponential(random(), THINK),
    scrollPause: () => SCROLL_PAUSE.least + random() * (SCROLL_PAUSE.most - SCROLL_PAUSE.least),
    /** Returns how far the visitor scrolls, in screens: sometimes back up. */
    scrollBy: () => (random() < 0.15 ? -0.6 : 0.4 + random() * 0.6),
    /** @param {PageKind} kind */
    move: (kind) => /** @type {Move} */ (choose(random, MOVES[kind])),
    /** Returns what the visitor does on a film's page, in order. */
    acts: () => /** @type {Act[]} */ (Object.keys(ACTS).filter((act) => random() < ACTS[act])),
    /** @template T @param {readonly T[]} list not empty */
    pick: (list) => pick(random, list),
  };
};
