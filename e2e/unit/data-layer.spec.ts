import { expect, test } from '@playwright/test';
import {
  createDataLayerMapper,
  type DataLayerSettings,
} from '../../src/browser/capture/data-layer-events.js';
import { createPushReader } from '../../src/browser/capture/data-layer-push.js';
import { createEventTypeOf } from '../../src/contract/resolve-options.js';
import { GA4_EVENTS, GA4_EXAMPLES } from '../support/ga4-examples.js';

type Given = Partial<DataLayerSettings> & { clickEvent?: string };

/** Reads pushed entries as one page's, and returns what they make. */
const readAll = (entries: unknown[], options: Given = {}) => {
  const read = createPushReader();
  const map = createDataLayerMapper({ ...options, eventTypeOf: createEventTypeOf(options) });
  const mapped = entries.map(read).flatMap(({ event }) => (event ? map(event) : []));
  return {
    events: mapped.filter(({ reason }) => !reason).map(({ event }) => event),
    reasons: mapped.flatMap(({ reason }) => reason ?? []),
  };
};
const eventsOf = (entries: unknown[], options?: Given) => {
  const { events, reasons } = readAll(entries, options);
  expect(reasons).toEqual([]);
  return events;
};

/** Returns what Google's `gtag()` pushes for a call. */
function gtag(..._call: unknown[]) {
  // biome-ignore lint/complexity/noArguments: as in Google's snippet
  return arguments;
}
const push = (event: string, ecommerce: object) => ({ event, ecommerce });

const examples = Object.entries(GA4_EXAMPLES);
const FORMS: Record<string, unknown[]> = {
  'dataLayer.push()': examples.flatMap(([name, params]) => [{ ecommerce: null }, push(name, params)]),
  'gtag()': examples.map(([name, params]) => gtag('event', name, params)),
};

for (const [form, entries] of Object.entries(FORMS)) {
  test(`Google's examples make the documented events: ${form}`, () => {
    expect(eventsOf(entries)).toEqual(GA4_EVENTS);
  });
}

test('a domain and clickEvent give the names', () => {
  const entries = FORMS['gtag()'] as unknown[];
  const types = (options: Given) => [
    ...new Set(eventsOf(entries, options).map(({ eventType }) => eventType)),
  ];
  expect(types({ domain: 'ECOMMERCE' })).toEqual(['Click', 'View', 'AddToCart', 'Purchase']);
  expect(types({ domain: 'ECOMMERCE', clickEvent: 'tap' })).toEqual(['tap', 'View', 'AddToCart', 'Purchase']);
});

test('a table adds events, renames them, and switches them off', () => {
  const dataLayerEvents = {
    add_to_wishlist: 'wishlist',
    view_item: 'detail',
    select_item: false as const,
    add_to_cart: false as const,
    refund: 'refund',
    view_item_list: 'shown',
  };
  const events = eventsOf(FORMS['gtag()'] as unknown[], { dataLayerEvents });
  expect(events.map(({ eventType, itemId, eventId }) => [eventType, itemId, eventId])).toEqual([
    ['shown', 'movie-12', undefined],
    ['shown', 'movie-7', undefined],
    ['detail', 'movie-12', undefined],
    ['wishlist', 'movie-12', undefined],
    ['purchase', 'movie-12', 'T_12345-movie-12'],
    ['purchase', 'movie-7', 'T_12345-movie-7'],
    // Its ID must not be the purchase's.
    ['refund', 'movie-12', 'refund-T_12345-movie-12'],
  ]);
  expect(events[0]).toMatchObject({ impression: ['movie-12', 'movie-7'] });
});

test('names that objects inherit make no events', () => {
  expect(
    eventsOf(
      ['constructor', '__proto__', 'toString'].map((name) => push(name, { items: [{ item_id: 'a' }] })),
    ),
  ).toEqual([]);
});

