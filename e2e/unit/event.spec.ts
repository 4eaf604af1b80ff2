import { expect, test } from '@playwright/test';
import {
  problemOf,
  problemOfId,
  recordEvent,
  type TrackedAction,
  type TrackedEvent,
} from '../../src/contract/event.js';

const problem = (fields: object) => problemOf({ eventType: 'click', ...fields } as TrackedEvent);

/** Returns properties whose JSON text, `{"a":"…"}`, has `length` characters. */
const properties = (length: number, fill = 'x') => ({ a: fill.repeat(length - '{"a":""}'.length) });

const array = (length: number) => Array.from({ length }, (_, i) => `item-${i}`);

const EMOJI = '😀';

interface Limit {
  field: keyof TrackedEvent;
  limit: string;
  good: unknown[];
  bad: unknown[];
}

const text = (field: keyof TrackedEvent, max: number): Limit => ({
  field,
  limit: `1-${max} characters`,
  good: ['x', 'x'.repeat(max), EMOJI.repeat(max), `\n ${'x'.repeat(max)} `],
  bad: ['', ' ', '\n\t', 'x'.repeat(max + 1), EMOJI.repeat(max + 1), 7, null, ['x'], { x: 1 }],
});

const LIMITS: Limit[] = [
  text('eventType', 256),
  text('itemId', 256),
  text('eventId', 256),
  text('recommendationId', 40),
  {
    field: 'eventValue',
    limit: 'finite 32-bit',
    good: [0, -0.5, 3.4028234e38, -3.4028234e38],
    bad: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e39, -1e39, '9.99', null, 1n],
  },
  {
    field: 'sentAt',
    limit: 'Unix seconds',
    good: [new Date(), 1_700_000_000, 1_700_000_000.5, 1e11 - 1],
    bad: [1_700_000_000_000, 1e11, 0, -1, Number.NaN, new Date(Number.NaN), '2026-01-02', null],
  },
  {
    field: 'impression',
    limit: '1-25 item IDs of 1-256 characters',
    good: [array(1), array(25), ['x'.repeat(256)], [EMOJI.repeat(256)]],
    bad: [[], array(26), ['a', ''], ['a', ' '], ['a', 'x'.repeat(257)], ['a', 1], ['a', null], 'a,b', null],
  },
  {
    field: 'metricAttribution',
    limit: '1-1024 printable ASCII characters',
    good: ['a', ' a', '~'.repeat(1024)].map((eventAttributionSource) => ({ eventAttributionSource })),
    bad: [
      ...['', '   ', '~'.repeat(1025), 'tab\t', 'line\n', 'é', 7].map((eventAttributionSource) => ({
        eventAttributionSource,
      })),
      {},
      { eventAttributionSource: 'a', other: 1 },
      'home',
      null,
    ],
  },
  {
    field: 'properties',
    limit: '1024 characters as JSON',
    good: [{}, { a: 1, b: true, c: 'x', d: null, e: undefined }, properties(1024), properties(1024, EMOJI)],
    bad: [
      properties(1025),
      properties(1025, EMOJI),
      { a: { b: 1 } },
      { a: [1] },
      { a: Number.NaN },
      { a: Number.POSITIVE_INFINITY },
      { a: 1n },
      { a: new Date() },
      { a: () => 1 },
      ['a'],
      '{"a":1}',
      null,
    ],
  },
];

for (const { field, limit, good, bad } of LIMITS) {
  test(`${field} is accepted up to its limit`, () => {
    for (const value of good) expect(problem({ [field]: value })).toBeUndefined();
  });

  test(`${field} over its limit is refused with the limit and the value`, () => {
    for (const value of bad) {
      const message = problem({ [field]: value });
      expect(message).toContain(`${field} must be `);
      expect(message).toContain(limit);
      expect(message).toMatch(/; got ./);
    }
  });
}

test('eventType is required', () => {
  expect(problemOf({} as TrackedEvent)).toContain('eventType must be a string of 1-256 characters; got ');
});

test('userId is accepted up to its limit', () => {
  for (const userId of ['u', 'u'.repeat(256), EMOJI.repeat(256)])
    expect(problemOfId('userId', userId)).toBeUndefined();
  for (const userId of ['', 'u'.repeat(257), 7, undefined]) {
    expect(problemOfId('userId', userId as string)).toContain(
      'userId must be a string of 1-256 characters; got ',
    );
  }
});

