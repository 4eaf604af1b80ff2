// Tests that odd arguments and markup neither throw nor lose other events.
import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Site, warmUp } from '../support/fixtures.js';
import { collectRecorded, recorded } from '../support/paused-page.js';
import { counted, flush, LONG_FLUSH_INTERVAL, record } from '../support/visits.js';

const open = async (page: Page, site: Site, body = '', options = {}) => {
  site.add('/', `${body}${site.tag(options)}`);
  await page.goto(site.url);
  await collectRecorded(page);
  await page.evaluate(() => window.personalize.ready);
};

/** Property names that every object inherits. */
const INHERITED = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

test.describe('inherited property names', () => {
  test('are ordinary names in calls', { tag: '@core' }, async ({ page, aws, site }) => {
    await open(page, site);
    const before = await page.evaluate(() =>
      [Object, Array, String].map((of) => Object.getOwnPropertyNames(of.prototype)),
    );
    await page.evaluate((names) => {
      for (const name of names) {
        window.personalize.track({
          eventType: name,
          itemId: name,
          eventId: name,
          recommendationId: name,
          impression: names,
          properties: JSON.parse(JSON.stringify({ X: name }).replace('X', name)),
        });
      }
      window.personalize.identify('__proto__');
      return window.personalize.flush();
    }, INHERITED);
    expect(aws.counted()).toEqual(
      INHERITED.map((name) => ({
        eventType: name,
        itemId: name,
        eventId: name,
        recommendationId: name,
        impression: INHERITED,
        properties: `{"${name}":"${name}"}`,
        sentAt: expect.any(Number),
      })),
    );
    // Through storage, and with the attribution of earlier events.
    await page.evaluate((names) => {
      for (const name of names) window.personalize.track('later', name);
      return window.personalize.flush();
    }, INHERITED);
    expect(aws.acknowledged.slice(INHERITED.length)).toMatchObject(
      INHERITED.map((name) => ({ userId: '__proto__', event: { itemId: name, recommendationId: name } })),
    );
    expect(
      await page.evaluate(() =>
        [Object, Array, String].map((of) => Object.getOwnPropertyNames(of.prototype)),
      ),
    ).toEqual(before);
  });

  test('are ordinary names in markup', { tag: '@core' }, async ({ page, site }) => {
    const tiles = INHERITED.map(
      (name) => `<p data-personalize-item="${name}" data-personalize-property-to-string="a"
        data-personalize-property-constructor="b" data-personalize-property-__proto__="c">${name}</p>`,
    );
    await open(page, site, `<main data-personalize-list="__proto__">${tiles.join('')}</main>`, {
      'data-impression-items': 'all',
    });
    for (const name of INHERITED) await page.getByText(name, { exact: true }).click();
    expect(await recorded(page, 'itemId', 'impression', 'properties')).toEqual(
      INHERITED.map((name) => [
        name,
        INHERITED,
        expect.stringMatching(/^(?=.*"toString":"a")(?=.*"constructor":"b").*__proto__.*:"c"/),
      ]),
    );
  });
});

const MEGABYTE = 2 ** 20;

test('a megabyte in an attribute rejects only its own event', async ({ page, aws, site }) => {
  const rejected: string[] = [];
  await page.exposeFunction('reject', (reason: string) => rejected.push(reason));
  await open(page, site, '<main data-personalize-list></main>', { 'data-impression-items': 'all' });
  await page.evaluate((length) => {
    window.personalize.on('rejected', ({ reason }: { reason: string }) =>
      (window as Window & { reject?(reason: string): void }).reject?.(reason),
    );
    const names = ['item', 'event', 'value', 'recommendation-id', 'source', 'property-text'];
    const list = document.querySelector('main') as Element;
    for (const name of [...names, 'good']) {
      const tile = document.createElement('p');
      tile.dataset.personalizeItem = `of-${name}`;
      tile.textContent = name;
      if (name !== 'good') tile.setAttribute(`data-personalize-${name}`, 'x'.repeat(length));
      list.append(tile);
      tile.click();
    }
  }, MEGABYTE);
  await flush(page);
  const REASONS = [
    'itemId',
    'eventType',
    'eventValue',
    'recommendationId',
    'metricAttribution',
    'properties',
  ];
  expect(rejected).toEqual(REASONS.map((field) => expect.stringMatching(`^${field} must be .{1,300}$`)));
  expect(counted(aws)).toEqual(['of-good']);
});

