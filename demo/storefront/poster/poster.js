// @ts-check
// Draws a film's poster from its genre, title, director and year: the same film has the same poster.
// Colors are classes (posters.css), because the page's policy forbids style attributes.

import { chance } from '../chance.js';
import { html } from '../public/html.js';
import { lookOf } from './look.js';
import { setTitle, widthOf } from './title.js';

/** @typedef {import('../../films.js').Film} Film */

const WIDTH = 200;
const HEIGHT = 300;
const MARGIN = 13;
const ART_HEIGHT = 190;
const TITLE_SPACE = { width: WIDTH - 2 * MARGIN, height: 74 };

/** Returns the class with the colors of a poster and of its frame on the page. @param {Film} film */
export const toneOf = (film) => lookOf(film).tone;

/** @param {Film} film */
export function poster(film) {
  const random = chance(film.id);
  const { tone, motif } = lookOf(film);
  const titleAbove = random() < 0.34;
  const serif = /^(drama|romance|thriller)$/.test(film.genreSlug) && random() < 0.5;
  const [main = film.title, sub] = film.title.split(/: (.*)/);
  const title = setTitle(serif ? main : main.toUpperCase(), {
    ...TITLE_SPACE,
    largest: serif ? 34 : 44,
    serif,
  });
  const top = titleAbove ? 22 : HEIGHT - 24 - title.height - (sub ? 13 : 0);
  const creditY = titleAbove ? 16 : HEIGHT - 9;

  const art = html`<svg y="${titleAbove ? HEIGHT - ART_HEIGHT : 0}" width="${WIDTH}" height="${ART_HEIGHT}" viewBox="0 0 200 190">${motif(random)}</svg>`;
  // The visitor's fonts are unknown here: `textLength` fits each line to its computed width.
  const lines = title.texts.map((text, i) => {
    const y = top + title.size * 0.82 + i * title.leading;
    return html`<text class="ink ${serif ? 'roman' : 'grotesque'}" x="${MARGIN}" y="${y.toFixed(1)}" font-size="${title.size.toFixed(1)}" textLength="${(widthOf(text, serif) * title.size).toFixed(1)}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
  });
  const subtitle =
    sub &&
    html`<text class="ink grotesque" x="${MARGIN}" y="${(top + title.height + 9).toFixed(1)}" font-size="${Math.min(11, TITLE_SPACE.width / widthOf(sub, false)).toFixed(1)}">${sub}</text>`;
  const credit = html`<g class="ink credit"><text x="${MARGIN}" y="${creditY}">${film.director}</text><text x="${WIDTH - MARGIN}" y="${creditY}" text-anchor="end">${film.year}</text></g>`;

  return html`<svg class="poster ${tone}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false"><rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>${art}${lines}${subtitle}${credit}</svg>`;
}
