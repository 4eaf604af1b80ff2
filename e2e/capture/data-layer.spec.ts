import type { Page } from '@playwright/test';
import { pathOf } from '../../demo/script.js';
import { test } from '../support/console-errors.js';
import { expect, type Service, type Site } from '../support/fixtures.js';
import { GA4_EVENTS, GA4_EXAMPLES } from '../support/ga4-examples.js';
import { recorded } from '../support/paused-page.js';
import { whenIdle } from '../support/visits.js';

declare global {
  interface Window {
    // biome-ignore lint/suspicious/noExplicitAny: anything is pushed
    dataLayer: any;
    // biome-ignore lint/suspicious/noExplicitAny: and by any call
    gtag(...call: any[]): void;
    /** A page's own hook. */
    hook: unknown;
    /** Notes of a page's own hooks. */
    seen: unknown[];
    rejected: string[];
  }
}

/** Google's snippet, without its script. */
const GTAG = `<script>
  window.dataLayer = window.dataLayer || [];
  function gtag(){dataLayer.push(arguments);}
  gtag('js', new Date());
  gtag('config', 'G-12345');
</script>`;

const ON = { 'data-data-layer': '' };

const script = (code: string) => `<script>${code}</script>`;
const view = (...ids: unknown[]) => ({
  event: 'view_item',
  ecommerce: { items: ids.map((item_id) => ({ item_id })) },
});

/** Waits until the chunk of each tracker reads the data layer. */
const waitForChunk = (page: Page) =>
  page.evaluate(async (chunk) => {
    await import(chunk);
    // The tracker imported the chunk first, so its callback runs first.
    await new Promise((resolve) => setTimeout(resolve));
  }, pathOf('datalayer'));

/** Opens a page with the tag and collects what it records and rejects. `before` runs before the tag. */
const open = async (page: Page, site: Site, before = GTAG, tag: Record<string, string> = ON) => {
  const collect = script(
    `recorded = []; rejected = [];
     personalize.on('queued', (event) => recorded.push(event));
     personalize.on('rejected', ({ reason }) => rejected.push(reason));`,
  );
  const attributes = Object.entries({ 'data-flush-interval': '0', ...tag });
  const escaped = attributes.map(([name, value]) => [name, value.replaceAll('"', '&quot;')]);
  site.add('/', `${before}${site.tag(Object.fromEntries(escaped))}${collect}<h1>shop</h1>`);
  await page.goto(site.url);
  await waitForChunk(page);
  // Events are recorded once storage has been read, which needs consent.
  if (!tag['data-consent']) await page.evaluate(() => window.personalize.ready);
};

const push = (page: Page, ...entries: unknown[]) =>
  page.evaluate((all) => all.map((entry) => window.dataLayer.push(entry)), entries);
const items = (page: Page) => recorded(page, 'itemId');
const rejected = (page: Page) => page.evaluate(() => window.rejected);

test.describe("Google's examples make the documented events:", () => {
  const entries = Object.entries(GA4_EXAMPLES);
  const expected = GA4_EVENTS.map((event) => expect.objectContaining(event));

  test('dataLayer.push()', { tag: '@core' }, async ({ page, site, aws }) => {
    await open(page, site);
    await push(page, ...entries.flatMap(([event, ecommerce]) => [{ ecommerce: null }, { event, ecommerce }]));
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toEqual(expected);
  });

  test('gtag()', { tag: '@core' }, async ({ page, site, aws }) => {
    await open(page, site);
    await page.evaluate((all) => {
      for (const [name, parameters] of all) window.gtag('event', name, parameters);
    }, entries);
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toEqual(expected);
  });

  test('pushed before the script', async ({ page, site, aws }) => {
    const pushes = entries.map(([name, all]) => `gtag('event', '${name}', ${JSON.stringify(all)});`);
    await open(page, site, GTAG + script(pushes.join('')));
    await page.evaluate(() => window.personalize.flush());
    expect(aws.counted()).toEqual(expected);
  });
});

