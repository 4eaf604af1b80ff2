import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { createMapper, type ProductEvent } from '../../src/browser/commerce/product-events.js';
import { SEGMENT } from '../../src/browser/segment/segment-events.js';
import { personalizePlugin, type SegmentOptions } from '../../src/browser/segment/segment-plugin.js';
import { problemOf, type TrackedEvent } from '../../src/contract/event.js';
import { createEventTypeOf } from '../../src/contract/resolve-options.js';

type Call = [name: string, parameters?: object];

/** Returns the events of some calls of `analytics.track()`. */
const mapAll = (calls: Call[], options: SegmentOptions = {}): ProductEvent[] => {
  const { domain, ...others } = options;
  const eventTypeOf = createEventTypeOf(domain ? { domain } : {});
  const map = createMapper(SEGMENT, { ...others, isDomain: !!domain, eventTypeOf });
  return calls.flatMap(([name, parameters = {}]) => {
    const product: Record<string, unknown> = { ...parameters };
    return map({ name, parameter: (field) => product[field], product }).map(({ event }) => event);
  });
};
const mapOne = (name: string, parameters: object, options?: SegmentOptions) =>
  mapAll([[name, parameters]], options);

const products = (...ids: string[]) => ids.map((product_id) => ({ product_id }));

test.describe('event types', () => {
  const names = [
    'Product List Viewed',
    'Product Clicked',
    'Product Viewed',
    'Product Added',
    'Order Completed',
  ];
  const product = { products: products('a'), product_id: 'a' };
  const typesOf = (options: SegmentOptions) =>
    names.map((name) => mapOne(name, product, options).map(({ eventType }) => eventType)[0]);

  test('are those of the markup', () => {
    expect(typesOf({})).toEqual([undefined, 'click', 'view', 'add_to_cart', 'purchase']);
  });

  test('are those of a domain', () => {
    expect(typesOf({ domain: 'ECOMMERCE' })).toEqual([undefined, 'Click', 'View', 'AddToCart', 'Purchase']);
  });

  test('are renamed, switched off and added by the option', () => {
    const events = {
      'Product Clicked': 'tap',
      'Product Viewed': false,
      'Product List Viewed': 'seen',
    } as const;
    expect(typesOf({ events })).toEqual(['seen', 'tap', undefined, 'add_to_cart', 'purchase']);
    expect(mapOne('Product Shared', product, { events: { 'Product Shared': 'share' } })).toEqual([
      { eventType: 'share', itemId: 'a' },
    ]);
  });

  test('names that objects inherit are no events', () => {
    expect(mapOne('constructor', product)).toEqual([]);
    expect(mapOne('Page Viewed', product)).toEqual([]);
  });
});

test.describe('impressions', () => {
  const list = (list_id: string | undefined, ...ids: string[]): Call => [
    'Product List Viewed',
    { list_id, products: products(...ids) },
  ];

  test('a click names the products of its list', () => {
    const calls: Call[] = [
      list('shelf', 'a', 'b', 'c'),
      ['Product Clicked', { product_id: 'b', list_id: 'shelf' }],
    ];
    expect(mapAll(calls)).toEqual([{ eventType: 'click', itemId: 'b', impression: ['a', 'b', 'c'] }]);
  });

  test('a click without a list belongs to the last one that shows its product', () => {
    const lists = [list('shelf', 'a', 'b'), list('more', 'b', 'c'), list('other', 'd')];
    expect(mapAll([...lists, ['Product Clicked', { product_id: 'b' }]])).toMatchObject([
      { impression: ['b', 'c'] },
    ]);
    expect(mapAll([...lists, ['Product Clicked', { product_id: 'a' }]])).toMatchObject([
      { impression: ['a', 'b'] },
    ]);
  });

  test('a click in another list, or of a product that no list shows, has none', () => {
    expect(mapAll([list('shelf', 'a'), ['Product Clicked', { product_id: 'a', list_id: 'x' }]])).toEqual([
      { eventType: 'click', itemId: 'a' },
    ]);
    expect(mapAll([list('shelf', 'a'), ['Product Clicked', { product_id: 'b' }]])).toEqual([
      { eventType: 'click', itemId: 'b' },
    ]);
  });

  test('other events name a list only if they say which', () => {
    const shelf = list('shelf', 'a', 'b');
    expect(mapAll([shelf, ['Product Viewed', { product_id: 'a' }]])).toEqual([
      { eventType: 'view', itemId: 'a' },
    ]);
    expect(mapAll([shelf, ['Product Viewed', { product_id: 'a', list_id: 'shelf' }]])).toMatchObject([
      { impression: ['a', 'b'] },
    ]);
  });

  test('a long list is cut around the product, as fast as a short one', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `${at}`);
    const clicks = ['0', '9000', '19999'].map((product_id): Call => ['Product Clicked', { product_id }]);
    const [first, middle, last] = mapAll([list('shelf', ...ids), ...clicks]);
    expect(first?.impression).toEqual(ids.slice(0, 25));
    expect(middle?.impression).toHaveLength(25);
    expect(middle?.impression).toContain('9000');
    expect(last?.impression).toEqual(ids.slice(-25));
  });

  test('an invalid product of a list does not spoil the impression', () => {
    const broken = [{ product_id: 'a' }, null, { product_id: 'x'.repeat(300) }, {}, { product_id: 7 }];
    const calls: Call[] = [
      ['Product List Viewed', { products: broken }],
      ['Product Clicked', { product_id: 'a' }],
    ];
    expect(mapAll(calls)).toMatchObject([{ impression: ['a', '7'] }]);
  });

  test('a list with an event type makes an event for each product', () => {
    const options = { events: { 'Product List Viewed': 'impression' } };
    expect(mapAll([list('shelf', 'a', 'b')], options)).toEqual([
      { eventType: 'impression', itemId: 'a', impression: ['a', 'b'] },
      { eventType: 'impression', itemId: 'b', impression: ['a', 'b'] },
    ]);
    expect(mapAll([list('shelf')], options)).toEqual([]);
    expect(mapAll([['Product List Viewed', { product_id: 'a' }]], options)).toEqual([]);
  });
});

