import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.js';
import { openPaused as open, recorded, tiles, waitForObservers } from '../support/paused-page.js';

// The page's clock advances only when a test runs it. The browser itself decides which elements are in view.
test.use({ viewport: { width: 800, height: 600 } });

const MARKED = 'data-personalize-impression';

/** Long enough for a second check of hidden items and a second in view. */
const ENOUGH_MS = 1600;

const seenItems = async (page: Page) => {
  await waitForObservers(page);
  await page.clock.runFor(ENOUGH_MS);
  return recorded(page, 'itemId');
};

const run = (page: Page, script: string) => page.evaluate(script);

/** Ways to hide an item that IntersectionObserver reports as in view, and to show it. */
const HIDDEN: [what: string, html: string, show: string][] = [
  [
    'visibility: hidden around it',
    `<div id="it" style="visibility: hidden">${tiles(['a'], MARKED)}</div>`,
    "it.style.visibility = 'visible'",
  ],
  [
    'opacity: 0 around it',
    `<div id="it" style="opacity: 0">${tiles(['a'], MARKED)}</div>`,
    "it.style.opacity = '1'",
  ],
  [
    'a class with opacity: 0',
    `<style>.off a { opacity: 0 }</style><div id="it" class="off"><a style="display: block" data-personalize-item="a" ${MARKED}>a</a></div>`,
    "it.className = ''",
  ],
  ['inert', `<div id="it" inert>${tiles(['a'], MARKED)}</div>`, 'it.inert = false'],
  [
    'a height of zero',
    `<div id="it" style="overflow: hidden; height: 0">${tiles(['a'], MARKED)}</div>`,
    "it.style.height = '200px'",
  ],
  [
    'a clip path',
    `<div id="it" style="clip-path: inset(100%)">${tiles(['a'], MARKED)}</div>`,
    "it.style.clipPath = 'none'",
  ],
  [
    'a closed <details>',
    `<details id="it"><summary>more</summary>${tiles(['a'], MARKED)}</details>`,
    'it.open = true',
  ],
  [
    'a modal dialog over it',
    `${tiles(['a'], MARKED)}<dialog id="it">hello</dialog><script>it.showModal()</script>`,
    'it.close()',
  ],
  [
    'a modal dialog of another position over it',
    `${tiles(['a'], MARKED)}<dialog id="it" style="position: absolute; top: 50px">hello</dialog><script>it.showModal()</script>`,
    'it.close()',
  ],
  [
    'a popover over it',
    `${tiles(['a'], MARKED)}<div id="it" popover="manual" style="inset: 0; width: 100%; height: 100%">hello</div><script>it.showPopover()</script>`,
    'it.hidePopover()',
  ],
  [
    'a full-screen wall over it',
    `${tiles(['a'], MARKED)}<div id="it" style="position: fixed; inset: 0; background: white">your consent</div>`,
    'it.remove()',
  ],
  [
    'a dialog on a backdrop',
    `${tiles(['a'], MARKED)}<div id="it"><div style="position: fixed; inset: 0; background: black; opacity: .3"></div><div style="position: absolute; top: 50px; left: 300px; width: 200px; height: 200px; background: white">dialog</div></div>`,
    'it.remove()',
  ],
  [
    'a sticky header over it',
    `<div id="it" style="position: sticky; top: 0; height: 200px; margin-bottom: -200px; background: white">menu</div>${tiles(['a'], MARKED)}`,
    'it.remove()',
  ],
  [
    'another tile',
    `<div data-personalize-list style="position: relative">${tiles(['a'], MARKED)}<div data-personalize-item="over" id="it" style="position: absolute; inset: 0; background: white">over</div></div>`,
    'it.remove()',
  ],
  [
    'a modal route over it',
    `<main>${tiles(['a'], MARKED)}</main><div id="it" style="position: absolute; inset: 0; background: white"><h1>Photo</h1></div>`,
    "it.style.display = 'none'",
  ],
  [
    'a wall in a shadow root with it',
    `<div id="app"><template shadowrootmode="open">${tiles(['a'], MARKED)}<div id="wall" style="position: fixed; inset: 0; background: white">wall</div></template></div>`,
    "app.shadowRoot.querySelector('#wall').remove()",
  ],
];

