import type { BrowserContext, Page } from '@playwright/test';
import type { Service } from './fixtures.js';

/** Ends a tab's process: no event fires, none of the page's code runs again. */
export const crash = async (page: Page) => {
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  session.send('Page.crash').catch(() => {}); // Nobody is left to answer.
  await crashed;
};

/** Longer than a page may be silent before another takes its events for left behind. */
export const ABANDONED_MS = 120_000;

/** What these pages record after their prompt sends, a warm-up's, goes when it is told to, and not before. */
export const PATIENT = { 'data-flush-interval': '3600000' };

declare global {
  interface Window {
    /** Milliseconds that the visitor's clock is set forward by. */
    shift: number;
  }
}

/** Lets the clocks of pages that are opened from now on be set, by `shift`. */
export const setClock = (where: Page | BrowserContext, ms = 0) =>
  where.addInitScript((shift) => {
    const now = Date.now;
    window.shift = shift;
    Date.now = () => now() + window.shift;
  }, ms);

/** As in a browser that has none. */
export const withoutFetchLater = (where: Page | BrowserContext) =>
  where.addInitScript(() => Reflect.deleteProperty(window, 'fetchLater'));

/** No beacon finds room. */
export const refuseBeacons = (page: Page) =>
  page.evaluate(() => {
    navigator.sendBeacon = () => false;
  });

export const record = (page: Page, ...items: string[]) =>
  page.evaluate((all) => {
    for (const item of all) window.personalize.track('click', item);
  }, items);

export const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

/** The items of all events that arrived, repeats among them; of those the service counts, without. */
export const arrived = (aws: Service) => aws.accepted.map((a) => a.event.itemId as string).sort();
export const counted = (aws: Service) =>
  aws
    .counted()
    .map((event) => event.itemId as string)
    .sort();

/** Names for `count` items, in alphabetical order. */
export const items = (count: number, name = 'item') =>
  Array.from({ length: count }, (_, n) => `${name}-${String(n).padStart(3, '0')}`);

/** How many events the site's storage holds. */
export const stored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        indexedDB.open('personalize-beacon:demo-tracker').onsuccess = ({ target }) => {
          const database = (target as IDBOpenDBRequest).result;
          const records = database.transaction('records').objectStore('records');
          records.count(IDBKeyRange.bound('event:', 'event:\uffff')).onsuccess = (event) => {
            database.close();
            resolve((event.target as IDBRequest<number>).result);
          };
        };
      }),
  );
