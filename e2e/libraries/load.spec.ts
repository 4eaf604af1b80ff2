import type { Page } from '@playwright/test';
import { expectCounted, run, test } from './fixtures.js';

const VIEW = ['eventType', 'itemId'];
const views = (...items: string[]) => items.map((item) => ['view', item]);

/** Returns a page about an item. */
const film = (item: string) =>
  `<main data-personalize-item="${item}" data-personalize-on="load">${item}</main>`;

/** The last element of the document, so that a wrong view would come before its view. */
const MARKER = `<div id="marker" style="display: none">${film('marker')}</div>`;
const showMarker = (page: Page, display = '') => run(page, `marker.style.display = '${display}'`);

test.describe('kept pages count each time they are shown with a new page view', () => {
  for (const [name, script, body, start] of [
    ["React's Activity", 'react.jsx', '<div id="app"></div>', 'Pages'],
    ["Vue's keep-alive", 'vue.js', '<div id="app"></div>', 'KeepAlive'],
    ["Ionic's ion-nav", 'ionic.js', '<ion-nav></ion-nav>', ''],
    [
      "Polymer's iron-pages",
      'iron-pages.js',
      `<style>iron-pages:not(:defined) { display: none }</style><iron-pages attr-for-selected="name" selected="a"><div name="a">${film('a')}</div><div name="b">${film('b')}</div></iron-pages>`,
      '',
    ],
  ] as const) {
    test(name, async ({ page, aws, open }) => {
      await open(script, `${body}${MARKER}`, start);
      await expectCounted(aws, VIEW, views('a'));
      await page.evaluate("show('b', '/b')");
      await expectCounted(aws, VIEW, views('a', 'b'));
      // By then the hidden page has been noticed, too.
      await showMarker(page);
      await expectCounted(aws, VIEW, views('a', 'b', 'marker'));
      await showMarker(page, 'none');
      await page.evaluate("show('a', '/')");
      await expectCounted(aws, VIEW, views('a', 'b', 'marker', 'a'));
      await showMarker(page);
      await expectCounted(aws, VIEW, views('a', 'b', 'marker', 'a', 'marker'));
    });
  }
});

test.describe('kept pages count once a page view', () => {
  for (const [name, script, body, start] of [
    ["React's Activity", 'react.jsx', '<div id="app"></div>', 'Pages'],
    ["Vue's keep-alive", 'vue.js', '<div id="app"></div>', 'KeepAlive'],
  ] as const) {
    test(name, async ({ page, aws, open }) => {
      await open(script, `${body}${MARKER}`, start);
      await expectCounted(aws, VIEW, views('a'));
      await run(page, "show('b', '/')");
      await expectCounted(aws, VIEW, views('a', 'b'));
      await run(page, "show('a', '/')");
      await page.getByText('a', { exact: true }).waitFor();
      await showMarker(page);
      await expectCounted(aws, VIEW, views('a', 'b', 'marker'));
    });
  }
});

