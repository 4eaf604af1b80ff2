import type { Page } from '@playwright/test';
import { expect, expectCounted, test } from './fixtures.js';

test.use({ viewport: { width: 800, height: 600 } });

const IMPRESSION = ['eventType', 'itemId'];
const seen = (items: string) => items.split('').map((item) => ['impression', item]);

const go = (page: Page, path: string, change: Record<string, unknown> = {}) =>
  page.evaluate(
    ([path, change]) => {
      const { go, show } = window as unknown as Record<string, (what: unknown) => void>;
      if (path) go?.(path);
      show?.(change);
    },
    [path, change] as const,
  );
const show = (page: Page, change: Record<string, unknown>) => go(page, '', change);

const APP = '<div id="app"></div>';

for (const pageView of ['path', 'address']) {
  const opening = { tag: { 'data-page-view': pageView } };

  test.describe(`with a page view for each ${pageView}`, () => {
    test('items that stay on the screen are not seen again with a new query or fragment', async ({
      page,
      aws,
      open,
    }) => {
      await open('react.jsx', APP, 'Routes', opening);
      await expectCounted(aws, IMPRESSION, seen('ab'));
      await go(page, '/?variant=2', { aside: ['x'] });
      await expectCounted(aws, IMPRESSION, seen('abx'));
      await go(page, '/?variant=2#reviews', { aside: ['x', 'y'] });
      await expectCounted(aws, IMPRESSION, seen('abxy'));
    });

    test('a feed that grows is not seen again from its beginning', async ({ page, aws, open }) => {
      await open('react.jsx', APP, 'Routes', opening);
      await expectCounted(aws, IMPRESSION, seen('ab'));
      await go(page, '/?page=2', { items: ['a', 'b', 'c'] });
      await expectCounted(aws, IMPRESSION, seen('abc'));
      await go(page, '/page/3', { items: ['a', 'b', 'c', 'd'] });
      await expectCounted(aws, IMPRESSION, seen('abcd'));
    });

    test('items that a modal route covered are not seen again when it closes', async ({
      page,
      aws,
      open,
    }) => {
      await open('react.jsx', APP, 'Routes', opening);
      await expectCounted(aws, IMPRESSION, seen('ab'));
      await go(page, '/photo/m', { modal: 'm' });
      await expectCounted(aws, IMPRESSION, seen('abm'));
      await go(page, '/', { modal: null, aside: ['x'] });
      await expectCounted(aws, IMPRESSION, seen('abmx'));
    });

    test('items of a page that stays until the next one is rendered are not seen again', async ({
      page,
      aws,
      open,
    }) => {
      await open('react.jsx', APP, 'Routes', opening);
      await expectCounted(aws, IMPRESSION, seen('ab'));
      await go(page, '/slow', { aside: ['x'] });
      await expectCounted(aws, IMPRESSION, seen('abx'));
      await show(page, { items: ['c', 'd'], version: 2 });
      await expectCounted(aws, IMPRESSION, seen('abxcd'));
    });

    test('items rendered again on another page view are seen again', async ({ page, aws, open }) => {
      await open('react.jsx', APP, 'Routes', opening);
      await expectCounted(aws, IMPRESSION, seen('ab'));
      await go(page, '/c', { items: ['c'], version: 2 });
      await expectCounted(aws, IMPRESSION, seen('abc'));
      await go(page, '/', { items: ['a', 'b'], version: 3 });
      await expectCounted(aws, IMPRESSION, seen('abcab'));
    });

    test(`items rendered again with another query are seen ${pageView === 'path' ? 'once' : 'again'}`, async ({
      page,
      aws,
      open,
    }) => {
      await open('react.jsx', APP, 'Routes', opening);
      await expectCounted(aws, IMPRESSION, seen('ab'));
      await go(page, '/?sort=year', { version: 2, aside: ['x'] });
      await expectCounted(aws, IMPRESSION, seen(pageView === 'path' ? 'abx' : 'ababx'));
    });
  });
}

/** Returns a feed as a server renders it. */
const feed = (items: string) =>
  `<section data-personalize-list="feed" data-personalize-impression>${items
    .split('')
    .map((item) => `<article data-personalize-item="${item}">tile ${item}</article>`)
    .join('')}</section>`;

test('a feed that Turbo renders again with another query is seen once', async ({
  page,
  aws,
  site,
  load,
  tag,
}) => {
  const { script } = await load('turbo.js');
  const pageOf = (items: string) => `${script}${tag()}<body>${feed(items)}<a href="/?page=2">more</a></body>`;
  site.add('/', pageOf('ab'));
  await page.goto(site.url);
  await expectCounted(aws, IMPRESSION, seen('ab'));
  site.add('/', pageOf('abc'));
  await page.getByText('more').click();
  await expectCounted(aws, IMPRESSION, seen('abc'));
});

test('pages that Turbo shows are seen each time, also after Back', async ({ page, aws, site, load, tag }) => {
  const { script } = await load('turbo.js');
  site.add('/', `${script}${tag()}<body>${feed('ab')}<a href="/c">next</a></body>`);
  site.add('/c', `${script}${tag()}<body>${feed('c')}<a href="/">home</a></body>`);
  await page.goto(site.url);
  await expectCounted(aws, IMPRESSION, seen('ab'));
  await page.getByText('next').click();
  await expectCounted(aws, IMPRESSION, seen('abc'));
  await page.goBack();
  await expectCounted(aws, IMPRESSION, seen('abcab'));
});

test('a feed that htmx extends with another query is seen once', async ({ page, aws, site, open }) => {
  site.addFile('/more', '<article data-personalize-item="c">tile c</article>', 'text/html');
  await open(
    'htmx.js',
    `${feed('ab')}<button hx-get="/more" hx-target="section" hx-swap="beforeend" hx-push-url="/?page=2">more</button>`,
  );
  await expectCounted(aws, IMPRESSION, seen('ab'));
  await page.getByText('more').click();
  await expect(page).toHaveURL(/page=2/);
  await expectCounted(aws, IMPRESSION, seen('abc'));
});
