import type { Page } from '@playwright/test';
import { expect, type Site, test } from '../support/fixtures.js';
import { collectRecorded, recorded, tiles, waitForObservers } from '../support/paused-page.js';

test.use({ viewport: { width: 800, height: 600 } });

const open = async (page: Page, site: Site, body: string, options = {}) => {
  site.add('/', `<style>body { margin: 0 }</style>${body}${site.tag(options)}`);
  await page.goto(site.url);
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
  await waitForObservers(page);
};

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Makes items count as seen in the task after they come into view. */
const AT_ONCE = { 'data-impression-time': '0' };
const nextTask = (page: Page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));

test.describe('an impression of a list', () => {
  test('names in order the items that were at least half in view, and the clicked one', {
    tag: ['@core', '@chromium'],
  }, async ({ page, site }) => {
    await open(
      page,
      site,
      `<div data-personalize-list>${tiles(NAMES)}</div><p style="height: 2000px">`,
      AT_ONCE,
    );
    await nextTask(page);
    await page.getByText('b', { exact: true }).click();
    await page.evaluate(() => scrollTo(0, 301));
    await waitForObservers(page);
    await page.getByText('e', { exact: true }).click();
    // This click is by script: the visitor never saw this item.
    await page.evaluate(() => document.querySelector<HTMLElement>('[data-personalize-item=f]')?.click());
    expect(await recorded(page, 'itemId', 'impression')).toEqual([
      ['b', ['a', 'b', 'c']],
      ['e', ['a', 'b', 'c', 'd', 'e']],
      ['f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ]);
  });

  test('names all its items when impressionItems is all', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, `<div data-personalize-list>${tiles(NAMES)}</div>`, {
      'data-impression-items': 'all',
    });
    await page.getByText('a', { exact: true }).click();
    expect(await recorded(page, 'impression')).toEqual([NAMES]);
  });

  test('names the slides that a carousel shows now', { tag: '@chromium' }, async ({ page, site }) => {
    await open(
      page,
      site,
      `<div data-personalize-list style="display: flex; width: 400px; overflow: hidden">${NAMES.map(
        (name) => `<div data-personalize-item="${name}" style="flex: 0 0 200px; height: 100px">${name}</div>`,
      ).join('')}</div>`,
      AT_ONCE,
    );
    await nextTask(page);
    const scrollCarousel = (left: number) =>
      page.evaluate((x) => {
        (document.querySelector('[data-personalize-list]') as Element).scrollLeft = x;
      }, left);
    await scrollCarousel(400);
    await waitForObservers(page);
    await page.getByText('d', { exact: true }).click();
    expect(await recorded(page, 'impression')).toEqual([['a', 'b', 'c', 'd']]);
  });

  test('does not name the item that an element had before', async ({ page, site }) => {
    await open(page, site, `<div data-personalize-list>${tiles(['a', 'b'])}</div>`);
    await page.evaluate(() => {
      const [first, second] = document.querySelectorAll<HTMLElement>('[data-personalize-item]');
      (first as HTMLElement).dataset.personalizeItem = 'z';
      second?.click();
    });
    await waitForObservers(page);
    await page.getByText('b', { exact: true }).click();
    expect(await recorded(page, 'impression')).toEqual([
      ['z', 'b'],
      ['z', 'b'],
    ]);
  });
});

const DETAIL =
  'data-personalize-item="film" data-personalize-event="view" data-personalize-on="load" data-personalize-value="3"';

test.describe('data-personalize-on="load"', () => {
  test('records one view of a detail page, and no clicks inside it except on marked elements', {
    tag: '@core',
  }, async ({ page, site }) => {
    await open(page, site, '');
    await page.evaluate((marks) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<main ${marks}><h1>title</h1><button data-personalize-event="favourite">like</button>
         <a data-personalize-item="other">other</a></main>`,
      );
    }, DETAIL);
    await waitForObservers(page);
    await page.getByText('title').click();
    await page.getByText('like').click();
    await page.getByText('other').click();
    expect(await recorded(page, 'eventType', 'itemId', 'eventValue')).toEqual([
      ['view', 'film', 3],
      ['favourite', 'film', undefined],
      ['click', 'other', undefined],
    ]);
  });

  test('records and delivers elements that exist before the script runs', { tag: '@core' }, async ({
    page,
    aws,
    site,
  }) => {
    site.add('/', `<main ${DETAIL}></main>${site.tag()}`);
    await page.goto(site.url);
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toMatchObject([{ eventType: 'view', itemId: 'film', eventValue: 3 }]);
  });

  test('records another view for another item or page view, but not for a repeated rendering', {
    tag: '@core',
  }, async ({ page, site }) => {
    await open(page, site, '<div id="app"></div>');
    const render = (item: string) =>
      page.evaluate((id) => {
        (document.querySelector('#app') as Element).innerHTML =
          `<main data-personalize-item="${id}" data-personalize-on="load"></main>`;
      }, item);
    await render('a');
    await render('a');
    await page.evaluate(() => document.querySelector('main')?.setAttribute('data-personalize-item', 'b'));
    await page.evaluate(() => history.pushState({}, '', '/next'));
    await render('a');
    await waitForObservers(page);
    expect(await recorded(page, 'eventType', 'itemId')).toEqual(['a', 'b', 'a'].map((id) => ['view', id]));
  });
});

test.describe('forms', () => {
  const FORMS = `<main data-personalize-item="film" data-personalize-recommendation-id="RID-1">
      <form data-personalize-on="submit" data-personalize-value="9.99" onsubmit="return false"><button>buy</button></form>
      <form onsubmit="return false"><button>search</button></form>
      <select data-personalize-on="change"><option>1<option>2<option>5</select>
      <fieldset data-personalize-on="change" data-personalize-event="stars">
        <label><input type="radio" name="stars" value="4">four</label></fieldset>
      <input id="free" aria-label="free"></main>`;
  const EXPECTED = [
    ['purchase', 'film', 9.99, 'RID-1'],
    ['rate', 'film', 5, 'RID-1'],
    ['stars', 'film', 4, 'RID-1'],
  ];

  const fill = async (page: Page) => {
    await page.getByText('buy').click();
    await page.getByText('search').click();
    await page.locator('select').selectOption('5');
    await page.getByText('four').click();
    await page.getByLabel('free').fill('text');
    await page.getByLabel('free').blur();
  };

  for (const [where, wrap] of [
    ['the document', (html: string) => html],
    ['a shadow root', (html: string) => `<div><template shadowrootmode="open">${html}</template></div>`],
  ] as const) {
    test(`record a submit and the value of a changed control in ${where}`, async ({ page, site }) => {
      await open(page, site, wrap(FORMS), { 'data-click-event': 'ignored' });
      await fill(page);
      const events = (await recorded(
        page,
        'eventType',
        'itemId',
        'eventValue',
        'recommendationId',
      )) as unknown[][];
      expect(events.filter(([type]) => type !== 'ignored')).toEqual(EXPECTED);
    });
  }
});

test('a click on a label counts once, wherever its control is', { tag: '@core' }, async ({ page, site }) => {
  await open(
    page,
    site,
    `<div data-personalize-item="around"><label>inside <input type="checkbox"></label></div>
     <label for="far">outside</label><div data-personalize-item="marked"><input id="far" type="checkbox"></div>`,
  );
  await page.getByText('inside').click();
  await page.getByText('inside').click();
  await page.getByText('outside').click();
  await page.locator('#far').click();
  expect(await recorded(page, 'itemId')).toEqual(['around', 'around', 'marked', 'marked']);
});

test.describe('attribution', () => {
  const LIST = `<div data-personalize-list data-personalize-recommendation-id="RID-1" data-personalize-source="home">
    ${tiles(['a', 'b'])}</div>`;
  const purchase = (page: Page, item: string, details = {}) =>
    page.evaluate(([id, more]) => window.personalize.track('purchase', id, more), [item, details]);
  const FIELDS = ['eventType', 'recommendationId', 'impression'];
  const ATTRIBUTION = ['RID-1', ['a', 'b']];

  /** Opens the detail page in another tab. */
  const openDetail = async (page: Page, site: Site, options = {}) => {
    site.add('/a', `<main data-personalize-item="a" data-personalize-on="load"></main>${site.tag(options)}`);
    const detail = await page.context().newPage();
    await detail.goto(`${site.url}/a`);
    await collectRecorded(detail);
    return detail;
  };

  test("adds the clicked recommendation to the visitor's later view and purchase of the item", {
    tag: '@core',
  }, async ({ page, aws, site }) => {
    await open(page, site, LIST);
    await page.getByText('a', { exact: true }).click();
    const detail = await openDetail(page, site);
    await purchase(detail, 'a');
    await purchase(detail, 'b');
    await purchase(detail, 'a', { recommendationId: 'own' });
    expect(await recorded(detail, ...FIELDS)).toEqual([
      ['purchase', ...ATTRIBUTION],
      ['purchase', undefined, undefined],
      ['purchase', 'own', undefined],
    ]);
    await detail.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toContainEqual(
      expect.objectContaining({
        eventType: 'view',
        recommendationId: 'RID-1',
        metricAttribution: { eventAttributionSource: 'home' },
      }),
    );
  });

  test("remembers a new visitor's click that is recorded before their session begins, and drops it with the session", async ({
    page,
    site,
    aws,
  }) => {
    const track = (eventType: string, details = '{}') =>
      `personalize.track('${eventType}', 'a', ${details});`;
    site.add('/', `${site.tag()}<script>${track('click', "{ recommendationId: 'RID-1' }")}</script>`);
    await page.goto(site.url);
    await page.evaluate(() => window.personalize.ready);
    await page.evaluate(`${track('purchase')} personalize.reset(); ${track('view')}`);
    await page.evaluate(() => window.personalize.flush());
    const sources = Object.fromEntries(
      aws.counted().map((event) => [event.eventType, event.recommendationId]),
    );
    expect(sources).toEqual({ click: 'RID-1', purchase: 'RID-1', view: undefined });
  });

  for (const order of ['before', 'after']) {
    test(`remembers what the page's own unload listener records ${order} the tracker's`, async ({
      page,
      site,
    }) => {
      const listener = `addEventListener('pagehide', () => {
        personalize.track('click', 'a', { recommendationId: 'RID-1' });
      });`;
      site.add('/', `${order === 'before' ? `<script>${listener}</script>` : ''}${site.tag()}`);
      await page.goto(site.url);
      await page.evaluate(() => window.personalize.ready);
      if (order === 'after') await page.evaluate(listener);
      site.add('/next', site.tag());
      await page.goto(`${site.url}/next`);
      await collectRecorded(page);
      await purchase(page, 'a');
      expect(await recorded(page, 'itemId', 'recommendationId')).toEqual([['a', 'RID-1']]);
    });
  }

  test('uses the last click and ignores mere impressions', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, '<main></main>', { 'data-impression-time': '0' });
    await page.evaluate(
      (html) => {
        (document.querySelector('main') as Element).innerHTML = html;
      },
      LIST.replace('-list', '-list data-personalize-impression'),
    );
    await expect.poll(() => recorded(page, 'itemId')).toEqual(['a', 'b']);
    await purchase(page, 'a');
    await page.getByText('a', { exact: true }).click();
    await page.evaluate(() => {
      document
        .querySelector('[data-personalize-list]')
        ?.setAttribute('data-personalize-recommendation-id', 'RID-2');
    });
    await page.getByText('a', { exact: true }).click();
    await purchase(page, 'a');
    const events = (await recorded(page, 'eventType', 'recommendationId')) as unknown[][];
    expect(events.filter(([type]) => type === 'purchase')).toEqual([
      ['purchase', undefined],
      ['purchase', 'RID-2'],
    ]);
  });

  test('ends with the session and can be switched off', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, LIST);
    await page.getByText('a', { exact: true }).click();
    await page.evaluate(() => window.personalize.reset());
    await purchase(page, 'a');
    await page.getByText('a', { exact: true }).click();
    const withoutAttribution = await openDetail(page, site, { 'data-attribution': 'false' });
    await purchase(withoutAttribution, 'a');
    expect((await recorded(page, ...FIELDS)).at(1)).toEqual(['purchase', undefined, undefined]);
    expect(await recorded(withoutAttribution, ...FIELDS)).toEqual([['purchase', undefined, undefined]]);
  });

  test('covers the last thousand items', async ({ page, site }) => {
    await open(page, site, '');
    await page.evaluate(() => {
      for (let n = 0; n < 1001; n++)
        window.personalize.track('click', `i${n}`, { recommendationId: `R${n}` });
    });
    for (const item of ['i0', 'i1', 'i1000']) await purchase(page, item);
    expect((await recorded(page, 'recommendationId')).slice(1001)).toEqual([undefined, 'R1', 'R1000']);
  });
});

test('a domain sets the default event types of its use cases', { tag: '@core' }, async ({ page, site }) => {
  await open(page, site, `<main data-personalize-item="a" data-personalize-on="load"></main>`, {
    'data-domain': 'ECOMMERCE',
    'data-impression-time': '0',
  });
  await page.evaluate(
    (html) => {
      document.body.innerHTML = html;
    },
    `${tiles(['c'], 'data-personalize-impression')}
     <main data-personalize-item="b" data-personalize-on="load">
       <form data-personalize-on="submit" onsubmit="return false"><button>buy</button></form>
       <input data-personalize-on="change" aria-label="rating"></main>`,
  );
  await page.getByText('c', { exact: true }).click();
  await page.getByText('buy').click();
  await page.getByLabel('rating').fill('4');
  await page.getByLabel('rating').blur();
  await expect
    .poll(async () => new Set(await recorded(page, 'eventType')))
    .toEqual(new Set(['View', 'Click', 'Impression', 'Purchase', 'Rate']));
});

test('bots are recorded unless ignoreBots is set', async ({ page, site }) => {
  // An automated browser reports itself as one.
  expect(await page.evaluate(() => navigator.webdriver)).toBe(true);
  await open(page, site, '');
  expect(await page.evaluate(() => window.personalize.track('click', 'a'))).toBeTruthy();
  site.add('/quiet', site.tag({ 'data-ignore-bots': '' }));
  await page.goto(`${site.url}/quiet`);
  const outcome = await page.evaluate(() => {
    let reason = '';
    window.personalize.on('rejected', (rejected: { reason: string }) => {
      reason = rejected.reason;
    });
    return [window.personalize.track('click', 'a'), reason];
  });
  expect(outcome).toEqual([undefined, expect.stringContaining('ignoreBots')]);
});

test('an empty attribute counts as missing, and white space around a value is trimmed', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(
    page,
    site,
    `<section data-personalize-list="" data-personalize-recommendation-id=" RID-1&#10;" data-personalize-source="">
       <p data-personalize-item=" a " data-personalize-value="">a</p>
       <p data-personalize-item="b" data-personalize-recommendation-id="  " data-personalize-event=" like ">b
         <i data-personalize-item="" data-personalize-on="" data-personalize-property-row="">inner</i></p>
       <p data-personalize-item=" ">empty</p>
     </section>
     <p data-personalize-item="" data-personalize-action=" join ">action</p>`,
    { 'data-action-tracking-id': 'demo-action-tracker', 'data-user-id': '', 'data-impression-items': 'all' },
  );
  await page.evaluate(() => {
    const main = '<main data-personalize-item="c\n" data-personalize-on=" load "></main>';
    document.body.insertAdjacentHTML('beforeend', main);
  });
  await waitForObservers(page);
  for (const text of ['a', 'inner', 'empty', 'action']) await page.getByText(text, { exact: true }).click();
  const fields = ['eventType', 'itemId', 'actionId', 'eventValue', 'recommendationId', 'impression'];
  expect(await recorded(page, ...fields, 'properties')).toEqual(
    [
      ['view', 'c'],
      ['click', 'a', undefined, undefined, 'RID-1', ['a', 'b']],
      ['like', 'b', undefined, undefined, 'RID-1', ['a', 'b']],
      ['Taken', undefined, 'join'],
    ].map((row) => [...row, ...Array(7 - row.length).fill(undefined)]),
  );
});

test('an empty mark inside a tile makes no impression', async ({ page, site, aws }) => {
  site.add(
    '/',
    `<article data-personalize-item="a" data-personalize-impression><p data-personalize-item="">text</p></article>
     <article data-personalize-item="b"><p data-personalize-item="" data-personalize-impression>text</p></article>
     ${site.tag({ 'data-impression-time': '0' })}`,
  );
  await page.goto(site.url);
  await expect
    .poll(async () => {
      await page.evaluate(() => window.personalize.flush());
      return aws.counted().map(({ eventType, itemId }) => [eventType, itemId]);
    })
    .toEqual([['impression', 'a']]);
});
