// A visit to a shop that has GA4 tagging and no markup, over navigation, reload and the back/forward cache.
import type { LaunchOptions, Page } from '@playwright/test';
import { pathOf } from '../../demo/script.js';
import { test as base, expect, type Service, type Site } from '../support/fixtures.js';

// Playwright disables the back/forward cache by default.
const test = base.extend<object, { launchOptions: LaunchOptions }>({
  launchOptions: [
    ({ launchOptions }, use) =>
      use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
});

const GTAG = `<script>
  window.dataLayer = window.dataLayer || [];
  function gtag(){dataLayer.push(arguments);}
  gtag('js', new Date());
  gtag('config', 'G-12345');
</script>`;
const push = (event: string, ecommerce: object) =>
  `dataLayer.push({ ecommerce: null }); dataLayer.push(${JSON.stringify({ event, ecommerce })});`;

const LIST = { item_list_id: 'for_you', item_list_name: 'For you' };
const FILMS = ['movie-12', 'movie-7'].map((item_id, index) => ({ item_id, price: 9.99, index, quantity: 1 }));
const [FILM] = FILMS;

/** The pages of the shop: their tagging, and the tag with one more attribute. */
const addShop = (site: Site) => {
  const add = (path: string, body: string, tagging: string) =>
    site.add(path, `${GTAG}${site.tag({ 'data-data-layer': '' })}${body}<script>${tagging}</script>`);
  add(
    '/',
    `<a href="/movie-12" onclick='${push('select_item', { ...LIST, items: [FILM] })}'>The Third Man</a>`,
    `addEventListener('pageshow', (event) => { restored = event.persisted; });
     ${push('view_item_list', { ...LIST, recommendation_id: 'RID-4f1c', items: FILMS })}`,
  );
  add(
    '/movie-12',
    `<button onclick='${push('add_to_cart', { currency: 'USD', items: [FILM] })}'>Add to cart</button>
     <a href="/receipt">Buy</a>`,
    `gtag('event', 'view_item', ${JSON.stringify({ currency: 'USD', items: [FILM] })});`,
  );
  add('/receipt', '<h1>Thanks</h1>', push('purchase', { transaction_id: 'T-1', items: [FILM] }));
};

const SHOWN = { itemId: 'movie-12', recommendationId: 'RID-4f1c', impression: ['movie-12', 'movie-7'] };

/** Resolves when the chunk reads the page's data layer, and what it has found there is sent. */
const settle = (page: Page) =>
  page.evaluate(async (chunk) => {
    await import(chunk);
    await new Promise((resolve) => setTimeout(resolve));
    await window.personalize.flush();
  }, pathOf('datalayer'));

const types = (aws: Service) => aws.counted().map(({ eventType }) => eventType);

/** Returns the counted events by type: a beacon may arrive after an event of the next page. */
const byType = (aws: Service) =>
  aws.counted().sort((one, other) => `${one.eventType}`.localeCompare(`${other.eventType}`));

test('click, view, add to cart and purchase arrive once, with list and recommendation', {
  tag: '@core',
}, async ({ page, site, aws }) => {
  addShop(site);
  await page.goto(site.url);
  await settle(page);
  expect(aws.counted()).toEqual([]);

  await page.getByText('The Third Man').click();
  await page.waitForURL('**/movie-12');
  await settle(page);
  await page.getByText('Add to cart').click();
  await page.getByText('Buy').click();
  await page.waitForURL('**/receipt');
  await settle(page);
  await page.reload();
  await settle(page);
  await expect.poll(() => types(aws)).toHaveLength(4);

  expect(byType(aws)).toEqual(
    ['add_to_cart', 'click', 'purchase', 'view'].map((eventType) =>
      expect.objectContaining({ ...SHOWN, eventType, eventValue: 9.99 }),
    ),
  );
  // The reloaded receipt arrived again, and counts once.
  expect(aws.acknowledged.filter(({ event }) => event.eventType === 'purchase')).toHaveLength(2);
});

test('a page restored from the back/forward cache reads on, and repeats nothing', {
  tag: '@chromium',
}, async ({ page, site, aws }) => {
  addShop(site);
  await page.goto(site.url);
  await settle(page);
  const isRestored = () => page.evaluate(() => (window as { restored?: boolean }).restored);
  const restored: unknown[] = [];
  for (const visit of [1, 2, 3]) {
    await page.getByText('The Third Man').click();
    await page.waitForURL('**/movie-12');
    await settle(page);
    await expect.poll(() => types(aws)).toHaveLength(2 * visit);
    await page.goBack({ waitUntil: 'commit' });
    // A restored page fires no load event.
    await expect.poll(isRestored).toBeDefined();
    restored.push(await isRestored());
  }
  // Chromium loads the page again if the next one used the database before the click was stored.
  expect(restored).toContain(true);
  expect(byType(aws)).toEqual(
    ['click', 'click', 'click', 'view', 'view', 'view'].map((eventType) =>
      expect.objectContaining({ ...SHOWN, eventType }),
    ),
  );
});