test.describe('a dialog that is in the page from the start counts when it is opened, once a page view', () => {
  for (const [name, { script, body, open: opening, close }] of Object.entries({
    "Bootstrap's modal": {
      script: 'bootstrap.js',
      body: `<div class="modal fade" id="it"><div class="modal-dialog"><div class="modal-content">${film('inside')}</div></div></div>`,
      open: 'bootstrap.Modal.getOrCreateInstance("#it").show()',
      close: 'bootstrap.Modal.getInstance("#it").hide()',
    },
    "Bootstrap's offcanvas": {
      script: 'bootstrap.js',
      body: `<div class="offcanvas offcanvas-start" id="it">${film('inside')}</div>`,
      open: 'bootstrap.Offcanvas.getOrCreateInstance("#it").show()',
      close: 'bootstrap.Offcanvas.getInstance("#it").hide()',
    },
    "Shoelace's dialog": {
      script: 'shoelace.js',
      body: `<sl-dialog id="it" label="Quick view">${film('inside')}</sl-dialog>`,
      open: 'it.show()',
      close: 'it.hide()',
    },
    "Material's dialog": {
      script: 'material.js',
      body: `<md-dialog id="it"><div slot="content">${film('inside')}</div></md-dialog>`,
      open: 'it.show()',
      close: 'it.close()',
    },
    "jQuery UI's dialog, which is moved to the end of the page": {
      script: 'jquery-ui.js',
      body: `<div id="it" style="display: none">${film('inside')}</div>`,
      open: '$("#it").dialog({ modal: true })',
      close: '$("#it").dialog("close")',
    },
    "Ionic's modal": {
      script: 'ionic.js',
      body: `<ion-modal id="it" keep-contents-mounted="true"><div class="ion-page">${film('inside')}</div></ion-modal>`,
      open: 'it.present()',
      close: 'it.dismiss()',
    },
    'a native dialog': {
      script: 'jquery-global.js',
      body: `<dialog id="it">${film('inside')}</dialog>`,
      open: 'it.showModal()',
      close: 'it.close()',
    },
    'a fading element': {
      script: 'jquery-global.js',
      body: `<div id="it" style="opacity: 0">${film('inside')}</div>`,
      open: '$("#it").fadeTo(200, 1)',
      close: '$("#it").fadeTo(0, 0)',
    },
    'an element hidden by visibility': {
      script: 'jquery-global.js',
      body: `<div id="it" style="visibility: hidden">${film('inside')}</div>`,
      open: 'it.style.visibility = "visible"',
      close: 'it.style.visibility = "hidden"',
    },
  })) {
    test(name, async ({ page, aws, open }) => {
      await open(script, `${body}${film('page')}${MARKER}`);
      await expectCounted(aws, VIEW, views('page'));
      await run(page, opening);
      await expectCounted(aws, VIEW, views('page', 'inside'));
      await run(page, close);
      await page.getByText('inside').waitFor({ state: name === 'a fading element' ? 'attached' : 'hidden' });
      await run(page, opening);
      await page.getByText('inside').waitFor();
      await showMarker(page);
      await expectCounted(aws, VIEW, views('page', 'inside', 'marker'));
    });
  }
});

test('an item that React moves does not count again', async ({ page, aws, open }) => {
  await open('react.jsx', `<div id="app"></div>${MARKER}`, 'Sorted');
  await expectCounted(aws, VIEW, views('a', 'b', 'c'));
  await run(page, "sort(['c', 'b', 'a'])");
  await page.getByText('c').and(page.locator('#app > :first-child h1')).waitFor();
  await run(page, "sort(['c', 'd', 'a'])");
  await expectCounted(aws, VIEW, views('a', 'b', 'c', 'd'));
  await run(page, "sort(['a', 'b', 'c'])");
  await page.getByText('b', { exact: true }).waitFor();
  await showMarker(page);
  await expectCounted(aws, VIEW, views('a', 'b', 'c', 'd', 'marker'));
});

test("an item in Vue's Suspense counts when it is shown", async ({ page, aws, open }) => {
  await open('vue.js', `<div id="app"></div>${film('page')}${MARKER}`, 'Suspense');
  await expectCounted(aws, VIEW, views('page'));
  await run(page, 'arrive()');
  await expectCounted(aws, VIEW, views('page', 'a'));
  await run(page, "show('b')");
  await run(page, 'arrive()');
  await expectCounted(aws, VIEW, views('page', 'a', 'b'));
});

test("an item that Vue's Teleport moves does not count again", async ({ page, aws, open }) => {
  await open(
    'vue.js',
    `<div id="app"></div><div id="one"></div><div id="two"></div><div id="closed" style="display: none"></div>${MARKER}`,
    'Teleport',
  );
  await expectCounted(aws, VIEW, views('a'));
  for (const place of ['two', 'closed', 'one']) {
    await run(page, `teleport('#${place}')`);
    await page.locator(`#${place} main`).waitFor({ state: 'attached' });
  }
  await showMarker(page);
  await expectCounted(aws, VIEW, views('a', 'marker'));
});

