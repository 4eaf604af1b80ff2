// @ts-check
// The shapes of the motifs, in a field of 200 × 190. Their classes are the colors of the poster's tone (posters.css):
// a, b and c; shade, close to the ground; and the ground itself.

import { html } from '../public/html.js';

/** @typedef {import('../public/html.js').Markup} Markup */
/** @typedef {(random: () => number) => Markup | Markup[]} Motif */

/** @param {number} n */
export const round = (n) => Math.round(n * 10) / 10;

/** @param {number} count @param {(i: number) => Markup} draw */
export const times = (count, draw) => Array.from({ length: count }, (_, i) => draw(i));

/** @param {string} tone @param {number} x @param {number} y @param {number} r */
export const circle = (tone, x, y, r) =>
  html`<circle class="${tone}" cx="${round(x)}" cy="${round(y)}" r="${round(r)}"/>`;

/** @param {string} tone @param {number} x @param {number} y @param {number} w @param {number} h */
export const rect = (tone, x, y, w, h) =>
  html`<rect class="${tone}" x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"/>`;

/** @param {string} tone @param {[number, number][]} points */
export const polygon = (tone, points) =>
  html`<polygon class="${tone}" points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}"/>`;

/** @param {string} tone @param {string} d @param {number} [width] draws a line that wide instead of a surface */
export const path = (tone, d, width) =>
  width
    ? html`<path class="${tone} line" d="${d}" stroke-width="${width}"/>`
    : html`<path class="${tone}" d="${d}"/>`;
