import type { Page } from '@playwright/test';
import { expect, hide, show, test } from '../support/fixtures.js';
import { openPaused as open, recorded, tiles, waitForObservers } from '../support/paused-page.js';

// The page's clock advances only in `pass()`. The browser itself decides which elements are in view.
test.use({ viewport: { width: 800, height: 600 } });

const scroll = async (page: Page, top: number) => {
  await page.evaluate((y) => scrollTo(0, y), top);
  await waitForObservers(page);
};

const advance = (page: Page, ms: number) => page.clock.runFor(ms);
const MARKED = 'data-personalize-impression';

test('an item counts after half of it has been in view for an uninterrupted second', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site, tiles(['a', 'b', 'c', 'd', 'e', 'f'], MARKED));
  await advance(page, 999);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await advance(page, 1);
  expect(await recorded(page, 'eventType', 'itemId')).toEqual(
    ['a', 'b', 'c'].map((id) => ['impression', id]),
  );

  await scroll(page, 99);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual(['a', 'b', 'c']);
  await scroll(page, 101);
  await advance(page, 600);
  await scroll(page, 0);
  await scroll(page, 101);
  await advance(page, 999);
  expect(await recorded(page, 'itemId')).toEqual(['a', 'b', 'c']);
  await advance(page, 1);
  expect(await recorded(page, 'itemId')).toEqual(['a', 'b', 'c', 'd']);
});

test('an item counts once in a page view', { tag: '@core' }, async ({ page, site }) => {
  await open(page, site, `${tiles(['a'], MARKED)}<p style="height: 2000px">`);
  await advance(page, 1000);
  await scroll(page, 1000);
  await scroll(page, 0);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual(['a']);
});

test('an item larger than the viewport counts when it fills half of the viewport', { tag: '@core' }, async ({
  page,
  site,
}) => {
  await open(
    page,
    site,
    `<p style="height: 600px; margin: 0"></p><div data-personalize-item="tall" ${MARKED} style="height: 6000px">`,
  );
  await scroll(page, 250);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await scroll(page, 590);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual(['tall']);
});

test('an empty item counts once it has content', async ({ page, site }) => {
  await open(page, site, `<div data-personalize-item="a" ${MARKED}></div>`);
  await advance(page, 500);
  await waitForObservers(page);
  await advance(page, 1000);
  await waitForObservers(page);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await page.evaluate(() => document.querySelector('div')?.append('tile'));
  await advance(page, 500);
  await waitForObservers(page);
  await advance(page, 999);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await advance(page, 1);
  expect(await recorded(page, 'itemId')).toEqual(['a']);
});

test('impressionShare and impressionTime set the share and the time', { tag: '@core' }, async ({
  page,
  site,
}) => {
  await open(page, site, tiles(['a', 'b', 'c', 'd'], MARKED), {
    'data-impression-share': '100',
    'data-impression-time': '3000',
  });
  await scroll(page, 1);
  await advance(page, 2999);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await advance(page, 1);
  expect(await recorded(page, 'itemId')).toEqual(['b', 'c']);
});

test('an item does not count in a hidden tab, and its second starts again when the tab is shown', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site, tiles(['a'], MARKED));
  await advance(page, 900);
  await hide(page);
  await advance(page, 1000);
  await show(page);
  await advance(page, 999);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await advance(page, 1);
  expect(await recorded(page, 'itemId')).toEqual(['a']);
});

test('an item added in a hidden tab counts a second after the tab is shown', async ({ page, site }) => {
  await open(page, site, tiles(['a'], MARKED));
  await hide(page);
  await page.evaluate((more) => document.body.insertAdjacentHTML('afterbegin', more), tiles(['b'], MARKED));
  await waitForObservers(page);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await show(page);
  await advance(page, 999);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await advance(page, 1);
  expect((await recorded(page, 'itemId')).sort()).toEqual(['a', 'b']);
});

