// @ts-check
// Motifs of places: a landscape, a street, a room.

import { html } from '../public/html.js';
import { circle, path, polygon, rect, round, times } from './shapes.js';

/** @typedef {import('./shapes.js').Motif} Motif */

/** @type {Motif} */
export const horizon = (random) => {
  const x = 50 + random() * 100;
  const r = 48 + random() * 20;
  return [
    circle('a', x, 96, r),
    ...times(6, (i) => rect('ground', 0, 100 + i * 13, 200, 2.5 + i * 1.6)),
    rect('b', 0, 182, 200, 8),
    circle('c', x > 100 ? x - r - 10 : x + r + 10, 34, 5),
  ];
};

/** @type {Motif} */
export const windows = (random) => {
  const columns = 4 + Math.floor(random() * 2);
  const w = 184 / columns;
  return times(columns * 5, (i) => {
    const tone = random() < 0.22 ? 'a' : random() < 0.16 ? 'b' : 'shade';
    return rect(tone, 8 + (i % columns) * w + 3, 10 + Math.floor(i / columns) * 36, w - 6, 29);
  });
};

/** @type {Motif} */
export const rooms = (random) => {
  const x = 60 + random() * 80;
  return [
    polygon('shade', [
      [x - 34, 30],
      [x + 34, 30],
      [200, 190],
      [0, 190],
    ]),
    polygon('a', [
      [x - 34, 30],
      [x + 34, 30],
      [x + 34, 120],
      [x - 34, 120],
    ]),
    polygon('b', [
      [x - 34, 120],
      [x + 34, 120],
      [x + 78, 190],
      [x - 62, 190],
    ]),
    circle('c', x + 12, 96, 7),
    polygon('c', [
      [x + 5, 104],
      [x + 19, 104],
      [x + 22, 146],
      [x + 2, 146],
    ]),
  ];
};

/** @type {Motif} */
export const stairs = (random) => {
  const steps = 7;
  const up = random() < 0.5;
  return [
    circle('a', up ? 46 : 154, 46, 24),
    ...times(steps, (i) => {
      const nth = up ? steps - 1 - i : i;
      return polygon(i % 2 ? 'b' : 'shade', [
        [(nth * 200) / steps, 190],
        [(nth * 200) / steps, 190 - (steps - i) * 21],
        [((nth + 1) * 200) / steps, 190 - (steps - i) * 21],
        [((nth + 1) * 200) / steps, 190],
      ]);
    }),
    circle('c', up ? 158 : 42, 22, 7),
    polygon(
      'c',
      up
        ? [
            [151, 30],
            [165, 30],
            [168, 43],
            [148, 43],
          ]
        : [
            [35, 30],
            [49, 30],
            [52, 43],
            [32, 43],
          ],
    ),
  ];
};

/** @type {Motif} */
export const skyline = (random) => [
  circle('a', 40 + random() * 120, 70, 40),
  ...times(8, (i) => rect(i % 3 === 1 ? 'b' : 'shade', i * 26 - 6, 60 + random() * 90, 28, 140)),
  ...times(6, (i) => rect('c', i * 36 - 8, 116 + random() * 50, 30, 90)),
  ...times(14, () => rect('a', 8 + random() * 180, 150 + random() * 34, 4, 6)),
];

/** @type {Motif} */
export const peaks = (random) => {
  /** @param {string} tone @param {number} base @param {number} height */
  const ridge = (tone, base, height) => {
    /** @type {[number, number][]} */
    const points = [[-10, 190]];
    for (let x = -10; x <= 210; x += 32 + random() * 12) {
      points.push([x, base - (points.length % 2 ? height * (0.5 + random() * 0.5) : random() * 10)]);
    }
    return polygon(tone, [...points, [220, base - 10], [220, 190]]);
  };
  return [
    circle('a', 40 + random() * 120, 52 + random() * 16, 28 + random() * 10),
    ridge('shade', 122, 70),
    ridge('b', 152, 64),
    ridge('c', 186, 46),
  ];
};

/** @type {Motif} */
export const waves = (random) => {
  const shift = random() * 40;
  return [
    circle('a', 46 + random() * 108, 60, 34 + random() * 10),
    ...times(5, (i) => {
      const y = 84 + i * 24;
      const start = -60 + ((shift + i * 23) % 50);
      const swell = Array.from({ length: 6 }, () => 'q 12.5 -17 25 0 t 25 0').join(' ');
      return path(
        /** @type {const} */ (['shade', 'b', 'c', 'a', 'b'])[i] ?? 'b',
        `M ${round(start)} ${y} ${swell} V 200 H -60 Z`,
      );
    }),
  ];
};

/** @type {Motif} */
export const sails = (random) => {
  const x = 70 + random() * 50;
  return [
    circle('shade', x + 10, 90, 80),
    polygon('a', [
      [x, 14],
      [x, 132],
      [x + 66, 132],
    ]),
    polygon('c', [
      [x - 6, 34],
      [x - 6, 132],
      [x - 48, 132],
    ]),
    polygon('b', [
      [x - 62, 142],
      [x + 76, 142],
      [x + 52, 168],
      [x - 40, 168],
    ]),
    rect('shade', 0, 166, 200, 30),
  ];
};

/** @type {Motif} */
export const route = (random) => {
  const x = 60 + random() * 80;
  return [
    ...times(
      4,
      (i) =>
        html`<ellipse class="${i % 2 ? 'ground' : 'shade'}" cx="${round(x)}" cy="92" rx="${100 - i * 24}" ry="${84 - i * 20}"/>`,
    ),
    html`<path class="b line" stroke-width="5" stroke-dasharray="11 9" d="M -6 170 C 50 190 36 96 ${round(x - 14)} 118 S ${round(x + 44)} 70 ${round(x + 4)} 66"/>`,
    path('a', `M ${round(x - 11)} 51 l 30 30 m 0 -30 l -30 30`, 9),
    circle('c', 168, 30, 13),
    polygon('ground', [
      [168, 20],
      [172, 30],
      [168, 40],
      [164, 30],
    ]),
  ];
};

/** @type {Motif} */
export const forest = (random) => [
  circle('a', 50 + random() * 100, 66, 40 + random() * 8),
  ...times(9, (i) => {
    const x = i * 24 + random() * 12;
    const w = 3 + random() * 6;
    return polygon(i % 3 ? 'c' : 'b', [
      [x - w, 190],
      [x + w, 190],
      [x + 1, 10 + random() * 80],
      [x - 1, 10 + random() * 80],
    ]);
  }),
  rect('shade', 0, 172, 200, 30),
];

/** @type {Motif} */
export const mesa = (random) => {
  const x = 20 + random() * 50;
  return [
    circle('a', 100 + random() * 40, 92, 62),
    ...times(4, (i) => rect('ground', 0, 60 + i * 15, 200, 1.5 + i * 1.4)),
    polygon('c', [
      [x, 164],
      [x + 13, 96],
      [x + 54, 96],
      [x + 60, 112],
      [x + 74, 112],
      [x + 88, 164],
    ]),
    polygon('b', [
      [0, 160],
      [200, 150],
      [200, 190],
      [0, 190],
    ]),
    path('c', 'M 168 178 v -46 m 0 26 h -14 v -16 m 14 24 h 13 v -14', 8),
  ];
};