test('without the option, the data layer is not read and the chunk is not loaded', async ({ page, site }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await open(page, site, GTAG, {});
  await push(page, view('a'));
  const own = await page.evaluate(() => Object.hasOwn(window.dataLayer, 'push'));
  expect([await items(page), own]).toEqual([[], false]);
  // The test itself has loaded it.
  expect(loaded.filter((url) => url.includes('datalayer'))).toHaveLength(1);
});

test.describe('the order of tag managers:', () => {
  /** Stands in for Tag Manager: it reads what was pushed, and replaces `push` by one that calls the old one. */
  const GTM = `(() => {
    const layer = (window.dataLayer = window.dataLayer || []);
    window.seen = [];
    const old = layer.push;
    layer.push = function () {
      const entries = [].slice.call(arguments);
      const length = old.apply(layer, entries);
      seen.push(...entries);
      while (layer.length > 300) layer.shift();
      return length > 0;
    };
    seen.push(...layer);
  })();`;

  test('Tag Manager before the script', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site, script(`dataLayer = [${JSON.stringify(view('a'))}];${GTM}`));
    expect(await push(page, view('b'), view('c'))).toEqual([true, true]);
    expect(await items(page)).toEqual(['a', 'b', 'c']);
    expect(await page.evaluate(() => window.seen.length)).toBe(3);
  });

  test('Tag Manager after the script', async ({ page, site }) => {
    await open(page, site);
    await push(page, view('a'));
    // In one task, so that the tracker's hook is still below Tag Manager's.
    const returned = await page.evaluate(
      ([code, entry]) => {
        new Function(code)();
        window.hook = window.dataLayer.push;
        return window.dataLayer.push(entry);
      },
      [GTM, view('b')] as const,
    );
    expect(returned).toBe(true);
    expect(await items(page)).toEqual(['a', 'b']);
    expect(await page.evaluate(() => window.seen.length)).toBe(4);
    // Later it is above.
    await expect.poll(() => page.evaluate(() => window.dataLayer.push !== window.hook)).toBe(true);
    expect(await push(page, view('c'))).toEqual([true]);
    expect(await items(page)).toEqual(['a', 'b', 'c']);
    expect(await page.evaluate(() => window.seen.length)).toBe(5);
  });

  test('a long visit, in which Tag Manager keeps 300 entries', async ({ page, site }) => {
    await open(page, site, script(GTM));
    await page.evaluate(() => {
      for (let n = 0; n < 700; n++) window.dataLayer.push({ event: 'scroll' });
    });
    await push(page, view('a'));
    await expect.poll(() => page.evaluate(() => window.dataLayer.length)).toBe(300);
    expect(await items(page)).toEqual(['a']);
  });

  test('a tag that pushes while a push runs', async ({ page, site }) => {
    const tag = `dataLayer = [];
      const old = dataLayer.push;
      dataLayer.push = function (entry) {
        const copy = { ...entry };
        const length = old.call(dataLayer, copy);
        if (entry.event === 'view_item') dataLayer.push({ event: 'add_to_cart', ecommerce: entry.ecommerce });
        return length;
      };`;
    await open(page, site, script(`{${tag}}`));
    await push(page, view('a'));
    await push(page, { event: 'other' });
    expect(await recorded(page, 'eventType', 'itemId')).toEqual([
      ['view', 'a'],
      ['add_to_cart', 'a'],
    ]);
  });

  test("an ad blocker's stand-in, which keeps nothing", async ({ page, site }) => {
    await open(page, site);
    const before = await page.evaluateHandle(() => {
      window.dataLayer.push = () => {};
      return window.dataLayer.push;
    });
    await expect.poll(() => page.evaluate((own) => window.dataLayer.push !== own, before)).toBe(true);
    await push(page, view('a'));
    expect(await items(page)).toEqual(['a']);
  });
});