test('a message shows the value, truncated when it is long', () => {
  expect(problem({ eventValue: Number.NaN })).toMatch(/; got NaN$/);
  expect(problem({ eventValue: '9.99' })).toMatch(/; got "9\.99"$/);
  expect(problem({ itemId: { id: 7 } })).toMatch(/; got \{"id":7\}$/);
  const message = problem({ itemId: 'x'.repeat(5000) });
  expect(message).toMatch(/; got "x+\.\.\. \(5002 characters\)$/);
  expect(message?.length).toBeLessThan(200);
});

test('a value that cannot be serialized is shown without an error', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const itemId of [cycle, Symbol('s'), () => 1, 1n])
    expect(problem({ itemId })).toContain('itemId must be ');
});

test('a cycle without a prototype is shown without an error', () => {
  const cycle = Object.create(null);
  cycle.self = cycle;
  expect(problem({ itemId: cycle })).toContain('itemId must be ');
});

test('an impression with holes is refused, for JSON would make them null', () => {
  const holes = ['a', 'b', 'c'];
  delete holes[1];
  expect(problem({ impression: holes })).toContain('impression must be ');
});

test('words that the service reserves are refused as property names, in any case', () => {
  for (const word of ['userId', 'sessionId', 'eventType', 'timestamp', 'recommendationId', 'impression']) {
    for (const key of [word, word.toLowerCase(), word.toUpperCase()]) {
      expect(problem({ properties: { [key]: 1 } })).toMatch(new RegExp(`^properties.${key} .*reserve`));
    }
    expect(problem({ properties: { [`${word}s`]: 1, [`my${word}`]: 1 } })).toBeUndefined();
  }
});

test('unknown fields are refused by name', () => {
  for (const key of ['itemID', 'userId', 'constructor', 'toString', '__proto__']) {
    expect(problemOf(JSON.parse(`{"eventType":"click",${JSON.stringify(key)}:{}}`))).toContain(
      `${key} is unknown; use eventType, `,
    );
  }
});

test('names of Object.prototype are valid property names', () => {
  const given = JSON.parse('{"__proto__":"p","constructor":"c"}');
  expect(problem({ properties: given })).toBeUndefined();
  const { properties } = recordEvent({ eventType: 'click', properties: given }, 0, () => 'id');
  expect(properties).toBe('{"__proto__":"p","constructor":"c"}');
  expect(({} as Record<string, unknown>).p).toBeUndefined();
  expect(
    problem({ metricAttribution: JSON.parse('{"__proto__":{"eventAttributionSource":"a"}}') }),
  ).toContain('metricAttribution must be ');
});

test.describe('actions', () => {
  const problemOfAction = (fields: object) =>
    problemOf({ eventType: 'Taken', actionId: 'a', ...fields } as TrackedAction);

  test('have the event types that the service knows', () => {
    for (const eventType of ['Taken', 'Not Taken', 'Viewed'])
      expect(problemOfAction({ eventType })).toBeUndefined();
    for (const eventType of ['taken', 'click', '', undefined]) {
      expect(problemOfAction({ eventType })).toContain(
        'eventType must be Taken or Not Taken or Viewed; got ',
      );
    }
  });

  test("require an ID and have only an action's fields", () => {
    const fields = {
      recommendationId: 'R',
      properties: { a: 1 },
      eventId: 'e',
      sentAt: 1,
      impression: ['a'],
    };
    expect(problemOfAction(fields)).toBeUndefined();
    for (const actionId of ['', 'x'.repeat(257), 7, null])
      expect(problemOfAction({ actionId })).toContain('actionId must be a string of 1-256 characters; got ');
    for (const field of ['itemId', 'eventValue', 'metricAttribution'])
      expect(problemOfAction({ [field]: 'x' })).toContain(`${field} is unknown; use eventType, `);
    expect(problemOfAction({ properties: { timestamp: 1 } })).toContain('properties.timestamp');
  });

  test('are recorded with their own fields', () => {
    const action: TrackedAction = { eventType: 'Viewed', actionId: 'a', recommendationId: 'R' };
    expect(recordEvent(action, 5_000, () => 'generated')).toEqual({
      ...action,
      eventId: 'generated',
      sentAt: 5,
    });
  });
});