test.describe('values', () => {
  test('numbers may be text, and anything else is no value', () => {
    const prices = [9.99, '9.99', ' 5 ', '', 'free', '9,99', null, undefined, Number.NaN, {}, true, [1]];
    const items = prices.map((price, at) => ({ item_id: at, price }));
    expect(eventsOf([push('view_item', { items })]).map(({ eventValue }) => eventValue)).toEqual([
      9.99,
      9.99,
      5,
      ...Array(9).fill(undefined),
    ]);
  });

  test('an ID may be a number, is trimmed, and comes from the field that the option names', () => {
    const items = [{ item_id: 12 }, { item_id: ' a ' }];
    expect(eventsOf([push('view_item', { items })]).map(({ itemId }) => itemId)).toEqual(['12', 'a']);
    const named = [{ item_id: 'SKU', sku: 'b' }];
    expect(eventsOf([push('view_item', { items: named })], { dataLayerItemId: 'sku' })).toEqual([
      { eventType: 'view', itemId: 'b' },
    ]);
  });

  test('the fields that the option lists become properties', () => {
    const dataLayerProperties = [
      'quantity',
      'item_variant',
      'is_new',
      'top_10',
      'discount',
      'missing',
      'nested',
    ];
    const items = [
      {
        item_id: 'a',
        quantity: '3',
        item_variant: 'dvd',
        is_new: true,
        top_10: 'yes',
        discount: 0,
        nested: {},
      },
      { item_id: 'b' },
    ];
    expect(eventsOf([push('add_to_cart', { items })], { dataLayerProperties })).toEqual([
      {
        eventType: 'add_to_cart',
        itemId: 'a',
        properties: { quantity: 3, itemVariant: 'dvd', isNew: true, top_10: 'yes', discount: 0 },
      },
      { eventType: 'add_to_cart', itemId: 'b' },
    ]);
  });

  test('each line of a purchase has an ID, the same whenever it is read', () => {
    const items = [{ item_id: 'a' }, { item_id: 'b' }, { item_id: 'a' }];
    const ids = () =>
      eventsOf([push('purchase', { transaction_id: 7, items })]).map(({ eventId }) => eventId);
    expect(ids()).toEqual(['7-a', '7-b', '7-a-2']);
    expect(ids()).toEqual(['7-a', '7-b', '7-a-2']);
    expect(eventsOf([push('purchase', { items: [{ item_id: 'a' }] })])).toEqual([
      { eventType: 'purchase', itemId: 'a' },
    ]);
  });
});