test.describe('a data layer that changes:', () => {
  test('it may be made late, under any name', async ({ page, site }) => {
    await open(page, site, '', { 'data-data-layer': 'shopLayer' });
    await page.evaluate((entry) => {
      Object.assign(window, {
        dataLayer: [entry],
        shopLayer: [{ ...entry, ecommerce: { items: [{ item_id: 'b' }] } }],
      });
    }, view('a'));
    await expect.poll(() => items(page)).toEqual(['b']);
  });

  test('another array is read, its old entries once', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site);
    await push(page, view('a'));
    await page.evaluate((entry) => {
      window.dataLayer = [...window.dataLayer, entry];
    }, view('b'));
    await expect.poll(() => items(page)).toEqual(['a', 'b']);
    await push(page, view('c'));
    expect(await items(page)).toEqual(['a', 'b', 'c']);
  });

  test('what another array holds as the page is left arrives', async ({ page, site, aws }) => {
    site.add('/next', 'next');
    await open(page, site);
    await page.evaluate(() => window.personalize.track('warm-up', 'none'));
    await page.evaluate(() => window.personalize.flush());
    await page.evaluate((entry) => {
      window.dataLayer = [entry];
      location.href = '/next';
    }, view('a'));
    await expect.poll(() => aws.counted().map(({ itemId }) => itemId)).toEqual(['none', 'a']);
  });

  test('entries that no push adds are read', async ({ page, site }) => {
    await open(page, site);
    await page.evaluate((entry) => Array.prototype.push.call(window.dataLayer, entry), view('a'));
    await push(page, view('b'));
    await expect.poll(() => items(page)).toEqual(['a', 'b']);
  });

  test('one object that is pushed twice counts twice, at once', async ({ page, site }) => {
    await open(page, site);
    await page.evaluate((entry) => {
      window.dataLayer.push(entry);
      window.dataLayer.push(entry, entry);
    }, view('a'));
    expect(await items(page)).toEqual(['a', 'a', 'a']);
  });

  test('a frozen array, an object, and no data layer at all do no harm', async ({
    page,
    site,
    consoleErrors,
  }) => {
    for (const layer of [
      `Object.freeze([${JSON.stringify(view('a'))}])`,
      `{ push(entry) { return entry.event; } }`,
      `document.body`,
      '7',
    ]) {
      await open(page, site, script(`dataLayer = ${layer}`));
      await page.evaluate((entry) => {
        try {
          window.seen = [window.dataLayer.push(entry)];
        } catch (error) {
          window.seen = [`${error}`];
        }
      }, view('b'));
      const [returned] = await page.evaluate(() => window.seen);
      const expected: Record<string, unknown> = {
        O: /TypeError/,
        '{': /^view_item$/,
        d: /TypeError/,
        7: /TypeError/,
      };
      expect(returned).toMatch(expected[layer[0] as string] as RegExp);
      expect(await items(page)).toEqual(layer.startsWith('O') ? ['a'] : layer.startsWith('{') ? ['b'] : []);
    }
    expect(consoleErrors).toEqual([]);
  });
});