test('a component with throwing members loses only its own event', {
  tag: '@core',
}, async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => {
    customElements.define(
      'odd-tile',
      class extends HTMLElement {
        override get dataset(): DOMStringMap {
          throw new Error('none of your business');
        }
      },
    );
    const view = (name: string) =>
      `<${name} data-personalize-item="${name}" data-personalize-on="load">${name}</${name}>`;
    document.body.insertAdjacentHTML('beforeend', view('odd-tile') + view('p'));
  });
  await page.getByText('odd-tile').click();
  await expect.poll(() => recorded(page, 'eventType', 'itemId')).toEqual([['view', 'p']]);
});

/** A lone surrogate, which UTF-8 cannot encode. */
const LONE_SURROGATE = '\ud800';

test('an event with a lone surrogate arrives, or is refused alone', async ({ page, aws, site }) => {
  await open(
    page,
    site,
    '<p data-personalize-list><b data-personalize-item="x" data-personalize-list>tile</b></p>',
  );
  aws.fail({ refuseItem: `refused${LONE_SURROGATE}` });
  await page.evaluate((lone) => {
    const { personalize } = window;
    personalize.track('click', 'mate-1');
    for (const field of ['eventType', 'itemId', 'eventId', 'recommendationId']) {
      personalize.track({ eventType: 'click', itemId: 'mate', [field]: field + lone });
    }
    personalize.track('click', 'in', { impression: [lone], properties: { [lone]: lone } });
    personalize.track('click', `refused${lone}`);
    personalize.track('click', 'mate-2');
    const tile = document.querySelector('b') as HTMLElement;
    tile.dataset.personalizeItem = `tile${lone}`;
    tile.dataset.personalizePropertyText = lone;
    tile.click();
    return personalize.flush();
  }, LONE_SURROGATE);
  const ids = [
    'in',
    `itemId${LONE_SURROGATE}`,
    'mate',
    'mate',
    'mate',
    'mate-1',
    'mate-2',
    `tile${LONE_SURROGATE}`,
  ].sort();
  expect(counted(aws)).toEqual(ids);
  expect(aws.counted().find((event) => event.itemId === 'in')).toMatchObject({
    impression: [LONE_SURROGATE],
    properties: JSON.stringify({ [LONE_SURROGATE]: LONE_SURROGATE }),
  });
  // Sends a signed beacon with a lone surrogate as the user ID.
  await page.evaluate((lone) => window.personalize.identify(lone), LONE_SURROGATE);
  await record(page, `left${LONE_SURROGATE}`, 'left');
  await page.goto('about:blank');
  await expect.poll(() => counted(aws)).toEqual([...ids, 'left', `left${LONE_SURROGATE}`].sort());
});

