import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, IMMEDIATE_FLUSHES, test, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL, refuseBeacons, withoutFetchLater } from '../support/visits.js';

const PRIVACY = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8');

/** Rows of the table of stored data, each with its place and name. */
const ROWS = (() => {
  const table = PRIVACY.split('## What is stored')[1]?.split('\n## ')[0] ?? '';
  let where = '';
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| where'))
    .map((line) => {
      const [place = '', name = ''] = line.split('|').slice(1);
      where = place.trim() || where;
      // Words in capitals stand for variable parts.
      const pattern = (text: string) =>
        text
          .replace(/[`…]/g, '')
          .trim()
          .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          .replace(/(?<=[:\s])[A-Z][A-Z-]+/g, '.+');
      return { row: name.trim(), is: new RegExp(`^${pattern(`${where} ${name.trim()}`)}`) };
    });
})();

/** Returns all entries that the site has stored, named as in the table. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const found = Object.keys(localStorage).map((key) => `localStorage ${key}`);
    for (const { name = '', version } of await indexedDB.databases()) {
      const keys = await new Promise<IDBValidKey[]>((resolve) => {
        const opening = indexedDB.open(name, version);
        // Opening must not create the deleted database again.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => resolve([]);
        opening.onsuccess = () => {
          const database = opening.result;
          const records = database.transaction('records').objectStore('records');
          records.getAllKeys().onsuccess = (event) => {
            database.close();
            resolve((event.target as IDBRequest<IDBValidKey[]>).result);
          };
        };
      });
      found.push(...keys.map((key) => `IndexedDB ${name} ${key}`));
    }
    return [...found, ...(document.cookie ? [`cookie ${document.cookie}`] : [])];
  });

test('the privacy table lists all stored data and nothing else', { tag: '@core' }, async ({ page, site }) => {
  await withoutFetchLater(page);
  site.add('/', site.tag({ 'data-session-cookie': '', ...LONG_FLUSH_INTERVAL }));
  site.add('/next', '');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await page.evaluate(() =>
    window.personalize.track('click', 'from a list', { recommendationId: 'RID', impression: ['a'] }),
  );
  // The response's records are written after flush() resolves, and leaving aborts a transaction.
  await expect.poll(async () => (await stored(page)).join()).toMatch(/ accepted:events(,|$)/);
  await refuseBeacons(page);
  // Recorded during unload, too late for IndexedDB.
  await page.evaluate(() =>
    window.addEventListener('pagehide', () => window.personalize.track('click', 'left')),
  );
  await page.goto(`${site.url}/next`);
  const all = new Set(await stored(page));
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.optOut());
  await expect.poll(async () => (await stored(page)).length).toBe(2);
  for (const key of await stored(page)) all.add(key);
  expect(ROWS.length).toBeGreaterThan(5);
  for (const key of all) {
    expect(
      ROWS.filter(({ is }) => is.test(key)),
      key,
    ).toHaveLength(1);
  }
  for (const { row, is } of ROWS) {
    expect(
      [...all].filter((key) => is.test(key)),
      row,
    ).not.toEqual([]);
  }
});