test.describe('pages and their other scripts', () => {
  test('get what push returned before, and its errors', { tag: '@core' }, async ({ page, site }) => {
    await open(
      page,
      site,
      script(`dataLayer = []; dataLayer.push = function (...entries) {
        if (entries[0] === 'throw') throw new RangeError('theirs');
        return [this === dataLayer, entries.length];
      };`),
    );
    const results = await page.evaluate((entry) => {
      const { dataLayer } = window;
      let error: unknown;
      try {
        dataLayer.push('throw');
      } catch (thrown) {
        error = `${thrown}`;
      }
      return [dataLayer.push(entry, 1), dataLayer.push.call(undefined, entry), error];
    }, view('a'));
    expect(results).toEqual([[true, 2], [false, 1], 'RangeError: theirs']);
    expect(await items(page)).toEqual(['a', 'a']);
  });

  test('an event counts although a hook throws', async ({ page, site }) => {
    await open(page, site, script(`dataLayer = []; dataLayer.push = () => { throw new Error('theirs') };`));
    const error = await page.evaluate((entry) => {
      try {
        return window.dataLayer.push(entry);
      } catch (thrown) {
        return `${thrown}`;
      }
    }, view('a'));
    expect([error, await items(page)]).toEqual(['Error: theirs', ['a']]);
  });

  test('stop() leaves the data layer as it was', { tag: '@core' }, async ({ page, site }) => {
    await open(page, site);
    const states = await page.evaluate((entry) => {
      const state = () => [
        Object.keys(window.dataLayer).includes('push'),
        Object.hasOwn(window.dataLayer, 'push'),
        window.dataLayer.push === Array.prototype.push,
      ];
      const before = state();
      window.personalize.stop();
      window.dataLayer.push(entry);
      return [before, state()];
    }, view('a'));
    expect(states).toEqual([
      [false, true, false],
      [false, false, true],
    ]);
    expect(await items(page)).toEqual([]);
  });

  test("stop() puts back a hook of the page's, and leaves one above its own", async ({ page, site }) => {
    await open(page, site, script(`dataLayer = []; hook = dataLayer.push = (entry) => entry.event;`));
    const results = await page.evaluate((entry) => {
      const above = window.dataLayer.push;
      window.dataLayer.push = (each: unknown) => [above(each)];
      window.personalize.stop();
      const wrapped = window.dataLayer.push(entry);
      window.dataLayer.push = above;
      return [wrapped, window.dataLayer.push(entry)];
    }, view('a'));
    expect(results).toEqual([['view_item'], 'view_item']);
    await page.goto(site.url);
    await waitForChunk(page);
    expect(
      await page.evaluate(() => {
        window.personalize.stop();
        return window.dataLayer.push === window.hook;
      }),
    ).toBe(true);
    expect(await items(page)).toEqual([]);
  });

  test('each tracker with the option reads by itself', async ({ page, site, aws }) => {
    await open(page, site);
    await page.evaluate(async (endpoint) => {
      const other = window.personalize.init({ trackingId: 'second', endpoint, dataLayer: true });
      other.on('queued', (event: Record<string, unknown>) =>
        window.recorded.push({ ...event, eventType: 'second' }),
      );
      await other.ready;
    }, aws.url);
    await waitForChunk(page);
    await push(page, view('a'));
    expect((await recorded(page, 'eventType', 'itemId')).sort()).toEqual([
      ['second', 'a'],
      ['view', 'a'],
    ]);
  });
});