test('an item that has left the view before the browser reports it does not count', async ({
  page,
  site,
}) => {
  // A busy browser reports several frames at once: here all those before `release()`.
  await page.addInitScript(() => {
    let held: (() => void)[] = [];
    const kept = new Map<IntersectionObserver, IntersectionObserverEntry[]>();
    window.IntersectionObserver = class extends IntersectionObserver {
      constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super((entries, observer) => {
          if (!options?.threshold) return callback(entries, observer);
          const before = kept.get(observer) ?? [];
          kept.set(observer, [...before, ...entries]);
          held = [() => callback(kept.get(observer) ?? [], observer)];
        }, options);
      }
    };
    Object.assign(window, {
      release() {
        for (const deliver of held) deliver();
        kept.clear();
        held = [];
      },
    });
  });
  const release = () => page.evaluate(() => (window as unknown as { release(): void }).release());
  await open(page, site, `<p style="height: 1000px; margin: 0"></p>${tiles(['a'], MARKED)}`);
  await release();
  await scroll(page, 800);
  await scroll(page, 0);
  await release();
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await scroll(page, 800);
  await release();
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual(['a']);
});

test("the mark on a list applies to all its tiles and names the event type; a tile's own mark overrides it", {
  tag: '@core',
}, async ({ page, site }) => {
  await open(
    page,
    site,
    `${tiles(['unmarked'])}
    <div data-personalize-list data-personalize-impression="shown" data-personalize-recommendation-id="RID-1">
      ${tiles(['a'])}${tiles(['b'], 'data-personalize-impression="glimpsed"')}</div>`,
  );
  await advance(page, 1000);
  expect(await recorded(page, 'eventType', 'itemId', 'recommendationId', 'impression')).toEqual([
    ['shown', 'a', 'RID-1', ['a', 'b']],
    ['glimpsed', 'b', 'RID-1', ['a', 'b']],
  ]);
});

test('an item counts once for each list and recommendation', { tag: '@core' }, async ({ page, site }) => {
  const list = (more: string) => `<div data-personalize-list ${MARKED} ${more}>${tiles(['a'])}</div>`;
  await open(page, site, `${list('data-personalize-recommendation-id="R1"')}${list('')}`);
  await advance(page, 1000);
  await page.evaluate(() => {
    document
      .querySelector('[data-personalize-list]')
      ?.setAttribute('data-personalize-recommendation-id', 'R2');
  });
  await waitForObservers(page);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId', 'recommendationId')).toEqual([
    ['a', 'R1'],
    ['a', undefined],
    ['a', 'R2'],
  ]);
});

test('a named list stays the same list when it is rendered again', async ({ page, site }) => {
  const list = `<div data-personalize-list="trending" ${MARKED}>${tiles(['a'])}</div>`;
  await open(page, site, `<main>${list}</main>`);
  await advance(page, 1000);
  await page.evaluate((html) => {
    (document.querySelector('main') as Element).innerHTML = html;
  }, list);
  await waitForObservers(page);
  await advance(page, 1000);
  expect(await recorded(page, 'itemId')).toEqual(['a']);
});