test.describe('Turbo', () => {
  const pageOf = (tags: string, item: string) => `${tags}<meta name="turbo-refresh-method" content="morph">
    <body>${film(item)}<a href="/">home</a> <a href="/b">next</a>${MARKER}</body>`;

  for (const where of ['head', 'body'] as const) {
    test(`counts a visit, a preview and a page from its cache once each, with the tag in the ${where}`, async ({
      page,
      aws,
      site,
      load,
      tag,
    }) => {
      const { script } = await load('turbo.js');
      for (const [path, item] of [
        ['/', 'a'],
        ['/b', 'b'],
      ] as const) {
        const body = pageOf(where === 'head' ? `${script}${tag()}` : script, item);
        site.add(path, where === 'head' ? body : body.replace('<body>', `<body>${tag()}`));
      }
      await page.goto(site.url);
      await expectCounted(aws, VIEW, views('a'));
      await page.getByText('next').click();
      await expectCounted(aws, VIEW, views('a', 'b'));
      await page.goBack();
      await expectCounted(aws, VIEW, views('a', 'b', 'a'));
      await page.getByText('next').click();
      await expectCounted(aws, VIEW, views('a', 'b', 'a', 'b'));
      await showMarker(page);
      await expectCounted(aws, VIEW, views('a', 'b', 'a', 'b', 'marker'));
    });
  }

  test('counts no item again on a refresh, and counts a new one', async ({ page, aws, site, load, tag }) => {
    const { script } = await load('turbo.js');
    site.add('/', pageOf(`${script}${tag()}`, 'a'));
    await page.goto(site.url);
    await expectCounted(aws, VIEW, views('a'));
    site.add('/', `${pageOf(`${script}${tag()}`, 'a')}<p>refreshed</p>`);
    await run(page, "Turbo.visit(location.href, { action: 'replace' })");
    await page.getByText('refreshed').waitFor();
    site.add('/', pageOf(`${script}${tag()}`, 'b'));
    await run(page, "Turbo.visit(location.href, { action: 'replace' })");
    await expectCounted(aws, VIEW, views('a', 'b'));
  });
});

test.describe('htmx', () => {
  test('counts swapped-in content once for each item and page view', async ({ page, aws, site, open }) => {
    const button = (item: string, label: string) =>
      `<button hx-get="/${item}" hx-target="#page" hx-swap="innerHTML">${label}</button>`;
    site.addFile('/rated', `${film('a')}<p>rated</p>`, 'text/html');
    site.addFile('/b', film('b'), 'text/html');
    await open(
      'htmx.js',
      `<div id="page">${film('a')}</div>${button('rated', 'rate')}${button('b', 'next')}`,
    );
    await expectCounted(aws, VIEW, views('a'));
    await page.getByText('rate', { exact: true }).click();
    await page.getByText('rated').waitFor();
    await page.getByText('next').click();
    await expectCounted(aws, VIEW, views('a', 'b'));
  });

  test('counts a new address as a page view, also after Back', async ({ page, aws, site, open }) => {
    const link = (path: string, label: string) =>
      `<a href="${path}" hx-get="${path}" hx-target="#page" hx-select="#page" hx-swap="outerHTML" hx-push-url="true">${label}</a>`;
    const body = (item: string) =>
      `<div id="page">${film(item)}${link('/', 'home')} ${link('/b', 'next')}</div>`;
    // htmx recognizes a whole page by its first tag.
    site.addFile('/b', `<html lang="en"><body>${body('b')}</body></html>`, 'text/html');
    await open('htmx.js', `${body('a')}${MARKER}`);
    await expectCounted(aws, VIEW, views('a'));
    await page.getByText('next').click();
    await expectCounted(aws, VIEW, views('a', 'b'));
    await page.getByText('home').click();
    await expectCounted(aws, VIEW, views('a', 'b', 'a'));
    await page.goBack();
    await expectCounted(aws, VIEW, views('a', 'b', 'a', 'b'));
  });
});

test('attributes added later cause no second view, and a new item does', async ({ page, aws, open }) => {
  await open('jquery-global.js', `${film('a')}${MARKER}`);
  await expectCounted(aws, VIEW, views('a'));
  await page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement;
    main.dataset.personalizeRecommendationId = 'RID-late';
    main.dataset.personalizePropertyGenre = 'noir';
  });
  await run(page, "document.querySelector('main').dataset.personalizeItem = 'b'");
  await expectCounted(aws, VIEW, views('a', 'b'));
  await run(page, "document.querySelector('main').dataset.personalizeItem = 'a'");
  await showMarker(page);
  await expectCounted(aws, VIEW, views('a', 'b', 'marker'));
});
