import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { test } from '../support/local-aws.js';

// A sample of events as sites send them, and what the dataset of the storefront would drop of each.

const SCHEMA = readFileSync(new URL('../../demo/storefront/interactions.avsc', import.meta.url), 'utf8');

const event = (more: object = {}) => ({
  eventType: 'View',
  itemId: 'movie-12',
  sentAt: 1_700_000_000,
  eventId: 'e1',
  ...more,
});

const withProperties = (properties: object, more: object = {}) =>
  event({ properties: JSON.stringify(properties), ...more });

const long = (characters: number) => 'x'.repeat(characters);

/** Bad events: what is wrong, the field, the message, the event, and the events before it. */
const BAD: [name: string, field: string, message: RegExp, sent: object, before?: object[]][] = [
  ['an unknown property', 'properties.mood', /add MOOD to the schema$/, withProperties({ mood: 'sad' })],
  ['a misspelled property', 'properties.postion', /or write position$/, withProperties({ postion: 1 })],
  ['a compound name', 'properties.rowName', /add ROW_NAME to/, withProperties({ rowName: 'popular' })],
  ['a plural', 'properties.positions', /or write position$/, withProperties({ positions: 3 })],
  ['a field in properties', 'properties.itemPrice', /add ITEM_PRICE/, withProperties({ itemPrice: 9.99 })],
  [
    'a word for a number',
    'properties.position',
    /be int; got "first"/,
    withProperties({ position: 'first' }),
  ],
  ['a number with a unit', 'properties.position', /got "3rd"/, withProperties({ position: '3rd' })],
  ['an empty text', 'properties.position', /be int; got ""/, withProperties({ position: '' })],
  ['a fraction', 'properties.position', /be int; got 1.5/, withProperties({ position: 1.5 })],
  ['a fraction as text', 'properties.position', /got "1.5"/, withProperties({ position: '1.5' })],
  ['a number beyond int', 'properties.position', /got 2147483648/, withProperties({ position: 2 ** 31 })],
  ['a boolean for a number', 'properties.position', /got true/, withProperties({ position: true })],
  ['a number for a string', 'properties.row', /be string; got 7/, withProperties({ row: 7 })],
  ['a boolean for a string', 'properties.row', /be string; got false/, withProperties({ row: false })],
  ['a long category', 'properties.row', /at most 1000 .* got 1001/, withProperties({ row: long(1001) })],
  ['a long impression', 'impression', /got 1024/, event({ impression: Array(25).fill(long(40)) })],
  ['no item', 'itemId', /ITEM_ID is required/, event({ itemId: undefined })],
  [
    'the wrong case of a type',
    'eventType',
    /reads "purchase": write Purchase/,
    event({ eventType: 'purchase' }),
  ],
  ["another domain's type", 'eventType', /they read View, Purchase/, event({ eventType: 'Watch' })],
  ['an event twice', 'sentAt', /same second and content/, event({ eventId: 'e2' }), [event()]],
];

for (const [name, field, message, sent, before = []] of BAD) {
  test(`the sample's bad event with ${name} gets one warning that names it`, async ({ startLocal }) => {
    const local = await startLocal({ schema: SCHEMA, domain: 'ECOMMERCE' });
    for (const each of [...before, sent]) expect(await local.put([each])).toBe(200);
    const { events } = await local.get('/api/events');
    expect(events.at(-1).warnings).toEqual([{ field, message: expect.stringMatching(message) }]);
    for (const each of events.slice(0, -1)) expect(each.warnings).toEqual([]);
  });
}

const GOOD = [
  event(),
  event({ eventType: 'Purchase', eventValue: 9.99 }),
  event({ eventValue: 0, recommendationId: 'RID' }),
  event({ impression: ['movie-12', 'movie-7'] }),
  event({ metricAttribution: { eventAttributionSource: 'mail' } }),
  withProperties({ row: 'popular', position: 3 }),
  withProperties({ position: '3' }),
  withProperties({ row: null, position: null }),
  withProperties({ row: long(1000) }),
  withProperties({}),
];

test("none of the sample's good events gets a warning", async ({ startLocal }) => {
  const local = await startLocal({ schema: SCHEMA, domain: 'ECOMMERCE' });
  const sent = GOOD.map((each, n) => ({ ...each, eventId: `e${n}`, sentAt: 1_700_000_000 + n }));
  for (const each of [...sent, sent[0] as object]) expect(await local.put([each])).toBe(200);
  const { events } = await local.get('/api/events');
  expect(events.map((each: { warnings: object[] }) => each.warnings)).toEqual(
    Array.from({ length: GOOD.length + 1 }, () => []),
  );
});