test.describe('recordEvent', () => {
  const record = (fields: Partial<TrackedEvent>) =>
    recordEvent({ eventType: 'click', ...fields }, 5_000, () => 'generated');

  test('adds an ID and a time unless the event has them', () => {
    expect(record({})).toEqual({ eventType: 'click', eventId: 'generated', sentAt: 5 });
    expect(record({ eventId: 'own' }).eventId).toBe('own');
  });

  test('takes sentAt as a Date or as seconds', () => {
    expect(record({ sentAt: new Date(1_700_000_000_123) }).sentAt).toBe(1_700_000_000.123);
    expect(record({ sentAt: 1_700_000_000 }).sentAt).toBe(1_700_000_000);
  });

  test('keeps every field, properties as JSON text', () => {
    const event = {
      itemId: 'a',
      eventValue: 1.5,
      recommendationId: 'RID-1',
      impression: ['a', 'b'],
      metricAttribution: { eventAttributionSource: 'home' },
    };
    expect(record({ ...event, properties: { numberOfRatings: 12, isNew: true } })).toEqual({
      ...event,
      eventType: 'click',
      eventId: 'generated',
      sentAt: 5,
      properties: '{"numberOfRatings":12,"isNew":true}',
    });
  });

  test('trims white space around IDs', () => {
    const given = {
      itemId: ' a\n',
      recommendationId: '\tRID-1 ',
      eventId: ' e ',
      impression: [' a', 'b ', 'a b'],
    };
    expect(record({ ...given, eventType: ' view ', properties: { text: ' as it is ' } })).toMatchObject({
      eventType: 'view',
      itemId: 'a',
      recommendationId: 'RID-1',
      eventId: 'e',
      impression: ['a', 'b', 'a b'],
      properties: '{"text":" as it is "}',
    });
    const action = recordEvent({ eventType: 'Taken', actionId: ' join ' }, 0, () => 'id');
    expect(action).toMatchObject({ actionId: 'join' });
  });

  test.describe('an impression of more than 1,000 characters', () => {
    /** Returns `count` different IDs of `length` characters. */
    const ids = (count: number, length = 100, fill = 'x') =>
      Array.from({ length: count }, (_, i) => `${i}`.padStart(2, '0') + fill.repeat(length - 2));
    const impressionOf = (all: string[], itemId?: string) =>
      record({ impression: all, ...(itemId && { itemId }) }).impression;

    test("is cut at both ends, and keeps the event's item", () => {
      const all = ids(25);
      // Nine IDs of 100 characters and eight separators.
      expect(impressionOf(all, all[0])).toEqual(all.slice(0, 9));
      expect(impressionOf(all, all[12])).toEqual(all.slice(8, 17));
      expect(impressionOf(all, all[24])).toEqual(all.slice(16));
      expect(impressionOf(all, 'another')).toEqual(all.slice(0, 9));
      expect(impressionOf(all)).toEqual(all.slice(0, 9));
    });

    test('is measured with its separators, in characters as AWS counts them', () => {
      // 25 × 39 + 24 = 999
      for (const fill of ['x', EMOJI]) expect(impressionOf(ids(25, 39, fill))).toHaveLength(25);
      expect(impressionOf(ids(25, 40))).toHaveLength(24);
      const exact = [...ids(9), 'y'.repeat(91)];
      expect(impressionOf(exact)).toEqual(exact);
      expect(impressionOf([...ids(9), 'y'.repeat(92)])).toEqual(exact.slice(0, 9));
      expect(impressionOf(['a'.repeat(256), 'b'.repeat(256), 'c'.repeat(256), 'd'.repeat(256)])).toHaveLength(
        3,
      );
    });

    test('is within the limit with IDs of any length, and stays contiguous', () => {
      const all = Array.from({ length: 25 }, (_, i) => `${i}-${'z'.repeat((i * 53) % 250)}`);
      for (const itemId of all) {
        const cut = impressionOf(all, itemId) as string[];
        expect(cut.join('|').length).toBeLessThanOrEqual(1000);
        expect(cut).toContain(itemId);
        const from = all.indexOf(cut[0] as string);
        expect(cut).toEqual(all.slice(from, from + cut.length));
      }
    });
  });

  test("returns a copy that later changes to the page's object do not affect", () => {
    const input = {
      impression: ['a', 'b'],
      metricAttribution: { eventAttributionSource: 'home' },
      properties: { n: 1 },
      sentAt: new Date(1_000),
    };
    const recorded = record(input);
    const before = structuredClone(recorded);
    input.impression.push('c');
    input.metricAttribution.eventAttributionSource = 'away';
    input.properties.n = 2;
    input.sentAt.setTime(9_000);
    expect(recorded).toEqual(before);
  });
});