/** Runs in the page: passes each value as each argument of each call. */
const callWithAnything = () => {
  const cyclic: Record<string, unknown> = { eventType: 'click' };
  cyclic.self = cyclic;
  const throwing = new Proxy(
    {},
    {
      get() {
        throw new Error('get');
      },
      has() {
        throw new Error('has');
      },
      ownKeys() {
        throw new Error('ownKeys');
      },
    },
  );
  const getter = Object.defineProperty({ eventType: 'click' }, 'itemId', {
    enumerable: true,
    get() {
      throw new Error('getter');
    },
  });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  let reads = 0;
  /** Valid at the first read, invalid at later ones. */
  const changing = {
    eventType: 'click',
    get properties() {
      return reads++ ? { deep: { cyclic, big: 1n } } : { flat: 1 };
    },
  };
  const values = [
    ...[undefined, null, true, 0, -0, 42, Number.NaN, Number.POSITIVE_INFINITY, '', 'text', 1n, Symbol('s')],
    ...[[], ['click', 'a'], {}, new Date(Number.NaN), /x/, new Map(), () => 'f', window, document.body],
    ...[cyclic, throwing, getter, revoked, changing, Object.create(null), new Proxy(() => {}, {})],
    {
      eventType: 'click',
      toJSON() {
        throw new Error('toJSON');
      },
    },
    { eventType: { toString: null, valueOf: null } },
    { eventType: 'click', properties: cyclic },
    { eventType: 'click', properties: throwing },
    { eventType: 'click', impression: throwing, sentAt: throwing, eventValue: 1n },
    { eventType: 'click', metricAttribution: getter, eventId: revoked },
  ];
  const { personalize } = window;
  const calls: Record<string, (value: unknown) => unknown> = {
    'track(value)': (value) => personalize.track(value),
    'track(value, …)': (value) => personalize.track(value, 'a', {}),
    'track(…, value)': (value) => personalize.track('click', value),
    'track(…, …, value)': (value) => personalize.track('click', 'a', value),
    'track({ value })': (value) =>
      personalize.track({ eventType: 'click', eventId: value, properties: { value } }),
    'trackAction(value)': (value) => personalize.trackAction(value, value, value),
    'trackAction(…, value)': (value) => personalize.trackAction('Taken', value, value),
    'identify(value)': (value) => typeof value !== 'string' && personalize.identify(value),
    'on(value, value)': (value) => personalize.on(value, value)(),
    'init(value)': (value) => personalize.init?.(value),
    'init({ value })': (value) =>
      personalize.init?.({ trackingId: value, endpoint: value, credentials: value, flushSize: value }),
  };
  const thrown = new Set<string>();
  for (const [name, call] of Object.entries(calls)) {
    for (const [i, value] of values.entries()) {
      // The service counts one event of an item per millisecond.
      personalize.track('good', `${name} ${i}`);
      try {
        call(value);
      } catch (error) {
        thrown.add(`${name}: ${error}`);
      }
    }
  }
  const good = Object.keys(calls).length * values.length;
  return personalize.flush().then(() => ({ thrown: [...thrown], good }));
};

test('no call throws for any argument, and no other event is lost', async ({ page, aws, site }) => {
  await open(page, site, '', { 'data-action-tracking-id': 'demo-action-tracker' });
  const { thrown, good } = await page.evaluate(callWithAnything);
  expect(thrown).toEqual([]);
  expect(aws.counted().filter((event) => event.eventType === 'good')).toHaveLength(good);
});

/** Patches that older libraries apply to a page. */
const PATCHES: Record<string, () => void> = {
  'Array.from (Prototype.js, MooTools)': () => {
    Object.assign(Array, { from: (iterable: ArrayLike<unknown>) => [].slice.call(iterable) });
  },
  'enumerable names on Object.prototype': () => {
    Object.assign(Object.prototype, { extend() {}, forEach() {} });
  },
  'enumerable names on Array.prototype': () => {
    Object.assign(Array.prototype, { each() {}, last() {}, remove() {} });
  },
  'a replaced Array.prototype.find': () => {
    Object.assign(Array.prototype, {
      find(this: unknown[], run: (value: unknown, i: number) => unknown) {
        for (let i = 0; i < this.length; i++) if (run(this[i], i)) return this[i];
      },
    });
  },
  'JSON.stringify that writes spaces': () => {
    const { stringify } = JSON;
    JSON.stringify = (value: unknown, how: never) => stringify(value, how, 1);
  },
  'a wrapped fetch': () => {
    const { fetch } = window;
    window.fetch = (...args) => fetch(...args).then((response) => response.clone());
  },
};

for (const [what, patch] of Object.entries(PATCHES)) {
  test(`events arrive unchanged with ${what}`, async ({ page, aws, site, consoleErrors }) => {
    await page.addInitScript(patch);
    await open(
      page,
      site,
      `<main data-personalize-list><p data-personalize-item="a" data-personalize-property-row="top">tile</p></main>
       <a href="/next" data-personalize-item="b">go</a>`,
      LONG_FLUSH_INTERVAL,
    );
    site.add('/next', '<h1>next</h1>');
    await warmUp(page);
    await page.getByText('tile').click();
    await flush(page);
    await page.getByText('go').click();
    await expect.poll(() => counted(aws)).toEqual(['a', 'b', 'none']);
    expect(aws.counted()[1]).toMatchObject({ eventType: 'click', impression: ['a'] });
    expect(JSON.parse(aws.counted()[1]?.properties as string)).toEqual({ row: 'top' });
    expect(aws.acknowledged.map((a) => a.form)).toEqual(['header', 'header', 'query']);
    expect(consoleErrors).toEqual([]);
  });
}

