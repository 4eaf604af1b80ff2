// @ts-check
// Motifs with one object in the middle.

import { html } from '../public/html.js';
import { circle, path, polygon, rect, round, times } from './shapes.js';

/** @typedef {import('./shapes.js').Motif} Motif */

/** @type {Motif} */
export const blinds = (random) => {
  const y = 80 + random() * 24;
  return [
    circle('a', 100, y, 56),
    circle('b', 100, y, 25),
    circle('ground', 100, y, 12),
    ...times(12, (i) => rect('c', 0, 4 + i * 16, 200, 3.2 + ((i * 7) % 5))),
  ];
};

/** @type {Motif} */
export const keyhole = (random) => {
  const x = 80 + random() * 40;
  return [
    rect('a', 26, 12, 148, 190),
    circle('ground', x, 76, 31),
    polygon('ground', [
      [x - 14, 96],
      [x + 14, 96],
      [x + 31, 168],
      [x - 31, 168],
    ]),
    html`<ellipse class="b" cx="${round(x)}" cy="76" rx="19" ry="11"/>`,
    circle('c', x, 76, 6),
  ];
};

/** @type {Motif} */
export const grin = (random) => {
  const tilt = round((random() - 0.5) * 24);
  return html`<g transform="rotate(${tilt} 100 96)">${[
    circle('a', 100, 96, 76),
    circle('c', 74, 76, 9),
    random() < 0.4 ? path('c', 'M 116 77 h 22', 6) : circle('c', 128, 76, 9),
    path('b', 'M 56 104 a 46 46 0 0 0 88 0 z'),
  ]}</g>`;
};

/** @type {Motif} */
export const teeth = (random) => {
  const count = 6 + Math.floor(random() * 3);
  const w = 200 / count;
  return [
    circle('a', 100, 95, 40 + random() * 14),
    ...times(count, (i) =>
      polygon('c', [
        [i * w, 0],
        [(i + 1) * w, 0],
        [(i + 0.5) * w, 44 + random() * 32],
      ]),
    ),
    ...times(count + 1, (i) =>
      polygon('b', [
        [(i - 0.5) * w, 190],
        [(i + 0.5) * w, 190],
        [i * w, 144 - random() * 30],
      ]),
    ),
  ];
};

/** @type {Motif} */
export const drips = (random) => {
  const shapes = times(10, (i) => {
    const y = 34 + random() * 110;
    return html`<rect class="a" x="${i * 20}" y="-20" width="20.5" height="${round(y + 20)}" rx="10"/>`;
  });
  return [rect('a', 0, -10, 200, 34), ...shapes, circle('b', 60 + random() * 90, 162, 9)];
};

/** @type {Motif} */
export const eyes = (random) =>
  times(9, (i) => {
    const x = 18 + (i % 3) * 66 + random() * 18;
    const y = 26 + Math.floor(i / 3) * 58 + random() * 22;
    const r = 6 + random() * 7;
    const tone = i === 4 ? 'b' : 'a';
    return html`${circle(tone, x, y, r)}${circle(tone, x + r * 2.5, y, r)}${circle('ground', x + 1, y, r * 0.4)}${circle('ground', x + 1 + r * 2.5, y, r * 0.4)}`;
  });

/** @type {Motif} */
export const candles = (random) =>
  times(5, (i) => {
    const x = 24 + i * 38;
    const y = 66 + random() * 60;
    return html`${rect(i % 2 ? 'b' : 'c', x - 8, y, 16, 200)}${path('a', `M ${x} ${round(y - 38)} q 14 22 0 32 q -14 -10 0 -32 z`)}`;
  });

/** @type {Motif} */
export const overlap = (random) => {
  const gap = 30 + random() * 12;
  const r = 56;
  const rise = Math.sqrt(r * r - gap * gap);
  return [
    circle('a', 100 - gap, 95, r),
    circle('b', 100 + gap, 95, r),
    path(
      'c',
      `M 100 ${round(95 - rise)} A ${r} ${r} 0 0 1 100 ${round(95 + rise)} A ${r} ${r} 0 0 1 100 ${round(95 - rise)} Z`,
    ),
  ];
};

/** @type {Motif} */
export const petals = (random) => {
  const count = 6 + Math.floor(random() * 4);
  return [
    ...times(
      count,
      (i) =>
        html`<ellipse class="${i % 2 ? 'b' : 'a'}" cx="100" cy="50" rx="${round(130 / count)}" ry="46" transform="rotate(${round((i * 360) / count)} 100 95)"/>`,
    ),
    circle('c', 100, 95, 15),
  ];
};

/** @type {Motif} */
export const halves = (random) => {
  const r = 62 + random() * 14;
  return [
    rect('a', 100, 0, 100, 190),
    path('b', `M 100 ${round(95 - r)} A ${round(r)} ${round(r)} 0 0 0 100 ${round(95 + r)} Z`),
    path('ground', `M 100 ${round(95 - r)} A ${round(r)} ${round(r)} 0 0 1 100 ${round(95 + r)} Z`),
    circle('ground', 74, 84, 7),
    circle('b', 126, 84, 7),
  ];
};

/** @type {Motif} */
export const wheel = (random) => {
  const spokes = 10;
  const turn = random() * 36;
  return [
    circle('a', 100, 95, 84),
    circle('ground', 100, 95, 68),
    html`<g transform="rotate(${round(turn)} 100 95)">${times(
      spokes,
      (i) =>
        html`<rect class="b" x="97" y="24" width="6" height="71" transform="rotate(${(i * 360) / spokes} 100 95)"/>`,
    )}</g>`,
    circle('a', 100, 95, 20),
    circle('c', 100, 95, 8),
  ];
};

/** @type {Motif} */
export const star = (random) => {
  const tilt = random() * 0.5;
  /** @param {number} outer @returns {[number, number][]} */
  const points = (outer) =>
    Array.from({ length: 10 }, (_, i) => {
      const r = i % 2 ? outer * 0.44 : outer;
      const angle = tilt + (i / 10) * Math.PI * 2 - Math.PI / 2;
      return [100 + r * Math.cos(angle), 96 + r * Math.sin(angle)];
    });
  return [polygon('a', points(92)), polygon('b', points(60)), circle('c', 100, 96, 14)];
};