test.describe('on a page that changes,', () => {
  test('tiles added later count, removed tiles do not', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, '<main></main>');
    await page.evaluate(
      (html) => {
        (document.querySelector('main') as Element).innerHTML = html;
      },
      tiles(['late', 'removed'], MARKED),
    );
    await waitForObservers(page);
    await page.evaluate(() => document.querySelector('[data-personalize-item=removed]')?.remove());
    await advance(page, 1000);
    expect(await recorded(page, 'itemId')).toEqual(['late']);
  });

  test('an element that gets another item ID counts for that item from then on', { tag: '@core' }, async ({
    page,
    site,
  }) => {
    await open(page, site, tiles(['a'], MARKED));
    await advance(page, 900);
    const setItem = (item: string) =>
      page.evaluate((id) => {
        document.querySelector('[data-personalize-item]')?.setAttribute('data-personalize-item', id);
      }, item);
    await setItem('b');
    await waitForObservers(page);
    await advance(page, 999);
    expect(await recorded(page, 'itemId')).toEqual([]);
    await advance(page, 1);
    await setItem('a');
    await waitForObservers(page);
    await advance(page, 1000);
    await setItem('b');
    await waitForObservers(page);
    await advance(page, 1000);
    expect(await recorded(page, 'itemId')).toEqual(['b', 'a']);
  });

  test('an element that moves to another list counts for that list', async ({ page, site }) => {
    const list = (id: string, inside: string) =>
      `<div data-personalize-list="${id}" data-personalize-recommendation-id="${id}" ${MARKED}>${inside}</div>`;
    await open(page, site, list('one', tiles(['a'])) + list('two', ''));
    await advance(page, 1000);
    await page.evaluate(() => {
      const tile = document.querySelector('[data-personalize-item]') as Element;
      document.querySelector('[data-personalize-list=two]')?.append(tile);
    });
    await waitForObservers(page);
    await advance(page, 1000);
    expect(await recorded(page, 'itemId', 'recommendationId')).toEqual([
      ['a', 'one'],
      ['a', 'two'],
    ]);
  });

  test('items in open shadow roots count, whenever the root was attached', { tag: '@core' }, async ({
    page,
    site,
  }) => {
    await open(
      page,
      site,
      `<div data-personalize-list data-personalize-recommendation-id="RID-1" ${MARKED}>
        <div id="declared"><template shadowrootmode="open">${tiles(['declared'])}</template></div>
        <div id="late"></div><div id="closed"></div></div>`,
    );
    await page.evaluate(
      (html) => {
        const root = document.querySelector('#late')?.attachShadow({ mode: 'open' }) as ShadowRoot;
        root.innerHTML = '<section></section>';
        const inner = (root.firstElementChild as Element).attachShadow({ mode: 'open' });
        queueMicrotask(() => {
          inner.innerHTML = html.late as string;
        });
        const closed = document.querySelector('#closed')?.attachShadow({ mode: 'closed' }) as ShadowRoot;
        closed.innerHTML = html.closed as string;
      },
      { late: tiles(['late']), closed: tiles(['closed']) },
    );
    await waitForObservers(page);
    await advance(page, 1000);
    expect(await recorded(page, 'itemId', 'recommendationId')).toEqual([
      ['declared', 'RID-1'],
      ['late', 'RID-1'],
    ]);
  });

  for (const [how, navigate] of [
    ['pushState', () => history.pushState({}, '', '/other')],
    ['replaceState', () => history.replaceState({}, '', '/other')],
    ["a router's fragment", () => location.assign('#/other')],
  ] as const) {
    for (const hasNavigation of [true, false]) {
      test(`${how} begins another page view, ${hasNavigation ? 'with' : 'without'} the Navigation API`, async ({
        page,
        site,
      }) => {
        if (!hasNavigation) await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'));
        await open(page, site, `${tiles(['stays'], MARKED)}<main>${tiles(['again'], MARKED)}</main>`);
        await advance(page, 1000);
        await page.evaluate(navigate);
        // Without the Navigation API, the tracker notices a new address only by a change of the document.
        await page.evaluate(
          (html) => {
            (document.querySelector('main') as Element).innerHTML = html;
          },
          tiles(['again'], MARKED),
        );
        await waitForObservers(page);
        await advance(page, 1000);
        expect(await recorded(page, 'itemId')).toEqual(['stays', 'again', 'again']);
      });
    }
  }

  for (const [option, expected] of [
    ['path', ['a', 'a', 'a']],
    ['address', ['a', 'a', 'a', 'a']],
  ] as const) {
    test(`going back begins another page view, an anchor does not, a query does if pageView is address (pageView=${option})`, async ({
      page,
      site,
    }) => {
      await open(page, site, `<main>${tiles(['a'], MARKED)}</main>`, { 'data-page-view': option });
      const render = async (navigate: () => unknown) => {
        await page.evaluate(navigate);
        await page.evaluate(() => {
          const main = document.querySelector('main') as Element;
          main.innerHTML = `${main.innerHTML}`;
        });
        await waitForObservers(page);
        await advance(page, 1000);
      };
      await advance(page, 1000);
      await render(() => history.replaceState({ scroll: 1 }, '', location.href));
      await render(() => location.assign('#anchor'));
      await render(() => history.pushState({}, '', '/other'));
      await render(() => history.pushState({}, '', '/other?variant=2'));
      await render(
        () =>
          new Promise((resolve) => {
            addEventListener('popstate', () => location.pathname === '/' && resolve(0));
            history.go(-2);
          }),
      );
      expect(await recorded(page, 'itemId')).toEqual(expected);
    });
  }

  for (const option of ['path', 'address']) {
    test(`an item that stays on the screen does not count again at another address (pageView=${option})`, async ({
      page,
      site,
    }) => {
      await open(
        page,
        site,
        `${tiles(['stays'], MARKED)}<main>${tiles(['leaves'], MARKED)}</main><p style="height: 2000px">`,
        { 'data-page-view': option },
      );
      await advance(page, 1000);
      await page.evaluate(() => history.pushState({}, '', '/other?q=1'));
      await hide(page);
      await show(page);
      await page.evaluate(() => {
        // Frameworks render unchanged elements again in this way.
        const tile = document.querySelector('[data-personalize-item]') as HTMLElement;
        tile.dataset.personalizeItem = 'stays';
      });
      await waitForObservers(page);
      await advance(page, 1000);
      expect(await recorded(page, 'itemId')).toEqual(['stays', 'leaves']);
      await scroll(page, 1000);
      await scroll(page, 0);
      await advance(page, 1000);
      expect((await recorded(page, 'itemId')).sort()).toEqual(['leaves', 'leaves', 'stays', 'stays']);
    });
  }
});