test.describe('lists', () => {
  const list = (id: string, ids: string[], more = {}) =>
    push('view_item_list', { item_list_id: id, items: ids.map((item_id) => ({ item_id })), ...more });
  const select = (item_id: string, more = {}) => push('select_item', { items: [{ item_id }], ...more });

  test('a click names the list that shows its item, and its recommendation', () => {
    const entries = [
      list('new', ['a', 'b'], { recommendation_id: 'RID-1' }),
      list('top', ['b', 'c']),
      select('b', { item_list_id: 'new' }),
      select('b', { item_list_id: 'top' }),
      select('b'),
      select('b', { item_list_id: 'other' }),
      select('z', { item_list_id: 'new' }),
    ];
    expect(
      eventsOf(entries).map(({ impression, recommendationId }) => [impression, recommendationId]),
    ).toEqual([
      [['a', 'b'], 'RID-1'],
      [['b', 'c'], undefined],
      // Without a name: the list that came last.
      [['b', 'c'], undefined],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test('other events name only a list that they name themselves', () => {
    const view = (more = {}) => push('view_item', { items: [{ item_id: 'a', ...more }] });
    const entries = [list('new', ['a', 'b']), view(), view({ item_list_id: 'new' })];
    expect(eventsOf(entries).map(({ impression }) => impression)).toEqual([undefined, ['a', 'b']]);
  });

  test('items of one push may name lists of their own, and recommendations', () => {
    const items = [
      { item_id: 'a', item_list_name: 'One', recommendation_id: 'RID-1' },
      { item_id: 'b', item_list_name: 'Two', recommendation_id: 'RID-2' },
      { item_id: 'c', item_list_name: 'One' },
    ];
    const entries = [
      push('view_item_list', { item_list_name: 'All', items }),
      select('a', { item_list_name: 'One' }),
      select('b', { item_list_name: 'Two' }),
      select('c', { item_list_name: 'One', recommendation_id: 'RID-3' }),
    ];
    expect(
      eventsOf(entries).map(({ impression, recommendationId }) => [impression, recommendationId]),
    ).toEqual([
      [['a', 'c'], 'RID-1'],
      [['b'], 'RID-2'],
      [['a', 'c'], 'RID-3'],
    ]);
  });

  test('a list that is pushed in parts is one impression a part', () => {
    const entries = [list('all', ['a', 'b']), list('all', ['c', 'd']), select('a'), select('d')];
    expect(eventsOf(entries).map(({ impression }) => impression)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('a long list is cut around its item to what an impression takes', () => {
    const ids = Array.from({ length: 60 }, (_, at) => `i${at}`);
    const [event] = eventsOf([list('all', [...ids, '', 'x'.repeat(257)]), select('i30')]);
    expect(event?.impression).toHaveLength(25);
    expect(event?.impression).toContain('i30');
    expect(ids.join()).toContain(event?.impression?.join());
  });

  test('an ecommerce object without an event belongs to the events after it, until null', () => {
    const kept = { ecommerce: { items: [{ item_id: 'a' }] } };
    const bare = { event: 'view_item' };
    expect(eventsOf([kept, bare])).toEqual([{ eventType: 'view', itemId: 'a' }]);
    expect(readAll([kept, { ecommerce: null }, bare]).events).toEqual([]);
    expect(eventsOf([kept, push('view_item', { items: [{ item_id: 'b' }] })])).toEqual([
      { eventType: 'view', itemId: 'b' },
    ]);
    expect(eventsOf([{ event: 'view_item', items: [{ item_id: 'c' }] }])).toEqual([
      { eventType: 'view', itemId: 'c' },
    ]);
  });
});

test.describe('bad input', () => {
  test('an event without items, or with too many, is reported', () => {
    const many = Array.from({ length: 201 }, (_, at) => ({ item_id: at }));
    const cases: [unknown, number][] = [
      [undefined, 0],
      [null, 0],
      [[], 0],
      ['a', 0],
      [{ length: 5 }, 0],
      [many, 201],
    ];
    for (const [items, count] of cases) {
      const { events, reasons } = readAll([push('purchase', { items } as object)]);
      expect(events).toHaveLength(Math.min(count, 200));
      expect(reasons).toEqual([`purchase must have 1-200 items; got ${count}`]);
    }
    // A list need not have any.
    expect(eventsOf([push('view_item_list', {})])).toEqual([]);
  });

  test('an item without an ID is reported, and the others count', () => {
    const items = [null, 'a', { item_name: 'x' }, { item_id: {} }, { item_id: ' ' }, { item_id: 'b' }];
    const { events, reasons } = readAll([push('view_item', { items })]);
    expect(events).toEqual([
      { eventType: 'view', itemId: 'a' },
      { eventType: 'view', itemId: 'b' },
    ]);
    expect(reasons).toEqual(
      [0, 2, 3, 4].map((at) => `items[${at}].item_id of view_item must be text or a number`),
    );
  });

  test('what is no push of an event makes nothing', () => {
    const nothing = [
      ...[undefined, null, 7, 'purchase', true, () => {}, Symbol('a'), {}, [], ['event', 'view_item', {}]],
      ...[{ event: 7 }, { event: null }, { event: { toString: () => 'purchase' } }, { ecommerce: 5 }],
      ...[gtag(), gtag('event'), gtag('event', 7), gtag('js', new Date()), gtag('get', 'G-1', 'client_id')],
      gtag('event', 'view_item_list', null),
    ];
    expect(eventsOf(nothing)).toEqual([]);
  });
});

test.describe('the user', () => {
  const userOf = (entry: unknown) => createPushReader()(entry).userId;

  test('is in a push, or in gtag set and config', () => {
    for (const entry of [
      { user_id: 'ann' },
      { event: 'login', user_id: ' ann ' },
      gtag('set', { user_id: 'ann' }),
      gtag('set', 'user_id', 'ann'),
      gtag('config', 'G-1', { user_id: 'ann' }),
    ])
      expect(userOf(entry)).toBe('ann');
    expect(userOf({ user_id: 12 })).toBe('12');
  });

  test('is signed out by null and blank text', () => {
    for (const user_id of [null, '', '  ']) expect(userOf({ user_id })).toBeNull();
    expect(userOf(gtag('config', 'G-1', { user_id: null }))).toBeNull();
    expect(userOf(gtag('set', 'user_id', null))).toBeNull();
  });

  test('is left alone by anything else', () => {
    for (const entry of [
      ...[{}, { user_id: undefined }, { user_id: {} }, { user_id: Number.NaN }, { userId: 'ann' }],
      ...[{ user_id: 'undefined' }, { user_id: 'null' }, { user_id: '{{ user.id }}' }],
      ...[gtag('config', 'G-1'), gtag('set', 'currency', 'EUR'), gtag('event', 'x', { user_id: 'ann' })],
    ])
      expect(userOf(entry)).toBeUndefined();
  });
});