test.describe('recommendations', () => {
  test('come from the product, or else the event, or else the list', () => {
    const shown: Call = [
      'Product List Viewed',
      { recommendation_id: 'list', products: products('a', 'b', 'c') },
    ];
    const order = {
      recommendation_id: 'event',
      products: [{ product_id: 'a', recommendation_id: 'own' }, { product_id: 'b' }],
    };
    const events = mapAll([shown, ['Product Clicked', { product_id: 'c' }], ['Order Completed', order]]);
    expect(events.map(({ recommendationId }) => recommendationId)).toEqual(['list', 'own', 'event']);
  });
});

test.describe('orders', () => {
  test('each product is a purchase with its price, whose ID repeats with the order', () => {
    const order = {
      order_id: 55,
      products: [
        { product_id: 'a', price: '9.99' },
        { product_id: 'b', price: 5 },
      ],
    };
    const purchases = [
      { eventType: 'purchase', itemId: 'a', eventValue: 9.99, eventId: '55-a' },
      { eventType: 'purchase', itemId: 'b', eventValue: 5, eventId: '55-b' },
    ];
    expect(
      mapAll([
        ['Order Completed', order],
        ['Order Completed', order],
      ]),
    ).toEqual([...purchases, ...purchases]);
  });

  test('two lines of one product are two purchases', () => {
    const order = { order_id: '55', products: products('a', 'a', 'b', 'a') };
    expect(mapOne('Order Completed', order).map(({ eventId }) => eventId)).toEqual([
      '55-a',
      '55-a-2',
      '55-b',
      '55-a-3',
    ]);
  });

  test('another event of the order has other IDs', () => {
    const events = { 'Order Refunded': 'refund' };
    expect(mapOne('Order Refunded', { order_id: '55', products: products('a') }, { events })).toMatchObject([
      { eventId: 'Order Refunded-55-a' },
    ]);
  });

  test('without an ID each report counts', () => {
    expect(mapOne('Order Completed', { products: products('a') })).toEqual([
      { eventType: 'purchase', itemId: 'a' },
    ]);
  });
});

test.describe('fields of a product', () => {
  for (const [price, eventValue] of [
    [9.99, 9.99],
    ['9.99', 9.99],
    [' 5 ', 5],
    [0, 0],
    ['$9.99', undefined],
    ['9,99', undefined],
    ['', undefined],
    [null, undefined],
    [{}, undefined],
  ] as const) {
    test(`the price ${JSON.stringify(price)} is the value ${eventValue}`, () => {
      expect(mapOne('Product Viewed', { product_id: 'a', price })[0]?.eventValue).toBe(eventValue);
    });
  }

  test('an option names the field of the item, and those that become properties', () => {
    const product = {
      product_id: 'p',
      sku: 12,
      shelf_position: 2,
      position: '3',
      brand: ' x ',
      gift: true,
      tags: ['t'],
    };
    const properties = ['shelf_position', 'position', 'brand', 'gift', 'tags', 'missing'];
    expect(mapOne('Product Viewed', product, { itemId: 'sku', properties })).toEqual([
      {
        eventType: 'view',
        itemId: '12',
        properties: { shelfPosition: 2, position: 3, brand: 'x', gift: true },
      },
    ]);
  });

  for (const [what, parameters, itemId] of [
    ['a missing ID', {}, null],
    ['an empty ID', { product_id: ' ' }, ' '],
    ['an object for an ID', { product_id: {} }, {}],
    ['an order without products', { order_id: '5' }, null],
    ['an empty order', { order_id: '5', products: [] }, null],
    ['a product that is nothing', { products: [null] }, null],
  ] as const) {
    test(`${what} is an event that the tracker rejects`, () => {
      const events = mapOne('Order Completed', parameters);
      expect(events).toEqual([{ eventType: 'purchase', itemId }]);
      expect(problemOf(events[0] as TrackedEvent)).toMatch(
        /^itemId must be a string of 1-256 characters; got /,
      );
    });
  }

  test('an ID in place of a product counts as the product', () => {
    expect(mapOne('Order Completed', { products: ['a', 7] }).map(({ itemId }) => itemId)).toEqual(['a', '7']);
  });
});