test("a listener that changes its event changes neither the queued event nor another listener's", {
  tag: '@core',
}, async ({ page, aws, site }) => {
  await open(page, site, '', LONG_FLUSH_INTERVAL);
  const reportedItems = await page.evaluate(async () => {
    const { personalize } = window;
    const reportedItems: string[] = [];
    const mutate = (event: Record<string, unknown>) => {
      (event.impression as string[] | undefined)?.push('spoilt');
      for (const name of Object.keys(event)) delete event[name];
      Object.assign(event, { eventId: 'spoilt', added: true, toJSON: () => 'spoilt' });
    };
    personalize.on('queued', mutate);
    personalize.on('delivered', mutate);
    personalize.on('delivered', (event: { itemId: string }) => reportedItems.push(event.itemId));
    personalize.on('rejected', (rejected: { event: Record<string, unknown> }) => mutate(rejected.event));
    personalize.on('rejected', ({ event }: { event: { itemId: string } }) =>
      reportedItems.push(event.itemId),
    );
    personalize.track('click', 'a', { impression: ['a', 'b'], properties: { x: 1 } });
    personalize.track('', 'refused');
    await personalize.flush();
    return reportedItems;
  });
  expect(reportedItems).toEqual(['refused', 'a']);
  expect(aws.counted()).toMatchObject([{ itemId: 'a', impression: ['a', 'b'], properties: '{"x":1}' }]);
  expect(aws.acknowledged).toHaveLength(1);
});

test('a rejected event is reported as a copy', async ({ page, site }) => {
  await open(page, site);
  const reported = await page.evaluate(() => {
    const cyclic: Record<string, unknown> = { eventType: 'click', run: () => 5, at: new Date(5) };
    cyclic.self = cyclic;
    const reported: Record<string, unknown>[] = [];
    window.personalize.on('rejected', ({ event }: { event: Record<string, unknown> }) =>
      reported.push(event),
    );
    window.personalize.track(cyclic);
    window.personalize.track({ eventType: 'click', eventId: document.body });
    window.personalize.track({
      get eventType() {
        throw new Error('mean');
      },
    });
    const [event] = reported as [Record<string, unknown>];
    return [
      event.self !== cyclic && JSON.stringify(event.self).length < 1000,
      event.run === cyclic.run,
      event.at !== cyclic.at && +(event.at as Date),
      reported[1]?.eventId !== document.body,
      reported[2],
    ];
  });
  expect(reported).toEqual([true, true, 5, true, {}]);
});

test('an event keeps the values that were validated', async ({ page, aws, site }) => {
  await open(page, site, '', LONG_FLUSH_INTERVAL);
  await page.evaluate(() => {
    let reads = 0;
    const details = {
      impression: ['a'],
      properties: {
        get fickle() {
          return reads++ ? { deep: true } : 'once';
        },
      },
    };
    window.personalize.track('click', 'a', details);
    details.impression.push('later');
    return window.personalize.flush();
  });
  expect(aws.counted()).toMatchObject([{ impression: ['a'], properties: '{"fickle":"once"}' }]);
});

test("delivery works when page code replaces the tracker's methods", async ({ page, aws, site }) => {
  await open(page, site, '', LONG_FLUSH_INTERVAL);
  await warmUp(page, 2);
  await page.evaluate(() => {
    const { track } = window.personalize;
    for (const name of ['ready', 'flush', 'identify', 'on', 'inspect', 'reset']) {
      Object.defineProperty(window.personalize, name, { value: undefined });
    }
    track('click', 'a');
    window.dispatchEvent(new Event('online'));
  });
  await page.goto('about:blank');
  await expect.poll(() => counted(aws)).toEqual(['a', 'none', 'none']);
});
