import { expect, test } from '@playwright/test';
import { createReader, type Parse } from '../../src/browser/platform/stored-format.js';
import {
  parseHandoff,
  parseMark,
  parseRecord,
  parseSession,
  parseSources,
} from '../../src/browser/stored-values.js';

const warnings: string[] = [];
test.beforeEach(() => {
  warnings.length = 0;
});

const read = <T>(parse: Parse<T>, value: unknown, key = 'key') =>
  createReader(parse, (kind, reason) => warnings.push(`${kind}: ${reason}`))(value, key);
const readEvent = (value: unknown) => read<unknown>(parseRecord, value, 'event:1');

const EVENT = { eventType: 'click', eventId: '1', itemId: 'a', sentAt: 1_795_890_025 };
const ITEM = {
  event: EVENT,
  recordedAt: 1_795_890_025_000,
  size: JSON.stringify(EVENT).length,
  sessionId: 's',
  userId: 'u',
};
const STORED = { ...ITEM, owner: 'page', ownedSince: 1_795_890_025_000 };
const SESSION = { sessionId: 's', userId: 'u', createdAt: 1_795_890_025_000 };
const SOURCE = { recommendationId: 'RID', impression: ['a', 'b'], metricAttribution: undefined };

/** Values that IndexedDB may hold; none is an ID, a time or an object of ours. */
const FOREIGN_VALUES = [
  ...[null, true, Number.NaN, Number.POSITIVE_INFINITY, 5n, '', [], {}, ['a'], new Date(0), new Map()],
  ...[new Uint8Array(8), Object.create(null), JSON.parse('{"__proto__":{"sessionId":"s"}}')],
];

test('valid values are read as they are', () => {
  expect(readEvent(STORED)).toEqual(STORED);
  expect(readEvent({ ...STORED, userId: undefined, offset: -7, unconfirmed: true })).toMatchObject({
    offset: -7,
    unconfirmed: true,
  });
  expect(read<unknown>(parseRecord, SESSION, 'session')).toEqual(SESSION);
  expect(read(parseSession, { ...SESSION, userId: undefined })).toMatchObject({ sessionId: 's' });
  expect(read(parseHandoff, { sent: ['event:1'], items: [{ ...ITEM, sessionId: undefined }] })).toMatchObject(
    { sent: ['event:1'], items: [{ event: EVENT }] },
  );
  expect(read(parseSources, { sessionId: 's', items: [['a', SOURCE]] })?.items).toEqual([['a', SOURCE]]);
  expect([0, 1].map((mark) => read(parseMark, mark))).toEqual([0, 1]);
  expect(warnings).toEqual([]);
});

test('a foreign value is ignored with a warning', () => {
  for (const value of [undefined, ...FOREIGN_VALUES]) {
    for (const parse of [parseSession, parseHandoff, parseSources, parseMark] as Parse<unknown>[]) {
      warnings.length = 0;
      expect(read(parse, value)).toBeUndefined();
      expect(warnings).toEqual(['removed from storage: key']);
    }
    expect(readEvent(value)).toBeUndefined();
    expect(read<unknown>(parseRecord, value, 'session')).toBeUndefined();
  }
});

test('an event with one field of another type is ignored', () => {
  for (const value of FOREIGN_VALUES) {
    for (const field of ['event', 'recordedAt', 'sessionId', 'userId']) {
      expect(readEvent({ ...STORED, [field]: value }), `${field}`).toBeUndefined();
    }
    for (const field of ['eventType', 'eventId', 'itemId', 'sentAt', 'properties', 'recommendationId']) {
      expect(readEvent({ ...STORED, event: { ...EVENT, [field]: value } }), `${field}`).toBeUndefined();
    }
  }
});

const LONG = 'x'.repeat(257);