for (const hasCheckVisibility of [true, false]) {
  test.describe(hasCheckVisibility ? 'hidden' : 'hidden, without checkVisibility()', () => {
    test.beforeEach(async ({ page }) => {
      if (!hasCheckVisibility)
        await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, 'checkVisibility'));
    });
    for (const [what, html, show] of HIDDEN) {
      test(`an item is not seen until it is shown (${what})`, async ({ page, site }) => {
        // An impression of the other item shows that enough time has passed.
        await open(
          page,
          site,
          `<div style="position: absolute; bottom: 0; z-index: 1; width: 100%">${tiles(['other'], MARKED)}</div>${html}`,
        );
        // Without the position, an overlay can cover the other item.
        await run(page, "document.querySelector('div').style.position = 'static'");
        const before = await seenItems(page);
        expect(before.filter((item) => item === 'a')).toEqual([]);
        await run(page, show);
        expect(await seenItems(page)).toContain('a');
      });
    }
  });
}

test('a carousel that fades records an impression of the top slide only', { tag: '@core' }, async ({
  page,
  site,
}) => {
  const slides = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  await open(
    page,
    site,
    `<style>[data-personalize-item] { position: absolute; opacity: 0; transition: opacity .2s } .on { opacity: 1 !important }</style>
     <div data-personalize-list ${MARKED} style="position: relative; height: 300px">${tiles(slides)}</div>`,
  );
  const show = (n: number) =>
    page.evaluate((at) => {
      const all = document.querySelectorAll('[data-personalize-item]');
      all.forEach((slide, i) => {
        (slide as HTMLElement).style.transition = 'none';
        slide.classList.toggle('on', i === at);
      });
    }, n);
  await show(0);
  expect(await seenItems(page)).toEqual(['a']);
  await show(3);
  expect(await seenItems(page)).toEqual(['a', 'd']);
  expect(await recorded(page, 'impression')).toEqual([['a'], ['a', 'd']]);
  await show(0);
  expect(await seenItems(page)).toEqual(['a', 'd']);
});

test('a page that a router keeps counts each time it is shown at another address', async ({ page, site }) => {
  await open(page, site, `<div id="it">${tiles(['a'], MARKED)}</div>`);
  expect(await seenItems(page)).toEqual(['a']);
  const go = (address: string, visibility: string) =>
    run(page, `it.style.visibility = '${visibility}'; history.pushState({}, '', '${address}')`);
  await go('/b', 'hidden');
  expect(await seenItems(page)).toEqual(['a']);
  await go('/', 'visible');
  expect(await seenItems(page)).toEqual(['a', 'a']);
});

test('an impression names items that are in view now or were long enough, not those that appeared briefly', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site, `<div data-personalize-list>${tiles(['a', 'b', 'c', 'd'])}</div>`);
  // A carousel that has not started yet shows all slides for a moment.
  await page.clock.runFor(100);
  await page.evaluate(() => {
    for (const slide of [...document.querySelectorAll<HTMLElement>('[data-personalize-item]')].slice(1)) {
      slide.style.visibility = 'hidden';
    }
  });
  await page.getByText('a', { exact: true }).click();
  await page.clock.runFor(1000);
  await page.evaluate(() => {
    const [a, b] = document.querySelectorAll<HTMLElement>('[data-personalize-item]');
    (a as HTMLElement).style.visibility = 'hidden';
    (b as HTMLElement).style.visibility = 'visible';
  });
  await page.getByText('b', { exact: true }).click();
  expect(await recorded(page, 'impression')).toEqual([['a'], ['a', 'b']]);
});