test.describe('hostile entries', () => {
  test('throw nothing into the page, and the next ones count', { tag: '@core' }, async ({
    page,
    site,
    consoleErrors,
  }) => {
    await open(page, site);
    const returned = await page.evaluate((good) => {
      const thrower = (name: string) =>
        Object.defineProperty({}, name, {
          enumerable: true,
          get() {
            throw new Error(`no ${name}`);
          },
        });
      const cycle: Record<string, unknown> = { event: 'view_item' };
      cycle.ecommerce = cycle;
      cycle.items = [cycle];
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      const item = (value: object) => ({ event: 'view_item', ecommerce: { items: [value] } });
      const entries = [
        thrower('event'),
        { event: 'view_item', ecommerce: thrower('items') },
        item(thrower('item_id')),
        item({
          item_id: 'a',
          get price() {
            throw new Error('no price');
          },
        }),
        cycle,
        proxy,
        Object.create(null),
        item({
          item_id: {
            toString() {
              throw new Error('no text');
            },
          },
        }),
        item({ item_id: 'huge', price: '9', all: Array.from({ length: 1e5 }, () => ({})) }),
        {
          event: 'view_item',
          ecommerce: {
            get items() {
              throw {
                toString() {
                  throw 1;
                },
              };
            },
          },
        },
        good,
      ];
      return entries.map((entry) => window.dataLayer.push(entry)).length;
    }, view('good'));
    expect(returned).toBe(11);
    expect(await items(page)).toEqual(['huge', 'good']);
    expect(await rejected(page)).toEqual([
      'dataLayer: Error: no event',
      'dataLayer: Error: no items',
      'dataLayer: Error: no item_id',
      'dataLayer: Error: no price',
      'dataLayer: items[0].item_id of view_item must be text or a number',
      expect.stringContaining('revoked'),
      'dataLayer: items[0].item_id of view_item must be text or a number',
    ]);
    // An error that cannot even be written as text.
    expect(consoleErrors).toHaveLength(1);
  });

  test('over a limit of the service are rejected with its name, and the other items count', async ({
    page,
    site,
  }) => {
    await open(page, site);
    const items_ = [{ item_id: 'x'.repeat(257) }, { item_id: 'a', price: 1e300 }, { item_id: 'b' }];
    await push(page, { event: 'view_item', ecommerce: { items: items_ } });
    expect(await items(page)).toEqual(['b']);
    expect(await rejected(page)).toEqual([
      expect.stringContaining('itemId must be a string of 1-256 characters'),
      expect.stringContaining('eventValue must be a finite 32-bit number'),
    ]);
  });

  test('a wrong table of events is reported, and the others are made', async ({
    page,
    site,
    consoleErrors,
  }) => {
    await open(page, site, GTAG, { ...ON, 'data-data-layer-events': '{"view_item":true}' });
    await push(page, view('a'));
    expect(await items(page)).toEqual(['a']);
    expect(consoleErrors).toEqual([
      'personalize-beacon: dataLayerEvents must be an object of event types, or false; got {"view_item":true}',
    ]);
  });
});

test.describe('the user', () => {
  const users = (aws: Service) => aws.acknowledged.map(({ userId, event }) => [event.itemId, userId]);
  const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

  test('is identified by user_id, and signed out by null', { tag: '@core' }, async ({ page, site, aws }) => {
    await open(page, site);
    await page.evaluate(() => window.personalize.ready);
    const session = () => page.evaluate(() => window.personalize.sessionId);
    const first = await session();
    // Pages push it for anonymous visitors: they keep their session.
    await push(page, { user_id: null }, view('before'));
    await page.evaluate(() => window.gtag('set', { user_id: 'ann' }));
    await push(page, view('ann'));
    await page.evaluate(() => window.gtag('config', 'G-12345', { user_id: 'ann' }));
    expect(await session()).toBe(first);
    await push(page, { event: 'logout', user_id: null }, view('after'));
    const second = await session();
    await push(page, { user_id: '' }, { event: 'login', user_id: 'bob' }, view('bob'));
    expect(second).not.toBe(first);
    expect(await session()).toBe(second);
    await flush(page);
    expect(users(aws)).toEqual([
      ['before', undefined],
      ['ann', 'ann'],
      ['after', undefined],
      ['bob', 'bob'],
    ]);
  });

  test('of an earlier page is signed out before storage has been read', async ({ page, site, aws }) => {
    await open(page, site);
    await push(page, { user_id: 'ann' }, view('a'));
    await flush(page);
    await open(
      page,
      site,
      `${GTAG}${script(`dataLayer.push({ user_id: null }, ${JSON.stringify(view('b'))})`)}`,
    );
    await flush(page);
    expect(users(aws)).toEqual([
      ['a', 'ann'],
      ['b', undefined],
    ]);
  });
});

test('nothing is recorded before consent, and all of it after', async ({ page, site, aws }) => {
  await open(page, site, GTAG, { ...ON, 'data-consent': 'required' });
  await push(page, view('a'), { user_id: 'ann' }, view('b'));
  await whenIdle(page);
  expect(aws.requests).toEqual([]);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.evaluate(() => window.personalize.consent(true));
  await page.evaluate(() => window.personalize.flush());
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
});