test('any input makes valid events, or such as name their problem', () => {
  const names = fc.constantFrom(
    'Product List Viewed',
    'Product Clicked',
    'Product Viewed',
    'Order Completed',
  );
  const field = fc.oneof(fc.anything(), fc.string(), fc.double());
  const product = fc.oneof(
    fc.anything(),
    fc.record(
      { product_id: field, price: field, list_id: field, recommendation_id: field },
      { requiredKeys: [] },
    ),
  );
  const parameters = fc.oneof(
    fc.record(
      { products: fc.array(product), order_id: field, recommendation_id: field },
      { requiredKeys: [] },
    ),
    fc.dictionary(fc.string(), fc.anything()),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(names, parameters)), (calls) => {
      for (const event of mapAll(calls)) {
        const problem = problemOf(event as TrackedEvent);
        expect(problem ?? '').toMatch(/^(itemId|eventId|recommendationId|eventValue) must be|^$/);
      }
    }),
  );
});

test.describe('the plugin', () => {
  const createPlugin = (options?: SegmentOptions) => {
    const calls: unknown[][] = [];
    const tracker = {
      track: (event: unknown) => void calls.push(['track', event]),
      identify: (userId: string) => void calls.push(['identify', userId]),
      reset: () => void calls.push(['reset']),
    };
    return { calls, plugin: personalizePlugin(tracker as never, options) };
  };

  test('takes the time of the event', () => {
    const { calls, plugin } = createPlugin();
    const event = { event: 'Product Viewed', properties: { product_id: 'a' } };
    for (const timestamp of ['2026-11-01T00:00:00Z', 'yesterday', undefined])
      plugin.track({ event: { ...event, timestamp } });
    expect(calls).toEqual([
      ['track', { eventType: 'view', itemId: 'a', sentAt: new Date('2026-11-01T00:00:00Z') }],
      ['track', { eventType: 'view', itemId: 'a' }],
      ['track', { eventType: 'view', itemId: 'a' }],
    ]);
  });

  test('identifies, and leaves out visitors without an ID and those who have logged out since', async () => {
    const { calls, plugin } = createPlugin();
    for (const userId of ['ann', null, undefined, ' ']) plugin.identify({ event: { userId } });
    expect(calls.splice(0)).toEqual([['identify', 'ann']]);
    let id: string | null = 'ann';
    let reset = () => {};
    await plugin.load({}, { user: () => ({ id: () => id }), on: (_, listener) => void (reset = listener) });
    id = null;
    reset();
    plugin.identify({ event: { userId: 'ann' } });
    expect(calls).toEqual([['identify', 'ann'], ['reset']]);
  });

  test('logs invalid options, and does without them', () => {
    const logged: string[] = [];
    const { error } = console;
    console.error = (line: string) => void logged.push(line);
    try {
      const options = { domain: 'SHOES', itemId: 5, events: { a: true }, properties: 'b', event: {} };
      const { calls, plugin } = createPlugin(options as never);
      plugin.track({ event: { event: 'Product Viewed', properties: { product_id: 'a' } } });
      expect(calls).toEqual([['track', { eventType: 'view', itemId: 'a' }]]);
    } finally {
      console.error = error;
    }
    expect(logged.join('\n').split('\n')).toEqual([
      'personalize-beacon: personalizePlugin: domain must be ECOMMERCE or VIDEO_ON_DEMAND; got "SHOES"',
      'personalizePlugin: itemId must be a string of 1-256 characters; got 5',
      'personalizePlugin: events must be an object of event types, or false for each name; got {"a":true}',
      'personalizePlugin: properties must be an array of names; got "b"',
      'personalizePlugin: event is unknown; use domain, events, itemId, properties',
    ]);
  });

  test('does nothing but say so without a tracker, and throws at no event', () => {
    const logged: string[] = [];
    const { error } = console;
    console.error = (line: string) => void logged.push(`${line}`);
    try {
      const plugin = personalizePlugin(undefined as never);
      const event = { event: 'Product Viewed', properties: { product_id: 'a' } };
      expect(plugin.track({ event })).toEqual({ event });
      plugin.track({} as never);
      plugin.identify({ event: { userId: 'ann' } });
    } finally {
      console.error = error;
    }
    expect(logged[0]).toContain('personalizePlugin needs a tracker');
  });
});
