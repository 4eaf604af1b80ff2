import type { Page } from '@playwright/test';
import { expect, test, warmUp } from '../support/fixtures.js';
import { counted, record } from '../support/visits.js';

/** Names of APIs whose first use blocks the page: opening the storage takes milliseconds. */
const notesUses = (page: Page) =>
  page.addInitScript(() => {
    const uses: string[] = [];
    Object.assign(window, { uses });
    const note = (owner: object, name: string) => {
      const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor;
      const noted: PropertyDescriptor = descriptor.get
        ? { get: () => uses.push(name) && descriptor.get?.call(owner === window ? window : document) }
        : {
            value(...args: unknown[]) {
              uses.push(name === 'addEventListener' ? `${name} ${args[0]}` : name);
              return descriptor.value.apply(this, args);
            },
          };
      Object.defineProperty(owner, name, { ...descriptor, ...noted });
    };
    for (const name of ['localStorage', 'indexedDB', 'fetch']) note(window, name);
    note(Document.prototype, 'cookie');
    note(EventTarget.prototype, 'addEventListener');
    note(LockManager.prototype, 'request');
  });

/** Never calls back: the page always has something to do. */
const neverIdle = (page: Page) =>
  page.addInitScript(() => {
    window.requestIdleCallback = () => 1;
  });

/** Makes each step of sliced work take longer than a slice. */
const endSlices = (page: Page) =>
  page.addInitScript(() => {
    let now = 0;
    performance.now = () => (now += 10);
  });

const TILES = '<p data-personalize-item="tile"></p>'.repeat(1000);

const withShadow = (item: string) =>
  `<section><template shadowrootmode="open"><p data-personalize-on="load" data-personalize-event="view"
    data-personalize-item="${item}">film</p></template></section>`;

test('the script opens no storage while it is evaluated, and reads it when the page is idle', {
  tag: '@core',
}, async ({ page, site }) => {
  await notesUses(page);
  const tag = site.tag({ 'data-session-cookie': '' });
  site.add('/', `${TILES}<script>uses.length = 0</script>${tag}<script>const atStart = [...uses]</script>`);
  await page.goto(site.url);
  const blocking = (uses: string) =>
    page.evaluate(`${uses}.filter((use) => !/^addEventListener (?!storage)/.test(use))`);
  expect(await blocking('atStart')).toEqual([]);
  await expect
    .poll(() => blocking('uses'))
    .toEqual(
      expect.arrayContaining(['addEventListener storage', 'localStorage', 'indexedDB', 'cookie', 'fetch']),
    );
});

test('an event of a page that is never idle is sent', async ({ page, site, aws }) => {
  await neverIdle(page);
  site.add('/', site.tag());
  await page.goto(site.url);
  await record(page, 'film');
  await expect.poll(() => counted(aws)).toEqual(['film']);
});

test('events of a page that is left before it is idle arrive', async ({ page, site, aws }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  const busy = await page.context().newPage();
  await neverIdle(busy);
  await page.close();
  const trackOnLeaving = (item: string, isCapture: boolean) =>
    `<script>addEventListener('pagehide', () => personalize.track('click', '${item}'), ${isCapture})</script>`;
  site.add('/busy', trackOnLeaving('before', true) + site.tag() + trackOnLeaving('after', false));
  site.add('/idle', site.tag());
  await busy.goto(`${site.url}/busy`);
  await busy.goto('about:blank');
  const idle = await page.context().newPage();
  await idle.goto(`${site.url}/idle`);
  await expect.poll(() => counted(aws)).toEqual(['after', 'before', 'none']);
});

test.describe('on a page that is searched in many slices', () => {
  test('elements in shadow roots are found', async ({ page, site, aws }) => {
    await endSlices(page);
    site.add('/', `${TILES}${withShadow('film')}${site.tag()}`);
    await page.goto(site.url);
    await expect.poll(() => counted(aws)).toEqual(['film']);
  });

  test('elements are found after the page has removed those that the search had reached', async ({
    page,
    site,
    aws,
  }) => {
    await endSlices(page);
    const removal = `<script>addEventListener('DOMContentLoaded', () => document.querySelector('main').remove())</script>`;
    site.add('/', `<main>${TILES}</main>${withShadow('film')}${site.tag()}${removal}`);
    await page.goto(site.url);
    await expect.poll(() => counted(aws)).toEqual(['film']);
  });

  test('elements that were not found before the page is left are recorded', async ({ page, site, aws }) => {
    site.add('/', site.tag());
    await page.goto(site.url);
    await warmUp(page);
    await endSlices(page);
    await neverIdle(page);
    site.add('/film', `${TILES}${withShadow('film')}${site.tag()}`);
    site.add('/next', `<script>window.requestIdleCallback = (run) => setTimeout(run)</script>${site.tag()}`);
    await page.goto(`${site.url}/film`);
    await page.goto(`${site.url}/next`);
    await expect.poll(() => counted(aws)).toEqual(['film', 'none']);
  });
});

test('events of a tracker that is stopped before the page is idle arrive', async ({ page, site, aws }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  site.add(
    '/stopped',
    `${site.tag()}<script>personalize.track('click', 'film'); personalize.stop()</script>`,
  );
  await page.goto(`${site.url}/stopped`);
  await page.goto(site.url);
  await expect.poll(() => counted(aws)).toEqual(['film', 'none']);
});
