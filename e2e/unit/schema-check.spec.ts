import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { WireEvent } from '../../src/contract/put-events-request.js';
import { toColumn, toProperty } from '../../src/server/column-names.js';
import { readInteractionsSchema } from '../../src/server/interactions-schema.js';
import { createSchemaCheck, type Domain } from '../../src/server/schema-check.js';

/** The schema of the demo storefront. */
const STOREFRONT = readFileSync(new URL('../../demo/storefront/interactions.avsc', import.meta.url), 'utf8');

const field = (name: string, type: unknown, more = {}) => ({ name, type, ...more });

/** Returns a schema with the required columns and some others. */
const schemaWith = (...fields: object[]) =>
  JSON.stringify({
    type: 'record',
    name: 'Interactions',
    fields: [
      field('USER_ID', 'string'),
      field('ITEM_ID', 'string'),
      field('TIMESTAMP', 'long'),
      field('EVENT_TYPE', 'string'),
      ...fields,
    ],
  });

const event = (more: Partial<WireEvent> = {}): WireEvent => ({
  eventType: 'click',
  itemId: 'movie-12',
  sentAt: 1_700_000_000,
  eventId: 'e1',
  ...more,
});

const properties = (object: object) => event({ properties: JSON.stringify(object) });

test('the property of a column is converted back to the column', () => {
  for (const column of ['GENRE', 'NUMBER_OF_RATINGS', 'MOVIE_2', 'IS_4K', 'A_B', 'RATINGS5', 'X2_Y']) {
    expect(toColumn(toProperty(column)), toProperty(column)).toBe(column);
  }
});

/** Returns the warnings about the last of some events. */
const warningsOf = (schema: string, events: WireEvent[], domain?: Domain) => {
  const check = createSchemaCheck(readInteractionsSchema(schema), domain);
  return events.map((each) => check({ sessionId: 's1', event: each })).at(-1);
};

const long = (characters: number) => 'x'.repeat(characters);

const GENRE = field('GENRE', 'string', { categorical: true });
const AGE = field('AGE', 'int');

/** Bad events: a name, the schema, the events, the field of the last one's warning, its message, and the domain. */
const BAD: [string, string, WireEvent[], string, RegExp, Domain?][] = [
  [
    'a property without a column',
    STOREFRONT,
    [properties({ mood: 'sad' })],
    'properties.mood',
    /no column and is dropped: add MOOD to the schema$/,
  ],
  [
    'a misspelled property',
    STOREFRONT,
    [properties({ positon: 1 })],
    'properties.positon',
    /add POSITON to the schema, or write position$/,
  ],
  [
    'a property in snake case with digits',
    schemaWith(field('NUMBER_OF_RATINGS', 'int')),
    [properties({ numberOfRatings: 1, ratings5: 2 })],
    'properties.ratings5',
    /add RATINGS5/,
  ],
  [
    'a text for a number',
    STOREFRONT,
    [properties({ position: 'first' })],
    'properties.position',
    /must be int; got "first"/,
  ],
  [
    'a fraction for an int',
    STOREFRONT,
    [properties({ position: 1.5 })],
    'properties.position',
    /must be int; got 1.5/,
  ],
  [
    'a number beyond int',
    STOREFRONT,
    [properties({ position: 2 ** 31 })],
    'properties.position',
    /must be int/,
  ],
  ['a number for a string', STOREFRONT, [properties({ row: 7 })], 'properties.row', /must be string; got 7/],
  [
    'a boolean for a string',
    STOREFRONT,
    [properties({ row: true })],
    'properties.row',
    /must be string; got true/,
  ],
  [
    'a text for a boolean',
    schemaWith(field('IS_SALE', ['boolean', 'null'])),
    [properties({ isSale: 'yes' })],
    'properties.isSale',
    /must be boolean; got "yes"/,
  ],
  [
    'an empty text for a number',
    STOREFRONT,
    [properties({ position: '' })],
    'properties.position',
    /must be int; got ""/,
  ],
  [
    'no value of a required column',
    schemaWith(GENRE),
    [event()],
    'properties.genre',
    /GENRE is required: send it, or allow null/,
  ],
  [
    'null in a required column',
    schemaWith(AGE),
    [properties({ age: null })],
    'properties.age',
    /AGE does not allow null: send a value/,
  ],
  [
    'a categorical value of 1,001 characters',
    schemaWith(GENRE),
    [event({ properties: JSON.stringify({ genre: long(1001) }) })],
    'properties.genre',
    /at most 1000 characters; got 1001/,
  ],
  [
    'an impression of more than 1,000 characters',
    STOREFRONT,
    [event({ impression: Array.from({ length: 25 }, () => long(40)) })],
    'impression',
    /at most 1000 characters in all; got 1024/,
  ],
  ['no item', STOREFRONT, [event({ itemId: undefined as never })], 'itemId', /ITEM_ID is required/],
  ['a value without EVENT_VALUE', schemaWith(), [event({ eventValue: 5 })], 'eventValue', /add EVENT_VALUE/],
  [
    'no value for a required EVENT_VALUE',
    schemaWith(field('EVENT_VALUE', 'float')),
    [event()],
    'eventValue',
    /EVENT_VALUE is required/,
  ],
  [
    'an impression without IMPRESSION',
    schemaWith(),
    [event({ impression: ['a'] })],
    'impression',
    /add IMPRESSION/,
  ],
  [
    'a type in the wrong case for a domain',
    STOREFRONT,
    [event({ eventType: 'view' })],
    'eventType',
    /reads "view": write View/,
    'ECOMMERCE',
  ],
  [
    'a type that no use case of a domain reads',
    STOREFRONT,
    [event({ eventType: 'Purchase' })],
    'eventType',
    /reads "Purchase": they read Watch, Click/,
    'VIDEO_ON_DEMAND',
  ],
  [
    'an event like an earlier one',
    STOREFRONT,
    [event(), event({ eventId: 'e2', sentAt: 1_700_000_000.4 })],
    'sentAt',
    /same second and content/,
  ],
  [
    'more event types than fit beside the columns',
    STOREFRONT,
    Array.from({ length: 7 }, (_, n) => event({ eventType: `type-${n}`, eventId: `e${n}` })),
    'eventType',
    /at most 10 event types and metadata columns together; "type-6" makes 11/,
  ],
];

