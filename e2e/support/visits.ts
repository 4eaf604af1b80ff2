import type { BrowserContext, Page } from '@playwright/test';
import type { Service } from './fixtures.js';

/** Ends a tab's process without any event or further code of the page. */
export const crash = async (page: Page) => {
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  session.send('Page.crash').catch(() => {}); // The crashed page never answers.
  await crashed;
};

/** Longer than the lease timeout, after which another page adopts a page's events. */
export const PAST_LEASE_TIMEOUT_MS = 120_000;

/** Delays flushes after the immediate ones by an hour, so that events wait for flush() or unload. */
export const LONG_FLUSH_INTERVAL = { 'data-flush-interval': '3600000' };

declare global {
  interface Window {
    /** Milliseconds by which the visitor's clock is ahead. */
    shift: number;
  }
}

/** Makes the clock of pages opened from now on adjustable by `shift`. */
export const setClock = (where: Page | BrowserContext, ms = 0) =>
  where.addInitScript((shift) => {
    const now = Date.now;
    window.shift = shift;
    Date.now = () => now() + window.shift;
  }, ms);

/** Waits until the page was idle, as the tracker does: two seconds at most, since a page that paints nothing may never be. */
export const whenIdle = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 2000 })),
  );

/** Removes fetchLater(), as in browsers without it. */
export const withoutFetchLater = (where: Page | BrowserContext) =>
  where.addInitScript(() => Reflect.deleteProperty(window, 'fetchLater'));

/** Makes sendBeacon() refuse everything. */
export const refuseBeacons = (page: Page) =>
  page.evaluate(() => {
    navigator.sendBeacon = () => false;
  });

export const record = (page: Page, ...items: string[]) =>
  page.evaluate((all) => {
    for (const item of all) window.personalize.track('click', item);
  }, items);

export const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

/** Returns the items of all events received, including duplicates. `counted` excludes duplicates. */
export const arrived = (aws: Service) => aws.acknowledged.map((a) => a.event.itemId as string).sort();
export const counted = (aws: Service) =>
  aws
    .counted()
    .map((event) => event.itemId as string)
    .sort();

/** Returns names for `count` items in alphabetical order. */
export const items = (count: number, name = 'item') =>
  Array.from({ length: count }, (_, n) => `${name}-${String(n).padStart(3, '0')}`);

/** Returns how many events the site's storage holds. Does not create the database if it is missing. */
export const stored = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open('personalize-beacon:demo-tracker');
        open.onupgradeneeded = () => open.transaction?.abort();
        open.onerror = () => resolve(0);
        open.onsuccess = () => {
          const records = open.result.transaction('records').objectStore('records');
          const count = records.count(IDBKeyRange.bound('event:', 'event:\uffff'));
          count.onsuccess = () => resolve(count.result);
          open.result.close();
        };
      }),
  );