test('a click that is marked up and pushed counts once, with the markup', { tag: '@core' }, async ({
  page,
  site,
}) => {
  const select = { event: 'select_item', ecommerce: { items: [{ item_id: 'a' }] } };
  await page.clock.install();
  await open(
    page,
    site,
    `${GTAG}<a href="#" data-personalize-item="a" data-personalize-recommendation-id="RID-1">marked</a>
     ${script(`document.onclick = () => dataLayer.push(${JSON.stringify(select)})`)}`,
  );
  await page.getByText('marked').click();
  await push(page, view('a'));
  expect(await recorded(page, 'eventType', 'itemId', 'recommendationId')).toEqual([
    ['click', 'a', 'RID-1'],
    ['view', 'a', 'RID-1'],
  ]);
  // Later it is another click.
  await page.clock.fastForward(2000);
  await push(page, select);
  expect(await recorded(page, 'eventType')).toEqual(['click', 'view', 'click']);
});

test('a list makes events if the table says so, which no later event is attributed to', async ({
  page,
  site,
}) => {
  await open(page, site, GTAG, { ...ON, 'data-data-layer-events': '{"view_item_list":"shown"}' });
  await push(
    page,
    {
      event: 'view_item_list',
      ecommerce: { recommendation_id: 'RID-1', items: [{ item_id: 'a' }, { item_id: 'b' }] },
    },
    view('a'),
  );
  expect(await recorded(page, 'eventType', 'itemId', 'recommendationId', 'impression')).toEqual([
    ['shown', 'a', 'RID-1', ['a', 'b']],
    ['shown', 'b', 'RID-1', ['a', 'b']],
    ['view', 'a', undefined, undefined],
  ]);
});

test('fields that are listed become properties', async ({ page, site, aws }) => {
  await open(page, site, GTAG, { ...ON, 'data-data-layer-properties': '["quantity"]' });
  await push(page, {
    event: 'add_to_cart',
    ecommerce: { items: [{ item_id: 'a', price: '9.99', quantity: '2' }] },
  });
  await page.evaluate(() => window.personalize.flush());
  expect(aws.counted()).toMatchObject([
    { eventType: 'add_to_cart', itemId: 'a', eventValue: 9.99, properties: '{"quantity":2}' },
  ]);
});

test('a single-page shop: lists, clicks, views and purchases of several routes', async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => {
    const { dataLayer } = window;
    const route = (path: string, event: string, ecommerce: object) => {
      history.pushState({}, '', path);
      dataLayer.push({ ecommerce: null });
      dataLayer.push({ event, ecommerce });
    };
    const shelf = { item_list_id: 'shelf', item_list_name: 'Shelf' };
    route('/list', 'view_item_list', {
      ...shelf,
      recommendation_id: 'RID-1',
      items: [{ item_id: 'a' }, { item_id: 'b' }],
    });
    dataLayer.push({ event: 'select_item', ecommerce: { ...shelf, items: [{ item_id: 'b' }] } });
    route('/b', 'view_item', { items: [{ item_id: 'b', price: 5 }] });
    dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'b', price: 5 }] } });
    route('/thanks', 'purchase', { transaction_id: 'T1', items: [{ item_id: 'b', price: 5 }] });
    route('/c', 'view_item', { items: [{ item_id: 'c' }] });
  });
  expect(await recorded(page, 'eventType', 'itemId', 'recommendationId', 'impression')).toEqual([
    ['click', 'b', 'RID-1', ['a', 'b']],
    ['view', 'b', 'RID-1', ['a', 'b']],
    ['add_to_cart', 'b', 'RID-1', ['a', 'b']],
    ['purchase', 'b', 'RID-1', ['a', 'b']],
    ['view', 'c', undefined, undefined],
  ]);
});
