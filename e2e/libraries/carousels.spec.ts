import type { Page } from '@playwright/test';
import { waitForObservers } from '../support/paused-page.js';
import { carousel } from './carousels.js';
import { drag, expect, expectCounted, test } from './fixtures.js';

test.use({ viewport: { width: 800, height: 600 } });

declare global {
  interface Window {
    start(options: unknown): void;
    /** Moves the page's carousel to the next slide. */
    next(): void;
    previous(): void;
  }
}

const next = (page: Page) => page.evaluate(() => window.next());
const previous = (page: Page) => page.evaluate(() => window.previous());

/** Returns the visible slide of an item, which may be a clone. */
const visibleSlide = async (page: Page, item: string) => {
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

test.describe('a mouse drag of a carousel does not count as a click on its tile, and a click does', () => {
  for (const library of ['swiper', 'splide', 'slick', 'embla', 'flickity', 'shoelace'] as const) {
    test(library, async ({ page, aws, open }) => {
      await open(`${library}.js`, carousel(library, ['a', 'b', 'c']), {});
      await drag(page, await visibleSlide(page, 'a'), -500);
      const b = await visibleSlide(page, 'b');
      await b.click();
      await b.getByRole('link').focus();
      await page.keyboard.press('Enter');
      await b.evaluate((slide: HTMLElement) => slide.click());
      await drag(page, b, 500);
      await (await visibleSlide(page, 'a')).click();
      await expectCounted(
        aws,
        ['eventType', 'itemId'],
        ['b', 'b', 'b', 'a'].map((item) => ['click', item]),
      );
    });
  }
});

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true });

  for (const library of ['swiper', 'splide', 'slick', 'embla', 'flickity', 'shoelace'] as const) {
    test(`a tap on a slide counts as a click: ${library}`, async ({ page, aws, open }) => {
      await open(`${library}.js`, carousel(library, ['a', 'b', 'c']), {});
      await (await visibleSlide(page, 'a')).tap();
      await expectCounted(aws, ['eventType', 'itemId'], [['click', 'a']]);
    });
  }
});

test.describe('a fading carousel counts only the slide in front as seen', () => {
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

test.describe('clones in a looping carousel affect neither the counts nor the order of the impression', () => {
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
      await (await visibleSlide(page, 'a')).click();
      events.push(['click', 'a', ['a', 'b', 'c', 'f']]);
      await previous(page);
      events.push(['impression', 'e', ['a', 'b', 'c', 'e', 'f']]);
      await expectCounted(aws, ['eventType', 'itemId', 'impression'], events);
    });
  }
});

test('an item counts once in a looping carousel that moves its slides', async ({ page, aws, open }) => {
  await open('swiper.js', carousel('swiper', ['a', 'b', 'c', 'd'], MARKED), { loop: true });
  for (const items of ['a', 'ad', 'adc', 'adcb']) {
    await expectCounted(aws, ['itemId'], items.split(''));
    await previous(page);
  }
  await (await visibleSlide(page, 'a')).click();
  await expectCounted(aws, ['itemId'], ['a', 'd', 'c', 'b', 'a']);
});

test.describe('slides visible only before a carousel starts are not part of the impression', () => {
  for (const [library, options] of [
    ['swiper', { fade: true }],
    ['splide', { fade: true }],
    ['slick', {}],
    ['slick', { fade: true }],
    ['flickity', {}],
    ['embla', {}],
  ] as const) {
    test(`${library} ${Object.keys(options)}`, async ({ page, aws, open }) => {
      // Until the carousel starts, this style shows all slides below each other.
      const flash =
        '<style>section:not(.started) * { display: block !important; visibility: visible !important }</style>';
      // Long enough that no slide counts as seen by its time during the test.
      const tag = { 'data-impression-time': '60000' };
      await open(`${library}.js`, flash + carousel(library, EIGHT), undefined, { tag });
      await waitForObservers(page);
      await page.evaluate((options) => {
        document.querySelector('section')?.classList.add('started');
        window.start(options);
      }, options);
      await (await visibleSlide(page, 'a')).click();
      await expectCounted(aws, ['itemId', 'impression'], [['a', ['a']]]);
    });
  }
});
