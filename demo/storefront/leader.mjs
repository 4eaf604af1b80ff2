// @ts-check
// Draws the trailer of every film, a film leader's countdown, and its poster:
//   node demo/storefront/leader.mjs (needs ffmpeg)

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findBrowser } from '../../e2e/support/browser.js';

const FRAMES_A_SECOND = 24;
const WIDTH = 640;
const HEIGHT = 360;

// The shop's colors and fonts (shop.css).
const WALL = '#101815';
const SEAT = '#1a2520';
const SWEPT = '#2b3b33';
const SCREEN = '#f2ecdd';
const LAMP = '#f4b740';
const DISPLAY = `'Avenir Next Condensed', 'Roboto Condensed', 'Arial Narrow', 'Liberation Sans Narrow', sans-serif`;

const [X, Y] = [WIDTH / 2, HEIGHT / 2];

/** @param {string} text @param {number} y @param {number} size @param {string} fill */
const line = (text, y, size, fill) =>
  `<text x="${X}" y="${y}" font-family="${DISPLAY}" font-weight="800" font-size="${size}" fill="${fill}" text-anchor="middle">${text}</text>`;

/** Draws the sector that the hand has swept, clockwise from the top. @param {number} turn 0–1 */
const sector = (turn) => {
  const [far, angle] = [WIDTH, turn * 2 * Math.PI];
  const [x, y] = [X + far * Math.sin(angle), Y - far * Math.cos(angle)].map((n) => n.toFixed(1));
  const hand = `<path d="M${X} ${Y}L${x} ${y}" stroke="${SCREEN}" stroke-width="3"/>`;
  return `<path d="M${X} ${Y}V${Y - far}A${far} ${far} 0 ${turn > 0.5 ? 1 : 0} 1 ${x} ${y}Z" fill="${SWEPT}"/>${hand}`;
};

/** @param {number} digit @param {number} turn */
const count = (digit, turn) => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${SEAT}"/>
${sector(turn)}
<g fill="none" stroke="${SCREEN}" stroke-width="3"><path d="M0 ${Y}H${WIDTH}M${X} 0V${HEIGHT}" stroke-width="1.5" opacity=".55"/><circle cx="${X}" cy="${Y}" r="146"/><circle cx="${X}" cy="${Y}" r="128"/></g>
${line(String(digit), Y + 66, 190, LAMP)}`;

/** @param {string[]} parts */
const card = (...parts) => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${WALL}"/>${parts.join('')}`;

const opening = card(
  line('BACK', Y - 6, 84, LAMP),
  line('ROW', Y + 70, 84, SCREEN),
  `<path d="M${X - 150} ${Y + 104}h300" stroke="${SCREEN}" stroke-width="2" opacity=".5"/>`,
);
const closing = card(
  line('THE LIGHTS GO DOWN', Y - 2, 56, SCREEN),
  line('BACK ROW · FILMS TO KEEP', Y + 48, 28, LAMP),
);

/** The pictures, each with the second at which it starts. @type {[from: number, at: (seconds: number) => string][]} */
const REEL = [
  [0, () => opening],
  [2, (seconds) => count(8 - Math.floor(seconds), seconds % 1)],
  [9, () => card()],
  [10, () => closing],
];
const SECONDS = 14;

/** @param {number} frame */
const draw = (frame) => {
  const seconds = frame / FRAMES_A_SECOND;
  const [from, at] = /** @type {typeof REEL[0]} */ (REEL.findLast(([start]) => start <= seconds));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><title>Countdown of a film leader</title>${at(seconds - from)}</svg>`;
};

/** @param {string} name */
const toFile = (name) => fileURLToPath(new URL(`./public/${name}`, import.meta.url));

// A third of the way from 5 to 4.
writeFileSync(toFile('leader.svg'), draw((2 + 3 + 1 / 3) * FRAMES_A_SECOND));

const ffmpeg = spawn(
  'ffmpeg',
  [
    ...['-y', '-loglevel', 'error', '-f', 'image2pipe', '-framerate', `${FRAMES_A_SECOND}`, '-i', '-'],
    ...['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p', '-b:v', '0', '-crf', '48', '-g', '48', '-row-mt', '1'],
    // The index comes first, so that a browser can seek without fetching the end.
    ...['-deadline', 'good', '-cpu-used', '1', '-cues_to_front', '1', toFile('leader.webm')],
  ],
  { stdio: ['pipe', 'inherit', 'inherit'] },
);
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
await page.setContent('<style>body { margin: 0 } svg { display: block }</style>');
for (let frame = 0; frame < SECONDS * FRAMES_A_SECOND; frame++) {
  await page.evaluate((svg) => (document.body.innerHTML = svg), draw(frame));
  if (!ffmpeg.stdin.write(await page.screenshot())) await once(ffmpeg.stdin, 'drain');
}
ffmpeg.stdin.end();
await once(ffmpeg, 'close');
await browser.close();