test('ten thousand tiles share one observer of each kind, and tiles that appear together share a timer', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    const work = { observers: 0, observed: 0, timers: 0, queries: 0, walks: 0 };
    Object.assign(window, { work });
    for (const name of ['IntersectionObserver', 'MutationObserver'] as const) {
      window[name] = new Proxy(window[name], {
        construct(target, args) {
          work.observers++;
          return Reflect.construct(target, args);
        },
      }) as never;
    }
    const { observe } = IntersectionObserver.prototype;
    IntersectionObserver.prototype.observe = function (element) {
      work.observed++;
      return observe.call(this, element);
    };
    const { querySelectorAll } = Element.prototype;
    Element.prototype.querySelectorAll = function (selector: string) {
      work.queries++;
      return querySelectorAll.call(this, selector) as never;
    };
    const { createNodeIterator } = Document.prototype;
    Document.prototype.createNodeIterator = function (...args) {
      work.walks++;
      return createNodeIterator.apply(this, args);
    };
  });
  await open(page, site, '<main></main>');
  await page.evaluate(
    (one) => {
      const { work } = window as unknown as { work: Record<string, number> };
      const { setTimeout } = window;
      window.setTimeout = ((run: () => void, ms?: number) => {
        // Delivery has timers, too. Half of the dwell time is the impressions' alone.
        if (ms === 500) work.timers = (work.timers as number) + 1;
        return setTimeout(run, ms);
      }) as never;
      work.observers = work.observed = work.queries = work.walks = 0;
      (document.querySelector('main') as Element).innerHTML = one.repeat(10_000);
    },
    tiles(['a'], MARKED),
  );
  const work = () => page.evaluate(() => (window as unknown as { work: Record<string, number> }).work);
  await expect.poll(async () => (await work()).observed).toBe(10_000);
  await waitForObservers(page);
  // The test's own `waitForObservers()` makes an observer, which observes the document.
  expect(await work()).toEqual({ observers: 1, observed: 10_001, timers: 1, queries: 0, walks: 0 });
});

test('tiles that appear together are checked and read in slices, and at once when the page is hidden', async ({
  page,
  site,
}) => {
  await open(page, site, tiles(['a', 'b', 'c'], MARKED));
  await page.evaluate(() => {
    const slices: (() => void)[] = [];
    window.requestIdleCallback = ((run: () => void) => slices.push(run)) as never;
    // Each look at the clock finds that a slice is over.
    let now = 0;
    performance.now = () => {
      now += 10;
      return now;
    };
    Object.assign(window, { slices });
  });
  /** Runs the page's slices until none is left; returns their number. */
  const runSlices = () =>
    page.evaluate(() => {
      const { slices } = window as unknown as { slices: (() => void)[] };
      let ran = 0;
      for (let run = slices.shift(); run; run = slices.shift()) {
        run();
        ran++;
      }
      return ran;
    });
  await advance(page, 500);
  expect(await runSlices()).toBeGreaterThanOrEqual(2);
  await advance(page, 500);
  expect(await recorded(page, 'itemId')).toEqual([]);
  await hide(page);
  expect(await recorded(page, 'itemId')).toEqual(['a', 'b', 'c']);
  await runSlices();
  await show(page);
  await advance(page, 1000);
  await runSlices();
  expect(await recorded(page, 'itemId')).toEqual(['a', 'b', 'c']);
});

test('stop() restores attachShadow() and records no impressions', async ({ page, site }) => {
  await page.addInitScript(() => Object.assign(window, { original: Element.prototype.attachShadow }));
  await open(page, site, tiles(['a'], MARKED));
  const isOriginal = () =>
    page.evaluate(
      () => Element.prototype.attachShadow === (window as unknown as { original: unknown }).original,
    );
  expect(await isOriginal()).toBe(false);
  await page.evaluate(() => window.personalize.stop());
  await advance(page, 2000);
  expect(await recorded(page, 'itemId')).toEqual([]);
  expect(await isOriginal()).toBe(true);
});
