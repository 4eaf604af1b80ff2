// @ts-check
// `npm run pictures`: makes the pictures in docs/ of the demo storefront, with marked elements outlined, and of the local
// AWS's page.

import { mkdir, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { startDemo } from '../../demo/start.js';
import { findBrowser } from '../support/browser.js';
import { takeLocalPictures } from './local-pictures.js';

/** @typedef {import('playwright').Page} Page */

const FOLDER = new URL('../../docs/pictures/', import.meta.url);
const DESKTOP = { width: 1100, height: 900 };
const PHONE = { width: 390, height: 844 };
const FILM = '/film/film-the-godfather-1972';
const TRAILER_SECONDS = 5;
/** Pixels above and below the element. */
const MARGIN = 12;

/** @param {Page} page */
const openTrailer = async (page) => {
  await page.getByText('Watch the trailer').click();
  await page.waitForFunction(
    (seconds) => (document.querySelector('video')?.currentTime ?? 0) > seconds,
    TRAILER_SECONDS,
  );
  await page.evaluate(() => document.querySelector('video')?.pause());
};

/**
 * `of` selects the element in the picture, `marks` the elements that are outlined.
 * @type {{ name: string, path: string, of: string, marks: string, viewport: { width: number, height: number },
 *   prepare?: (page: Page) => Promise<void> }[]}
 */
const PICTURES = [
  {
    name: 'shelf-desktop',
    path: '/',
    of: '.shelf >> nth=0',
    marks: '[data-personalize-list], [data-personalize-item]',
    viewport: DESKTOP,
  },
  {
    name: 'shelf-phone',
    path: '/',
    of: '.shelf >> nth=0',
    marks: '[data-personalize-list], [data-personalize-item]',
    viewport: PHONE,
  },
  {
    name: 'film-desktop',
    path: FILM,
    of: 'main .film',
    marks: 'main, .film [data-personalize-on]',
    viewport: DESKTOP,
  },
  {
    name: 'media-phone',
    path: FILM,
    of: '[data-screen]',
    marks: '[data-personalize-media]',
    viewport: PHONE,
    prepare: openTrailer,
  },
  {
    name: 'action-phone',
    path: '/',
    of: '.club',
    marks: '[data-personalize-action], .club [data-personalize-event]',
    viewport: PHONE,
  },
];

/** Outlines the elements that match, each with its attributes without their prefix. @param {string} selector */
const outline = (selector) => {
  for (const element of document.querySelectorAll(selector)) {
    const box = element.getBoundingClientRect();
    const isTile = element.matches('a[data-personalize-item]');
    const color = isTile ? '#f4b740' : '#6fd3ff';
    const gap = isTile ? 0 : 8;
    const left = Math.max(2, box.left - gap);
    const frame = document.createElement('div');
    frame.style.cssText = `position: absolute; z-index: 9; pointer-events: none; box-sizing: border-box;
      left: ${left}px; top: ${box.top + scrollY - gap}px; height: ${box.height + 2 * gap}px;
      width: ${Math.min(innerWidth - 2, box.right + gap) - left}px; border: 2px solid ${color}; border-radius: 4px`;
    const label = document.createElement('span');
    label.textContent = element
      .getAttributeNames()
      .filter((name) => name.startsWith('data-personalize-') && !name.includes('property'))
      .map((name) => {
        const value = element.getAttribute(name);
        return name.slice('data-personalize-'.length) + (value && value.length < 14 ? `=${value}` : '');
      })
      .join('  ');
    label.style.cssText = `position: absolute; ${isTile ? 'right' : 'left'}: -2px; top: -2px; padding: 1px 5px;
      white-space: pre; background: ${color}; color: #101815; font: 600 11px/1.3 monospace`;
    frame.append(label);
    document.body.append(frame);
  }
};

/** Converts a screenshot to WebP on a canvas: screenshots are PNG or JPEG. @param {Page} page @param {Buffer} png */
const toWebp = async (page, png) =>
  Buffer.from(
    await page.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.82).split(',')[1] ?? '';
    }, png.toString('base64')),
    'base64',
  );

const demo = await startDemo({ port: 0, awsPort: 0 });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
await mkdir(FOLDER, { recursive: true });
const converter = await browser.newPage();

/** @param {string} name @param {Buffer} png */
const save = async (name, png) => {
  const webp = await toWebp(converter, png);
  await writeFile(new URL(`${name}.webp`, FOLDER), webp);
  console.log(`${name}.webp: ${webp.length} bytes`);
};

for (const { name, path, of, marks, viewport, prepare } of PICTURES) {
  const page = await browser.newPage({
    viewport,
    bypassCSP: true,
    deviceScaleFactor: viewport === PHONE ? 1.5 : 1,
  });
  await page.goto(demo.url + path);
  await page.addStyleTag({ content: '.receipt { display: none !important } .shop { margin: 0 !important }' });
  await prepare?.(page);
  const box = await page.locator(of).boundingBox();
  if (!box) throw new Error(`${name}: there is no ${of}`);
  await page.evaluate(outline, marks);
  const png = await page.screenshot({
    fullPage: true,
    clip: {
      x: 0,
      y: Math.max(0, box.y - MARGIN),
      width: viewport.width,
      height: box.height + 2 * MARGIN,
    },
  });
  await save(name, png);
  await page.close();
}
await takeLocalPictures(browser, save);
await browser.close();
await demo.close();
