import type { Page } from '@playwright/test';
import { waitForObservers } from '../support/paused-page.js';
import { carousel } from './carousels.js';
import { drag, expect, expectCounted, test } from './fixtures.js';

test.use({ viewport: { width: 800, height: 600 } });

declare global {
  interface Window {
    start(options: unknown): void;
    /** Moves the page's carousel. */
    next(): void;
    previous(): void;
  }
}

const next = (page: Page) => page.evaluate(() => window.next());
const previous = (page: Page) => page.evaluate(() => window.previous());

/** The slide of an item that is in view, or the clone of it that is. */
const shown = async (page: Page, item: string) => {
  const slides = page.locator(`[data-personalize-item="${item}"]`);
  let found = slides.first();
  await expect(async () => {
    for (const slide of await slides.all()) {
      const isShown = await slide.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
      if (isShown) {
        found = slide;
        return;
      }
    }
    throw new Error(`${item} is not shown`);
  }).toPass();
  return found;
};

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const MARKED = 'data-personalize-impression';

test.describe('a mouse drag of a carousel is no click on its tile, and a click is', () => {
  for (const library of ['swiper', 'splide', 'slick', 'embla', 'flickity', 'shoelace'] as const) {
    test(library, async ({ page, aws, open }) => {
      await open(`${library}.js`, carousel(library, ['a', 'b', 'c']), {});
      await drag(page, await shown(page, 'a'), -500);
      const b = await shown(page, 'b');
      await b.click();
      await b.getByRole('link').focus();
      await page.keyboard.press('Enter');
      await b.evaluate((slide: HTMLElement) => slide.click());
      await drag(page, b, 500);
      await (await shown(page, 'a')).click();
      await expectCounted(
        aws,
        ['eventType', 'itemId'],
        ['b', 'b', 'b', 'a'].map((item) => ['click', item]),
      );
    });
  }
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true });

  for (const library of ['swiper', 'splide', 'slick', 'embla', 'flickity', 'shoelace'] as const) {
    test(`a tap on a slide is a click: ${library}`, async ({ page, aws, open }) => {
      await open(`${library}.js`, carousel(library, ['a', 'b', 'c']), {});
      await (await shown(page, 'a')).tap();
      await expectCounted(aws, ['eventType', 'itemId'], [['click', 'a']]);
    });
  }
});

test.describe('a fade carousel shows the one slide in front', () => {
  for (const [library, options] of [
    ['swiper', {}],
    ['swiper', { crossFade: true }],
    ['splide', {}],
    ['slick', {}],
    ['slick', { loop: true }],
    ['embla', {}],
    ['flickity', {}],
    ['bootstrap', {}],
  ] as const) {
    test(`${library} ${Object.keys(options)}`, async ({ page, aws, open }) => {
      await open(`${library}.js`, carousel(library, EIGHT, MARKED), { fade: true, first: 2, ...options });
      await expectCounted(aws, ['itemId', 'impression'], [['c', ['c']]]);
      await next(page);
      await expectCounted(
        aws,
        ['itemId', 'impression'],
        [
          ['c', ['c']],
          ['d', ['c', 'd']],
        ],
      );
      await next(page);
      await expectCounted(
        aws,
        ['itemId', 'impression'],
        [
          ['c', ['c']],
          ['d', ['c', 'd']],
          ['e', ['c', 'd', 'e']],
        ],
      );
    });
  }
});

test.describe('clones of a loop change neither how often an item counts nor the order of the list', () => {
  for (const library of ['splide', 'slick', 'embla', 'flickity', 'shoelace'] as const) {
    test(library, async ({ page, aws, open }) => {
      const body = carousel(library, ['a', 'b', 'c', 'd', 'e', 'f'], MARKED);
      await open(`${library}.js`, body, { loop: true, shown: 3 });
      const abc = ['a', 'b', 'c'];
      const events: unknown[] = abc.map((item) => ['impression', item, abc]);
      await expectCounted(aws, ['eventType', 'itemId', 'impression'], events);
      await previous(page);
      events.push(['impression', 'f', ['a', 'b', 'c', 'f']]);
      await expectCounted(aws, ['eventType', 'itemId', 'impression'], events);
      await (await shown(page, 'a')).click();
      events.push(['click', 'a', ['a', 'b', 'c', 'f']]);
      await previous(page);
      events.push(['impression', 'e', ['a', 'b', 'c', 'e', 'f']]);
      await expectCounted(aws, ['eventType', 'itemId', 'impression'], events);
    });
  }
});

test('an item counts once in a loop that moves its slides', async ({ page, aws, open }) => {
  await open('swiper.js', carousel('swiper', ['a', 'b', 'c', 'd'], MARKED), { loop: true });
  for (const items of ['a', 'ad', 'adc', 'adcb']) {
    await expectCounted(aws, ['itemId'], items.split(''));
    await previous(page);
  }
  await (await shown(page, 'a')).click();
  await expectCounted(aws, ['itemId'], ['a', 'd', 'c', 'b', 'a']);
});

test.describe('slides that flash before a carousel starts are not named', () => {
  for (const [library, options] of [
    ['swiper', { fade: true }],
    ['splide', { fade: true }],
    ['slick', {}],
    ['slick', { fade: true }],
    ['flickity', {}],
    ['embla', {}],
  ] as const) {
    test(`${library} ${Object.keys(options)}`, async ({ page, aws, open }) => {
      // The page's own style shows them below each other until then.
      const flash =
        '<style>section:not(.started) * { display: block !important; visibility: visible !important }</style>';
      // So long that what is seen in this test has not been seen for it.
      const tag = { 'data-impression-time': '60000' };
      await open(`${library}.js`, flash + carousel(library, EIGHT), undefined, { tag });
      await waitForObservers(page);
      await page.evaluate((options) => {
        document.querySelector('section')?.classList.add('started');
        window.start(options);
      }, options);
      await (await shown(page, 'a')).click();
      await expectCounted(aws, ['itemId', 'impression'], [['a', ['a']]]);
    });
  }
});