for (const [what, record] of Object.entries({
  "under another event's key": { ...STORED, event: { ...EVENT, eventId: '2' } },
  'without its ID': { ...STORED, event: { ...EVENT, eventId: undefined } },
  'without a session': { ...STORED, sessionId: undefined },
  'of a session with a long name': { ...STORED, sessionId: LONG },
  'of a user with a long name': { ...STORED, userId: LONG },
  'recorded at a text': { ...STORED, recordedAt: '1795890025000' },
  'recorded in 2999': { ...STORED, recordedAt: Date.UTC(2999, 0) },
  'corrected into the year 4000': { ...STORED, offset: 6e13 },
  'corrected by a text': { ...STORED, offset: '5' },
  'sent at a text': { ...STORED, event: { ...EVENT, sentAt: '1795890025' } },
  'sent at milliseconds': { ...STORED, event: { ...EVENT, sentAt: 1_795_890_025_000 } },
  'with an item past its limit': { ...STORED, event: { ...EVENT, itemId: LONG } },
  'with a megabyte of item': { ...STORED, event: { ...EVENT, itemId: 'x'.repeat(2 ** 20) } },
  'with an unknown field': { ...STORED, event: { ...EVENT, price: 5 } },
  'with an unknown field called __proto__': {
    ...STORED,
    event: JSON.parse('{"eventType":"click","eventId":"1","sentAt":1795890025,"__proto__":{"itemId":5}}'),
  },
  'with properties that are an object': { ...STORED, event: { ...EVENT, properties: { a: 1 } } },
  'with properties in a list': { ...STORED, event: { ...EVENT, properties: ['{"a":1}'] } },
  'with properties that are no JSON': { ...STORED, event: { ...EVENT, properties: '{' } },
  'with nested properties': { ...STORED, event: { ...EVENT, properties: '{"a":{}}' } },
  'with a reserved property': { ...STORED, event: { ...EVENT, properties: '{"userId":"u"}' } },
  'with 26 items shown': { ...STORED, event: { ...EVENT, impression: Array(26).fill('a') } },
  'with a hole among the items shown': { ...STORED, event: { ...EVENT, impression: Array(2) } },
})) {
  test(`an event ${what} is ignored with a warning`, () => {
    expect(readEvent(record)).toBeUndefined();
    expect(warnings).toEqual(['removed from storage: event:1']);
  });
}

test("an event's time is judged by its corrected time, even if the clock was off by centuries", () => {
  const offset = Date.UTC(2026, 0) - Date.UTC(2999, 0);
  const recordedAt = Date.UTC(2999, 0);
  expect(
    readEvent({ ...STORED, recordedAt, offset, event: { ...EVENT, sentAt: recordedAt / 1000 } }),
  ).toMatchObject({ recordedAt, offset });
});

test("an event's stored size is not trusted but measured, for it counts towards a limit", () => {
  for (const size of [1e9, Number.NaN, '5', null]) {
    expect(readEvent({ ...STORED, size })).toMatchObject({ size: JSON.stringify(EVENT).length });
  }
});

test('an event without a valid lease time can be adopted, and is not lost', () => {
  for (const ownedSince of [Number.NaN, null, 'yesterday', {}, undefined]) {
    expect(readEvent({ ...STORED, owner: ownedSince, ownedSince })).toMatchObject({ ownedSince: 0 });
  }
});

test('an invalid event does not affect the others in its handoff', () => {
  expect(read(parseHandoff, { sent: [], items: [null, ITEM, { ...ITEM, userId: 5 }, 'x'] })?.items).toEqual([
    ITEM,
  ]);
  expect(warnings).toHaveLength(3);
});

test('sources lose fields that are not part of a source', () => {
  const items = [['a', { ...SOURCE, eventValue: 5, properties: '{}' }]];
  expect(read(parseSources, { sessionId: 's', items })?.items).toEqual([['a', SOURCE]]);
  for (const source of [null, { recommendationId: 5 }, { impression: {} }, { metricAttribution: 'x' }]) {
    expect(read(parseSources, { sessionId: 's', items: [['a', source]] })).toBeUndefined();
  }
});

test('values of a later version are kept without a warning', () => {
  for (const parse of [parseSession, parseHandoff, parseSources] as Parse<unknown>[]) {
    expect(read(parse, { format: 2 })).toBeNull();
  }
  expect(readEvent({ ...STORED, format: 2 })).toBeNull();
  expect(warnings).toEqual([]);
});

test('values are read with or without format 1, and unknown fields are kept', () => {
  expect(readEvent({ ...STORED, format: 1, later: 'x' })).toEqual({ ...STORED, format: 1, later: 'x' });
  expect(read(parseSession, { ...SESSION, later: 'x' })).toEqual({ ...SESSION, later: 'x' });
});
