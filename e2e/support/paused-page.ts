import type { Page } from '@playwright/test';
import type { Site } from './fixtures.js';

type Recorded = Record<string, unknown>;

declare global {
  interface Window {
    recorded: Recorded[];
    /** `requestIdleCallback` before the clock replaces it. */
    nativeIdleCallback: typeof requestIdleCallback;
  }
}

/** Collects the events that the page's tracker records from now on. Waits for its start: until then events wait, too. */
export const collectRecorded = (page: Page) =>
  page.evaluate(async () => {
    window.recorded = [];
    window.personalize.on('queued', (event: Recorded) => window.recorded.push(event));
    await window.personalize.ready;
  });

/** Returns these fields of the events recorded since. With one field, returns its values. */
export const recorded = (page: Page, ...fields: string[]) =>
  page.evaluate(
    (names) =>
      window.recorded.map((event) =>
        names[1] ? names.map((name) => event[name]) : event[names[0] as string],
      ),
    fields,
  );

/** Waits for the page's intersection observers, which run in the order of their creation. */
export const waitForObservers = (page: Page) =>
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

/** Returns HTML of one box of 200 px per item. */
export const tiles = (names: string[], more = '') =>
  names
    .map((name) => `<div data-personalize-item="${name}" ${more} style="height: 200px">${name}</div>`)
    .join('');

/** Opens a page whose clock advances only when a test runs it. The page is idle by the browser's own measure. */
export const openPaused = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `<style>body { margin: 0 }</style>${body}${site.tag(options)}`);
  await page.addInitScript(() => {
    window.nativeIdleCallback = window.requestIdleCallback;
  });
  await page.clock.install({ time: '2026-01-01T00:00:00' });
  await page.clock.pauseAt('2026-01-01T00:01:00');
  await page.addInitScript(() => {
    window.requestIdleCallback = window.nativeIdleCallback;
  });
  await page.goto(site.url);
  await collectRecorded(page);
  await waitForObservers(page);
};
