import { expect, test } from '@playwright/test';
import { inspect } from '../../src/browser/debug.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { resolveOptions, type Settings } from '../../src/contract/resolve-options.js';

const settingsOf = (options: object) =>
  resolveOptions(
    { trackingId: 't', endpoint: 'https://shop.example/collect', ...options },
    'https://shop.example/',
  ).settings as Settings;

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const at = (ms: number) => new Date(NOW + ms).toISOString();

const item = (event: object, more: Partial<QueuedEvent> = {}): QueuedEvent => ({
  event: { eventId: 'id', eventType: 'click', sentAt: NOW / 1000, ...event },
  recordedAt: NOW - 1000,
  size: 80,
  sessionId: 's',
  ...more,
});

test('inspect() returns all that a tracker knows, with ISO times', () => {
  const settings = settingsOf({
    region: 'us-east-1',
    credentials: async () => ({ accessKeyId: '', secretAccessKey: '' }),
    userId: 'ann',
    clickEvent: 'open',
  });
  const inspected = inspect(
    {
      settings,
      session: { sessionId: 's', userId: 'ann', createdAt: NOW - 60_000 },
      items: [
        item({ itemId: 'a' }),
        item({ eventId: 'id-2', eventType: 'Taken', actionId: 'join' }, { unconfirmed: true }),
      ],
      expiration: new Date(NOW + 90_000),
      offset: 30_000,
      errors: [{ at: NOW - 5000, reason: '400 InvalidInputException' }],
    },
    NOW,
  );
  expect(inspected).toEqual({
    options: expect.objectContaining({
      trackingId: 't',
      region: 'us-east-1',
      userId: 'ann',
      clickEvent: 'open',
      flushSize: 10,
      endpoint: 'https://shop.example/collect',
      identityEndpoint: 'https://cognito-identity.us-east-1.amazonaws.com/',
    }),
    session: { sessionId: 's', userId: 'ann', createdAt: at(-60_000) },
    queue: [
      { eventId: 'id', eventType: 'click', itemId: 'a', recordedAt: at(-1000), unconfirmed: false },
      { eventId: 'id-2', eventType: 'Taken', actionId: 'join', recordedAt: at(-1000), unconfirmed: true },
    ],
    // A minute by AWS's clock, which is 30 s ahead.
    credentials: { expiration: at(90_000), expiresInMs: 60_000 },
    clockOffset: 30_000,
    errors: [{ at: at(-5000), reason: '400 InvalidInputException' }],
  });
  expect(JSON.parse(JSON.stringify(inspected))).toEqual(inspected);
  expect(inspected.options).not.toHaveProperty('credentials');
});

const NOTHING = { session: undefined, items: [], expiration: undefined, offset: 0, errors: [] };

test('inspect() omits the session and credentials if there are none', () => {
  const inspected = inspect({ settings: settingsOf({}), ...NOTHING }, NOW);
  expect(Object.keys(inspected)).toEqual(['options', 'queue', 'clockOffset', 'errors']);
  expect(inspected).toMatchObject({ queue: [], clockOffset: 0, errors: [] });
});

test('an invalid expiration is shown as null', () => {
  const expiration = new Date(Number.NaN);
  const { credentials } = inspect({ settings: settingsOf({}), ...NOTHING, expiration }, NOW);
  expect(credentials).toEqual({ expiration: null, expiresInMs: null });
});

test('inspect() returns a copy, which does not change the queue', () => {
  const items = [item({ itemId: 'a' })];
  const inspected = inspect({ settings: settingsOf({}), ...NOTHING, items }, NOW);
  inspected.queue.length = 0;
  expect(items).toHaveLength(1);
});
