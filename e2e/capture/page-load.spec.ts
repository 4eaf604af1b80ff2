import type { Page } from '@playwright/test';
import { expect, hide, show, test } from '../support/fixtures.js';
import { collectRecorded, openPaused as open, recorded, waitForObservers } from '../support/paused-page.js';

// The page's clock advances only when a test runs it.

/** Returns the viewed items, after the tracker has checked hidden elements again. */
const viewedItems = async (page: Page) => {
  await waitForObservers(page);
  await page.clock.runFor(600);
  return recorded(page, 'itemId');
};

const view = (item: string, more = '') =>
  `<main data-personalize-item="${item}" data-personalize-on="load" ${more}>${item}</main>`;

/** Adds HTML to a page whose tracker is running. */
const add = (page: Page, html: string) =>
  page.evaluate((it) => document.body.insertAdjacentHTML('beforeend', it), html);
const run = (page: Page, script: string) => page.evaluate(script);
const navigate = (page: Page, address: string) =>
  page.evaluate((to) => history.pushState({}, '', to), address);

const HIDDEN: [what: string, html: string, show: string][] = [
  ['hidden', view('a', 'hidden id="it"'), 'it.hidden = false'],
  [
    'display: none around it',
    `<div id="it" style="display: none">${view('a')}</div>`,
    "it.style.display = ''",
  ],
  ['visibility: hidden', view('a', 'id="it" style="visibility: hidden"'), "it.style.visibility = ''"],
  ['opacity: 0 around it', `<div id="it" style="opacity: 0">${view('a')}</div>`, "it.style.opacity = ''"],
  [
    'content-visibility',
    `<div id="it" style="content-visibility: hidden">${view('a')}</div>`,
    'it.style = ""',
  ],
  ['a closed dialog', `<dialog id="it">${view('a')}</dialog>`, 'it.showModal()'],
  ['a closed popover', `<div id="it" popover>${view('a')}</div>`, 'it.showPopover()'],
  ['a closed <details>', `<details id="it">${view('a')}</details>`, 'it.open = true'],
  [
    'no box, and hidden',
    '<span id="it" hidden data-personalize-item="a" data-personalize-on="load"></span>',
    'it.hidden = false',
  ],
  ['a template', `<template id="it">${view('a')}</template>`, 'document.body.append(it.content)'],
];

for (const [what, html, reveal] of HIDDEN) {
  test(`an item that is hidden at first (${what}) is viewed when it is shown`, async ({ page, site }) => {
    await open(page, site, html);
    await add(page, view('shown'));
    expect(await viewedItems(page)).toEqual(['shown']);
    await run(page, reveal);
    expect(await viewedItems(page)).toEqual(['shown', 'a']);
  });
}

test('an item that a script hides before the document is parsed is not viewed', { tag: '@core' }, async ({
  page,
  site,
}) => {
  site.add(
    '/',
    `${site.tag()}${view('a')}<div id="it">${view('b')}</div>
     <script>window.recorded = []; personalize.on('queued', (event) => window.recorded.push(event));</script>
     <script type="module">document.querySelector('#it').hidden = true; window.isHidden = true;</script>`,
  );
  await page.goto(site.url);
  await page.waitForFunction(() => (window as Window & { isHidden?: boolean }).isHidden);
  await add(page, view('c'));
  await expect.poll(() => recorded(page, 'itemId')).toEqual(['a', 'c']);
  await run(page, 'it.hidden = false');
  await expect.poll(() => recorded(page, 'itemId')).toEqual(['a', 'c', 'b']);
});

test('a page that unloads while it is being parsed records views of the items visible by then', async ({
  page,
  site,
  serve,
}) => {
  // The response never ends.
  const port = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write(
      `<!doctype html>${site.tag().replace('/personalize.js', `${site.url}/personalize.js`)}${view('a')}<p>more to come</p>`,
    );
  });
  await page.goto(`http://localhost:${port}`, { waitUntil: 'commit' });
  await page.getByText('more to come').waitFor();
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  expect(await recorded(page, 'itemId')).toEqual(['a']);
});

test('an item that is moved, removed and restored, or shown again is viewed once', { tag: '@core' }, async ({
  page,
  site,
}) => {
  await open(page, site, '<section></section>');
  await add(page, `<div id="it">${view('a')}</div>`);
  await run(page, "document.querySelector('section').append(it)");
  await waitForObservers(page);
  await run(page, 'window.kept = it; it.remove()');
  await waitForObservers(page);
  await run(page, 'document.body.append(kept)');
  await waitForObservers(page);
  await run(page, 'it.hidden = true');
  expect(await viewedItems(page)).toEqual(['a']);
  await run(page, 'it.hidden = false');
  await add(page, view('b'));
  expect(await viewedItems(page)).toEqual(['a', 'b']);
});

test('a page that a router keeps is viewed each time it is shown at another address', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site, '');
  await add(page, `<div id="one">${view('a')}</div><div id="two" hidden>${view('b')}</div>`);
  expect(await viewedItems(page)).toEqual(['a']);
  await navigate(page, '/b');
  await run(page, 'one.hidden = true; two.hidden = false');
  expect(await viewedItems(page)).toEqual(['a', 'b']);
  // Some routers change the content first and the address after it.
  await run(page, 'one.hidden = false; two.hidden = true');
  await navigate(page, '/');
  expect(await viewedItems(page)).toEqual(['a', 'b', 'a']);
  // Some routers remove a kept page from the document.
  await navigate(page, '/b');
  await run(page, 'window.kept = one; one.remove(); two.hidden = false');
  expect(await viewedItems(page)).toEqual(['a', 'b', 'a', 'b']);
  await navigate(page, '/');
  await run(page, 'document.body.append(kept); two.hidden = true');
  expect(await viewedItems(page)).toEqual(['a', 'b', 'a', 'b', 'a']);
});

