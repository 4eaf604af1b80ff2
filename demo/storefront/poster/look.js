// @ts-check
// Deals each film a motif and a tone from its genre's deck, so that films side by side look different.

import { chance, pick } from '../chance.js';
import * as figures from './figures.js';
import * as patterns from './patterns.js';
import * as scenes from './scenes.js';

/** @typedef {import('../../films.js').Film} Film */
/** @typedef {import('./shapes.js').Motif} Motif */
/** @typedef {{ tone: string, motif: Motif }} Look */

const { horizon, windows, rooms, stairs, skyline, peaks, waves, sails, route, forest, mesa } = scenes;
const { arcs, burst, chevrons, slashes, spiral, tiles, scallops, checks, equaliser, record, keys } = patterns;
const { blinds, keyhole, grin, teeth, drips, eyes, candles, overlap, petals, halves, wheel, star } = figures;

/** By the genre's slug. @type {Record<string, { motifs: Motif[], tones: string[] }>} */
const GENRES = {
  drama: {
    motifs: [horizon, windows, arcs, rooms, waves, candles, stairs],
    tones: ['night', 'petrol', 'slate', 'bone', 'plum', 'clay', 'sky'],
  },
  thriller: {
    motifs: [spiral, blinds, keyhole, stairs, windows],
    tones: ['print', 'soot', 'slate', 'night', 'petrol'],
  },
  action: {
    motifs: [burst, chevrons, slashes, skyline],
    tones: ['ember', 'mustard', 'print', 'cobalt', 'slate'],
  },
  adventure: {
    motifs: [peaks, waves, route, sails, horizon],
    tones: ['petrol', 'sky', 'sand', 'moss', 'mint', 'night'],
  },
  comedy: {
    motifs: [tiles, grin, scallops, arcs],
    tones: ['mustard', 'sky', 'rose', 'mint', 'cobalt', 'clay'],
  },
  romance: {
    motifs: [overlap, petals, scallops, candles],
    tones: ['rose', 'plum', 'bone', 'clay', 'petrol'],
  },
  'dark-comedy': {
    motifs: [halves, checks, grin, keyhole],
    tones: ['print', 'soot', 'bone', 'mustard', 'slate'],
  },
  horror: { motifs: [teeth, forest, drips, eyes, candles], tones: ['soot', 'moss', 'plum', 'night'] },
  musical: {
    motifs: [equaliser, record, tiles, keys],
    tones: ['cobalt', 'plum', 'mustard', 'ember', 'rose'],
  },
  western: { motifs: [mesa, star, peaks, wheel], tones: ['sand', 'ember', 'mustard', 'clay', 'sky'] },
};

/** @type {Map<string, Look[]>} */
const decks = new Map();

/** Returns each motif in each tone once; neighbors share neither, if possible. @param {string} genreSlug */
function deckOf(genreSlug) {
  const { motifs, tones } = GENRES[genreSlug] ?? { motifs: [horizon], tones: ['night'] };
  const random = chance(genreSlug);
  let remaining = motifs.flatMap((motif) => tones.map((tone) => ({ motif, tone })));
  /** @type {Look[]} */
  const deck = [];
  while (remaining.length) {
    const last = deck.at(-1);
    const different = remaining.filter(({ motif, tone }) => motif !== last?.motif && tone !== last?.tone);
    const next = pick(random, different.length ? different : remaining);
    deck.push(next);
    remaining = remaining.filter((look) => look !== next);
  }
  return deck;
}

/** @param {Film} film @returns {Look} */
export function lookOf({ genreSlug, nth }) {
  const deck = decks.get(genreSlug) ?? deckOf(genreSlug);
  decks.set(genreSlug, deck);
  return /** @type {Look} */ (deck[nth % deck.length]);
}