test('an impression names the top slide, not those beneath it', { tag: '@core' }, async ({ page, site }) => {
  // Each slide covers the one before, and all are rendered.
  const style = 'position: absolute; inset: 0; background: white';
  const slides = ['a', 'b', 'c'].map((id) => `<p data-personalize-item="${id}" style="${style}">${id}</p>`);
  await open(
    page,
    site,
    `<div data-personalize-list style="position: relative; height: 300px">${slides.join('')}</div>`,
  );
  await page.getByText('c', { exact: true }).click();
  await page.clock.runFor(3000);
  await page.getByText('c', { exact: true }).click();
  expect(await recorded(page, 'impression')).toEqual([['c'], ['c']]);
});

test("an impression omits a carousel's copies of slides", { tag: '@core' }, async ({ page, site }) => {
  await open(
    page,
    site,
    `<div data-personalize-list style="display: flex">
       <div class="slide--clone">${tiles(['c'])}</div>
       ${tiles(['a', 'b', 'c'])}
       <div class="slide-duplicate">${tiles(['a'])}</div></div>`,
  );
  await page.getByText('b', { exact: true }).click();
  expect(await recorded(page, 'impression')).toEqual([['a', 'b', 'c']]);
});

test('an element that covers only a part of an item, is transparent or belongs to the item does not hide it', async ({
  page,
  site,
}) => {
  await open(
    page,
    site,
    `<div style="position: fixed; top: 0; width: 100%; height: 40px; background: white">header</div>
     <div style="position: relative">${tiles(['a'], MARKED)}<span style="position: absolute; inset: 0">caption</span></div>
     <div style="position: fixed; inset: 250px 0 0 0">${tiles(['b'], MARKED)}</div>
     <div data-personalize-item="c" ${MARKED} style="position: absolute; top: 460px; height: 100px; width: 100px; pointer-events: none">c</div>
     <div style="position: fixed; inset: 0; z-index: 9; opacity: 0">closed menu</div>`,
  );
  expect(await seenItems(page)).toEqual(expect.arrayContaining(['a', 'b']));
});

test('no check runs when all items are seen, and scrolling forces no layout', async ({ page, site }) => {
  await page.addInitScript(() => {
    const looks = { hits: 0, timers: 0, frames: 0 };
    Object.assign(window, { looks });
    const { elementsFromPoint } = Document.prototype;
    Document.prototype.elementsFromPoint = function (...at) {
      looks.hits++;
      return elementsFromPoint.apply(this, at);
    };
    window.requestAnimationFrame = (run) => {
      looks.frames++;
      return setTimeout(run) as never;
    };
  });
  const list = tiles(['a', 'b', 'c', 'd', 'e', 'f']);
  await open(page, site, `<div data-personalize-list ${MARKED}>${list}</div>`);
  expect(await seenItems(page)).toEqual(['a', 'b', 'c']);
  const looks = () => page.evaluate(() => (window as unknown as { looks: object }).looks);
  const before = await looks();
  await page.clock.runFor(60_000);
  // Too short a scroll for the browser to report an item.
  await page.evaluate(() => scrollTo(0, 5));
  await waitForObservers(page);
  expect(await looks()).toEqual(before);
  expect(before).toMatchObject({ hits: 6, frames: 0 });
});

test('hidden items are in no event (the page in support/cases)', async ({ page, site }) => {
  const html = readFileSync(new URL('../support/cases/hidden.html', import.meta.url), 'utf8');
  await open(page, site, html);
  expect(await seenItems(page)).toEqual(['seen']);
  expect(await recorded(page, 'impression')).toEqual([['seen']]);
  await page.evaluate(() => {
    for (const it of document.querySelectorAll<HTMLElement>('[style]')) it.removeAttribute('style');
    (document.querySelector('main') as HTMLElement).hidden = false;
    document.querySelector('dialog')?.showModal();
  });
  expect(await seenItems(page)).toEqual(expect.arrayContaining(['kept-by-the-router', 'quick-view']));
  await page.evaluate(() => document.querySelector('dialog')?.close());
  expect(await seenItems(page)).toEqual(expect.arrayContaining(['in-a-closed-menu', 'faded-out']));
});