test('a quick view that is opened again at another address is viewed again', async ({ page, site }) => {
  await open(page, site, '');
  await add(page, view('a', 'id="it"'));
  expect(await viewedItems(page)).toEqual(['a']);
  await run(page, 'it.hidden = true');
  await waitForObservers(page);
  await run(page, "it.hidden = false; history.pushState({}, '', '/b')");
  expect(await viewedItems(page)).toEqual(['a', 'a']);
});

test('an item shown in a hidden tab is viewed once the tab is shown', async ({ page, site }) => {
  await open(page, site, '');
  await add(page, view('a', 'id="it" hidden'));
  await hide(page);
  await run(page, 'it.hidden = false');
  expect(await viewedItems(page)).toEqual([]);
  await show(page);
  expect(await viewedItems(page)).toEqual(['a']);
});

test('an item that stays on the screen at another address is not viewed again', { tag: '@core' }, async ({
  page,
  site,
}) => {
  await open(page, site, '');
  await add(page, view('a', 'id="it"'));
  expect(await viewedItems(page)).toEqual(['a']);
  await navigate(page, '/?variant=2');
  // Opens a modal route over the item, and closes it.
  await navigate(page, '/photo/5');
  await navigate(page, '/');
  await hide(page);
  await show(page);
  expect(await viewedItems(page)).toEqual(['a']);
  // Changes content later, or writes the same marks again.
  await navigate(page, '/b');
  await run(page, "it.dataset.personalizeItem = 'a'");
  expect(await viewedItems(page)).toEqual(['a']);
  await run(page, "it.dataset.personalizeItem = 'b'");
  expect(await viewedItems(page)).toEqual(['a', 'b']);
});

test('changed details make no second view; another item or event type does', async ({ page, site }) => {
  await open(page, site, '');
  await add(page, view('a', 'id="it" data-personalize-recommendation-id="RID-1"'));
  await waitForObservers(page);
  await run(page, "it.dataset.personalizeRecommendationId = 'RID-2'");
  await run(page, "it.dataset.personalizePropertyRow = '1'");
  await add(page, view('a', 'data-personalize-property-row="2"'));
  await add(page, view('a', 'data-personalize-event="detail"'));
  expect(await viewedItems(page)).toEqual(['a', 'a']);
  expect(await recorded(page, 'eventType', 'recommendationId')).toEqual([
    ['view', 'RID-1'],
    // Attribution gives later events of the item the same recommendation.
    ['detail', 'RID-1'],
  ]);
});

test('a query begins another page view when pageView is address', async ({ page, site }) => {
  const render = (item: string) =>
    page.evaluate((it) => {
      document.querySelector('section')?.replaceChildren();
      document.querySelector('section')?.insertAdjacentHTML('beforeend', it);
    }, view(item));
  for (const [option, expected] of [
    ['path', ['a', 'b']],
    ['address', ['a', 'b', 'a']],
  ] as const) {
    await open(page, site, '<section></section>', { 'data-page-view': option });
    await render('a');
    await waitForObservers(page);
    await navigate(page, '/?id=b');
    await render('b');
    await waitForObservers(page);
    await navigate(page, '/?id=a');
    await render('a');
    expect(await viewedItems(page)).toEqual(expected);
    await page.evaluate(() => window.personalize.optOut());
    await page.evaluate(() => window.personalize.optOut(false));
  }
});

test('no timer runs when no item is hidden', async ({ page, site }) => {
  await open(page, site, '');
  await add(page, view('a'));
  expect(await viewedItems(page)).toEqual(['a']);
  await page.evaluate(() => {
    const set = window.setTimeout;
    Object.assign(window, { delays: [] });
    window.setTimeout = ((run: () => void, ms: number) => {
      (window as unknown as { delays: number[] }).delays.push(ms);
      return set(run, ms);
    }) as never;
  });
  await page.clock.runFor(30_000);
  expect(await page.evaluate(() => (window as unknown as { delays: number[] }).delays)).not.toContain(500);
});

test('an element is viewed though the script starts after the document is parsed, in a browser without navigation entries', async ({
  page,
  site,
}) => {
  let finishImage = () => {};
  const held = new Promise<void>((resolve) => {
    finishImage = resolve;
  });
  await page.route('**/slow.png', async (route) => {
    await held;
    await route.fulfill({ body: '' });
  });
  await page.addInitScript(() => {
    // As Safari 14 has it.
    Performance.prototype.getEntriesByType = () => [];
    document.addEventListener('DOMContentLoaded', () => {
      const { content } = document.querySelector('template') as HTMLTemplateElement;
      const script = document.createElement('script');
      for (const { name, value } of content.firstElementChild?.attributes ?? [])
        script.setAttribute(name, value);
      script.addEventListener('load', () => {
        window.recorded = [];
        window.personalize.on('queued', (event: Record<string, unknown>) => window.recorded.push(event));
        Object.assign(window, { hasStarted: true });
      });
      document.head.append(script);
    });
  });
  site.add('/', `<template>${site.tag()}</template>${view('a')}<img src="/slow.png" alt="">`);
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => Reflect.get(window, 'hasStarted'));
  expect(await page.evaluate(() => document.readyState)).toBe('interactive');
  finishImage();
  await expect.poll(() => recorded(page, 'itemId')).toEqual(['a']);
});
