// @ts-check
// Patterns that fill the whole field.

import { html } from '../public/html.js';
import { circle, path, polygon, rect, round, times } from './shapes.js';

/** @typedef {import('./shapes.js').Motif} Motif */

/** @type {Motif} */
export const arcs = (random) => {
  const x = random() < 0.5 ? 0 : 200;
  return times(7, (i) =>
    circle(/** @type {const} */ (['a', 'ground', 'b', 'ground'])[i % 4] ?? 'a', x, 190, 186 - i * 26),
  );
};

/** @type {Motif} */
export const burst = (random) => {
  const x = 40 + random() * 120;
  const y = 100 + random() * 70;
  const rays = 11 + Math.floor(random() * 5);
  return [
    ...times(rays, (i) => {
      const angle = (i / rays) * Math.PI * 2;
      const half = Math.PI / rays / 2;
      return polygon(i % 2 ? 'b' : 'a', [
        [x, y],
        [x + 300 * Math.cos(angle - half), y + 300 * Math.sin(angle - half)],
        [x + 300 * Math.cos(angle + half), y + 300 * Math.sin(angle + half)],
      ]);
    }),
    circle('c', x, y, 17),
    circle('ground', x, y, 9),
  ];
};

/** @type {Motif} */
export const chevrons = (random) => {
  const lean = 40 + random() * 40;
  return times(6, (i) => {
    const y = 12 + i * 36;
    return polygon(/** @type {const} */ (['a', 'b', 'shade'])[i % 3] ?? 'a', [
      [0, y + lean],
      [100, y],
      [200, y + lean],
      [200, y + lean + 19],
      [100, y + 19],
      [0, y + lean + 19],
    ]);
  });
};

/** @type {Motif} */
export const slashes = (random) => {
  let x = -90;
  const shapes = [];
  while (x < 210) {
    const w = 6 + random() * 26;
    shapes.push(
      polygon(random() < 0.5 ? 'a' : random() < 0.5 ? 'b' : 'shade', [
        [x, 190],
        [x + w, 190],
        [x + w + 84, 0],
        [x + 84, 0],
      ]),
    );
    x += w + 7 + random() * 16;
  }
  const r = 30 + random() * 14;
  return [
    ...shapes,
    circle('c', 112, 92, r),
    circle('ground', 112, 92, r - 7),
    circle('a', 112, 92, r * 0.4),
  ];
};

/** @type {Motif} */
export const spiral = (random) => {
  const turn = 9 + random() * 14;
  return times(11, (i) => {
    const tone = i === 10 ? 'b' : i % 2 ? 'ground' : 'a';
    return html`<ellipse class="${tone}" cx="100" cy="96" rx="${round(124 - i * 11.6)}" ry="${round(88 - i * 8.2)}" transform="rotate(${round(i * turn)} 100 96)"/>`;
  });
};

/** @type {Motif} */
export const tiles = (random) => {
  const size = 50;
  return times(16, (i) => {
    const x = (i % 4) * size;
    const y = Math.floor(i / 4) * size - 5;
    const tone = /** @type {const} */ (['a', 'b', 'c', 'shade'])[Math.floor(random() * 4)] ?? 'a';
    switch (Math.floor(random() * 5)) {
      case 0:
        return circle(tone, x + 25, y + 25, 21);
      case 1:
        return path(tone, `M ${x} ${y} a 50 50 0 0 0 50 50 v -50 z`);
      case 2:
        return path(tone, `M ${x} ${y + 50} a 25 25 0 0 1 50 0 z`);
      case 3:
        return polygon(tone, [
          [x, y],
          [x + 50, y + 50],
          [x, y + 50],
        ]);
      default:
        return rect(tone, x + 8, y + 8, 34, 34);
    }
  });
};

/** @type {Motif} */
export const scallops = (random) => {
  const odd = Math.floor(random() * 5);
  return Array.from({ length: 6 }, (_, row) =>
    times(5, (i) => {
      const x = i * 50 + (row % 2 ? 0 : -25) + 12;
      const tone =
        i === odd && row === 3 ? 'c' : (row + i) % 3 === 0 ? 'b' : (row + i) % 3 === 1 ? 'a' : 'shade';
      return circle(tone, x, 200 - row * 32, 27);
    }),
  )
    .reverse()
    .flat();
};

/** @type {Motif} */
export const checks = (random) => {
  const odd = Math.floor(random() * 20);
  const shapes = [];
  for (let row = 0, y = 0; y < 190; row++) {
    const h = 14 + row * 5.4;
    for (let i = 0; i < 8; i++) {
      if ((i + row) % 2) shapes.push(rect(shapes.length === odd ? 'b' : 'a', i * 25, y, 25, h));
    }
    y += h;
  }
  return shapes;
};

/** @type {Motif} */
export const equaliser = (random) =>
  Array.from({ length: 8 }, (_, i) => {
    const height = 2 + Math.floor(random() * 9);
    return times(height, (j) =>
      rect(j === height - 1 ? 'b' : j > 5 ? 'c' : 'a', 10 + i * 23, 174 - j * 17, 18, 12),
    );
  }).flat();

/** @type {Motif} */
export const record = (random) => {
  const x = 60 + random() * 80;
  return [
    circle('a', x, 98, 88),
    ...times(
      4,
      (i) =>
        html`<circle class="ground line" stroke-width="1.6" cx="${round(x)}" cy="98" r="${78 - i * 11}"/>`,
    ),
    circle('b', x, 98, 31),
    circle('ground', x, 98, 5),
  ];
};

/** @type {Motif} */
export const keys = (random) => {
  const held = Math.floor(random() * 7);
  return [
    ...times(7, (i) => rect(i === held ? 'b' : 'c', 8 + i * 26.6, 16, 24, 168)),
    ...[0, 1, 3, 4, 5].map((i) => rect('a', 25 + i * 26.6, 16, 16, 102)),
  ];
};