for (const [name, schema, events, warned, message, domain] of BAD) {
  test(`the schema check names ${name}, and nothing else`, () => {
    expect(warningsOf(schema, events, domain)).toEqual([
      { field: warned, message: expect.stringMatching(message) },
    ]);
  });
}

/** Good events: a name, the schema, the events, the domain. */
const GOOD: [string, string, WireEvent[], Domain?][] = [
  ['with the least that is needed', STOREFRONT, [event()]],
  ['of markup, whose values are all text', STOREFRONT, [properties({ row: 'popular', position: '3' })]],
  ['with null where null is allowed', STOREFRONT, [properties({ row: null, position: null })]],
  [
    'with every field',
    STOREFRONT,
    [event({ eventValue: 2.5, impression: ['movie-12', 'movie-7'], recommendationId: 'RID' })],
  ],
  ['in a boolean column', schemaWith(field('IS_SALE', 'boolean')), [properties({ isSale: 'false' })]],
  ['in a double column', schemaWith(field('PRICE', 'double')), [properties({ price: 3 })]],
  ['in a column of two types', schemaWith(field('PRICE', ['int', 'double'])), [properties({ price: 3.5 })]],
  ['of a domain', STOREFRONT, [event({ eventType: 'View' })], 'ECOMMERCE'],
  ['that is sent again with its ID', STOREFRONT, [event(), event()]],
  ['of another second', STOREFRONT, [event(), event({ eventId: 'e2', sentAt: 1_700_000_001 })]],
  ['of another item in the same second', STOREFRONT, [event(), event({ eventId: 'e2', itemId: 'movie-7' })]],
  [
    'of the sixth type beside four columns',
    STOREFRONT,
    Array.from({ length: 6 }, (_, n) => event({ eventType: `${n}`, eventId: `${n}` })),
  ],
  [
    'whose impression has 1,000 characters beyond the basic plane',
    STOREFRONT,
    [event({ impression: [...Array(4)].map(() => '🎬'.repeat(249)) })],
  ],
  [
    'at the limits of characters',
    schemaWith(GENRE),
    [event({ properties: JSON.stringify({ genre: long(1000) }) })],
  ],
];

for (const [name, schema, events, domain] of GOOD) {
  test(`the schema check flags no good event ${name}`, () => {
    expect(warningsOf(schema, events, domain)).toEqual([]);
  });
}

test('two visitors who do the same in the same second are no duplicates', () => {
  const check = createSchemaCheck(readInteractionsSchema(STOREFRONT));
  expect(check({ sessionId: 's1', event: event() })).toEqual([]);
  expect(check({ sessionId: 's2', event: event({ eventId: 'e2' }) })).toEqual([]);
});

/** Texts that are no schema of an Interactions dataset, and the reason. */
const WRONG: [string, string, RegExp][] = [
  ['a text that is not JSON', '{', /not an Avro schema in JSON/],
  ['JSON that is not Avro', '{ "type": "record" }', /not an Avro schema/],
  ['an unknown type', schemaWith(field('X', 'text')), /not an Avro schema/],
  ['an Items schema', STOREFRONT.replace('"Interactions"', '"Items"'), /must be a record named Interactions/],
  ['a schema without ITEM_ID', STOREFRONT.replace('ITEM_ID', 'THING'), /column ITEM_ID is missing/],
  ['a TIMESTAMP as text', STOREFRONT.replace('"long"', '"string"'), /TIMESTAMP must be long; got string/],
  [
    'an EVENT_VALUE as text',
    schemaWith(field('EVENT_VALUE', 'string')),
    /EVENT_VALUE must be float; got string/,
  ],
  [
    'a USER_ID that allows null',
    STOREFRONT.replace('"string"', '["string", "null"]'),
    /USER_ID must not allow null/,
  ],
  ['a column of bytes', schemaWith(field('X', 'bytes')), /X must be one of float, double/],
  ['a column of null alone', schemaWith(field('X', 'null')), /X must have a type besides null/],
  [
    'six metadata columns',
    schemaWith(...Array.from({ length: 6 }, (_, n) => field(`C${n}`, 'string'))),
    /at most 5 metadata columns; got 6/,
  ],
];

for (const [name, text, reason] of WRONG) {
  test(`a schema is refused: ${name}`, () => {
    expect(() => readInteractionsSchema(text)).toThrow(reason);
  });
}
