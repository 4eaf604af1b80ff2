import type { Page } from '@playwright/test';
import type { Site } from './fixtures.js';

type Recorded = Record<string, unknown>;

declare global {
  interface Window {
    recorded: Recorded[];
  }
}

/** Lists what the page's tracker records from now on. */
export const listenIn = (page: Page) =>
  page.evaluate(() => {
    window.recorded = [];
    window.personalize.on('queued', (event: Recorded) => window.recorded.push(event));
  });

/** What was recorded since, in these fields. */
export const recorded = (page: Page, ...fields: string[]) =>
  page.evaluate(
    (names) =>
      window.recorded.map((event) =>
        names[1] ? names.map((name) => event[name]) : event[names[0] as string],
      ),
    fields,
  );

/** Lets the browser look at what is where: its observers are told in the order in which they were made. */
export const look = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const observer = new IntersectionObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(document.documentElement);
      }),
  );

/** So many boxes below each other. */
export const tiles = (names: string[], more = '') =>
  names
    .map((name) => `<div data-personalize-item="${name}" ${more} style="height: 200px">${name}</div>`)
    .join('');

/** Opens a page whose time stands still, but for what a test lets pass. */
export const openStill = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `<style>body { margin: 0 }</style>${body}${site.tag(options)}`);
  await page.clock.install({ time: '2026-01-01T00:00:00' });
  await page.clock.pauseAt('2026-01-01T00:01:00');
  await page.goto(site.url);
  await listenIn(page);
  await page.evaluate(() => window.personalize.ready);
  await look(page);
};
