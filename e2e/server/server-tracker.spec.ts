import { readFileSync } from 'node:fs';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { Fault } from 'personalize-beacon/local';
import { problemOf, type TrackedEvent } from '../../src/contract/event.js';
import {
  createServerTracker,
  type ServerTracker,
  type ServerTrackerOptions,
  type UndeliveredEvent,
} from '../../src/server.js';
import { test as base, expect, type Service } from '../support/fixtures.js';
import { clientOf } from '../support/relay-server.js';

/** A rejected event, with its reason. */
type Rejection = [undelivered: UndeliveredEvent, reason: string];

interface Opened {
  tracker: ServerTracker;
  rejections: Rejection[];
  errors: unknown[];
}

/** Long enough that no test waits for it. */
const NEVER_MS = 3_600_000;

const ann = { sessionId: 's1', userId: 'ann' };
const guest = { sessionId: 's2' };

const test = base.extend<{ open: (options?: Partial<ServerTrackerOptions>) => Opened }>({
  open: async ({ aws }, use) => {
    const trackers: ServerTracker[] = [];
    await use((options = {}) => {
      const rejections: Rejection[] = [];
      const errors: unknown[] = [];
      const tracker = createServerTracker({
        client: clientOf(aws),
        trackingId: 'demo-tracker',
        actionTrackingId: 'demo-action-tracker',
        flushInterval: NEVER_MS,
        onRejected: (...rejection) => rejections.push(rejection),
        onError: (error) => errors.push(error),
        ...options,
      });
      trackers.push(tracker);
      return { tracker, rejections, errors };
    });
    aws.heal();
    for (const tracker of trackers) await tracker.close();
  },
});

const itemsOf = (aws: Service) => aws.counted().map(({ itemId }) => itemId);

const trackMany = (tracker: ServerTracker, count: number, visitor = ann) =>
  [...Array(count).keys()].map((i) => tracker.track(visitor, 'view', `${visitor.sessionId}-${i}`));

test('track() returns an ID at once, under which the event arrives', { tag: '@core' }, async ({
  aws,
  open,
}) => {
  const { tracker, rejections } = open();
  const before = Date.now() / 1000;
  const details = { eventValue: 9.99, properties: { quantity: 2 }, recommendationId: 'RID-1' };
  const first = tracker.track(ann, 'purchase', 'movie-12', details);
  const second = tracker.track(ann, {
    eventType: 'view',
    itemId: 'movie-7',
    sentAt: new Date(1_700_000_000_500),
  });
  const third = tracker.track(guest, 'view', 'movie-9', { eventId: 'order-1', sentAt: 1_700_000_000 });
  expect(third).toBe('order-1');
  expect(aws.requests).toEqual([]);
  await tracker.flush();
  // The two sessions' requests are sent at the same time.
  const received = aws.acknowledged
    .map(({ sessionId, userId, event }) => ({ sessionId, userId, ...event }))
    .sort((one, other) => one.sessionId.localeCompare(other.sessionId));
  expect(received).toMatchObject([
    {
      ...ann,
      eventId: first,
      eventType: 'purchase',
      itemId: 'movie-12',
      eventValue: 9.99,
      recommendationId: 'RID-1',
      properties: '{"quantity":2}',
    },
    { ...ann, eventId: second, itemId: 'movie-7', sentAt: 1_700_000_000.5 },
    { ...guest, userId: undefined, eventId: 'order-1', sentAt: 1_700_000_000 },
  ]);
  expect(received[0].sentAt).toBeGreaterThanOrEqual(Math.floor(before));
  expect(received[0].sentAt).toBeLessThanOrEqual(Date.now() / 1000);
  expect(first).not.toBe(second);
  expect(rejections).toEqual([]);
});

test('actions go to their own operation, and need their own tracking ID', async ({ aws, open }) => {
  const { tracker } = open();
  const id = tracker.trackAction(ann, 'Taken', 'join-film-club', { recommendationId: 'RID-2' });
  tracker.track(ann, 'view', 'movie-12');
  await tracker.flush();
  const [{ event, ...rest }] = aws.acknowledged.filter((one) => one.event.actionId);
  expect(rest).toMatchObject({ ...ann, trackingId: 'demo-action-tracker' });
  expect(event).toMatchObject({
    eventId: id,
    actionId: 'join-film-club',
    eventType: 'Taken',
    recommendationId: 'RID-2',
  });
  expect(itemsOf(aws)).toContain('movie-12');

  const without = open({ actionTrackingId: undefined });
  expect(without.tracker.trackAction(ann, 'Taken', 'join-film-club')).toBeUndefined();
  expect(without.rejections.map(([, reason]) => reason)).toEqual(['actionTrackingId is missing']);
});

test('a request carries up to ten events of one session, user and operation', async ({ aws, open }) => {
  const { tracker } = open({ flushInterval: NEVER_MS });
  const visitors = [ann, guest, { sessionId: 's1' }];
  for (let i = 0; i < 12; i++) {
    for (const [n, visitor] of visitors.entries()) tracker.track(visitor, 'view', `${n}-${i}`);
  }
  await tracker.flush();
  const counts = aws.calls('/events').map(({ eventCount }) => eventCount);
  expect(counts.sort()).toEqual([10, 10, 10, 2, 2, 2]);
  for (const [n, { sessionId, userId }] of visitors.entries() as IterableIterator<
    [number, { sessionId: string; userId?: string }]
  >) {
    const own = aws.acknowledged.filter((one) => one.sessionId === sessionId && one.userId === userId);
    expect(own.map(({ event }) => event.itemId)).toEqual([...Array(12).keys()].map((i) => `${n}-${i}`));
  }
});

test('events are sent when flushSize of a session wait, or after flushInterval', async ({ aws, open }) => {
  const { tracker } = open({ flushSize: 3 });
  trackMany(tracker, 2);
  trackMany(tracker, 3, guest as typeof ann);
  await expect.poll(() => itemsOf(aws)).toEqual(['s2-0', 's2-1', 's2-2']);
  await tracker.flush();
  expect(itemsOf(aws)).toHaveLength(5);
  aws.clear();
  trackMany(open({ flushInterval: 0 }).tracker, 2);
  await expect.poll(() => itemsOf(aws)).toEqual(['s1-0', 's1-1']);
});

test('an invalid event is rejected with the message of the browser, and track() throws nothing', async ({
  aws,
  open,
}) => {
  const { tracker, rejections } = open();
  const inputs = [
    {},
    { eventType: 'view', itemId: 'x'.repeat(257) },
    { eventType: 'view', eventValue: Number.NaN },
    { eventType: 'view', properties: { deep: {} } },
    { eventType: 'view', properties: { userId: 'ann' } },
    { eventType: 'view', sentAt: Date.now() },
    { eventType: 'view', mood: 'sad' },
    { eventType: 'Liked', actionId: 'a' },
  ] as TrackedEvent[];
  for (const input of inputs) expect(tracker.track(ann, input)).toBeUndefined();
  expect(rejections).toEqual(inputs.map((event) => [{ visitor: ann, event }, problemOf(event)]));
  expect(rejections[1][1]).toMatch(
    /^itemId must be a string of 1-256 characters; got "x+\.\.\. \(259 characters\)$/,
  );

  rejections.length = 0;
  const anything = tracker as { track(...args: unknown[]): unknown };
  const throwing = {
    get eventType() {
      throw new Error('no database');
    },
  };
  for (const [args, reason] of [
    [[], /^sessionId must be a string of 1-256 characters; got null$/],
    [[{}, 'view'], /^sessionId must be .* got null$/],
    [[{ sessionId: '  ' }, 'view'], /^sessionId must be .* got null$/],
    [[{ sessionId: 12 }, 'view'], /^sessionId must be .* got 12$/],
    [[{ sessionId: 's', userId: 'x'.repeat(257) }, 'view'], /^userId must be a string of 1-256 characters/],
    // The service answers 200 to the session `null`, and drops its events.
    [
      [{ sessionId: 'null' }, 'view'],
      /^sessionId must be an ID; got "null", which stands for a missing value$/,
    ],
    [[{ sessionId: 's', userId: 'undefined' }, 'view'], /^userId must be an ID; got "undefined"/],
    [[ann], /^eventType must be .* got null$/],
    [[ann, throwing], /no database/],
  ] as const) {
    expect(anything.track(...args)).toBeUndefined();
    expect(rejections.pop()?.[1]).toMatch(reason);
  }
  await tracker.flush();
  expect(aws.requests).toEqual([]);
});

test('a missing user is an anonymous visitor, white space around IDs is cut', async ({ aws, open }) => {
  const { tracker } = open();
  for (const userId of [undefined, null, '']) tracker.track({ sessionId: ' s ', userId }, 'view', ' a ');
  await tracker.flush();
  expect(aws.acknowledged.map(({ sessionId, userId, event }) => [sessionId, userId, event.itemId])).toEqual(
    Array(3).fill(['s', undefined, 'a']),
  );
  expect(aws.requests).toHaveLength(1);
});

test('one event that the service refuses does not hold back nine others', { tag: '@core' }, async ({
  aws,
  open,
}) => {
  const { tracker, rejections, errors } = open();
  aws.fail({ refuseItem: 's1-6' });
  const ids = trackMany(tracker, 10);
  await tracker.flush();
  expect(itemsOf(aws)).toEqual(['s1-0', 's1-1', 's1-2', 's1-3', 's1-4', 's1-5', 's1-7', 's1-8', 's1-9']);
  expect(rejections).toMatchObject([
    [
      { visitor: ann, event: { eventId: ids[6], itemId: 's1-6' } },
      expect.stringMatching(/^400 InvalidInputException /),
    ],
  ]);
  expect(errors).toEqual([]);
});

for (const [fault, error] of [
  [{ status: 503, times: 1 }, { $metadata: { httpStatusCode: 503 } }],
  [{ status: 429, type: 'ThrottlingException', times: 1 }, { name: 'ThrottlingException' }],
  [{ status: 409, type: 'ResourceInUseException', times: 1 }, { name: 'ResourceInUseException' }],
  [{ status: 403, type: 'AccessDeniedException', times: 1 }, { name: 'AccessDeniedException' }],
  [{ status: 404, type: 'ResourceNotFoundException', times: 1 }, { name: 'ResourceNotFoundException' }],
  [{ status: 400, times: 1 }, { $metadata: { httpStatusCode: 400 } }],
  [{ drop: 'request', times: 1 }, { name: 'TimeoutError' }],
  [{ drop: 'answer', times: 1 }, { name: 'TimeoutError' }],
  [
    { stall: true, times: 1 },
    { name: 'TimeoutError', message: expect.stringMatching(/limit of 300 ms/) },
  ],
] satisfies [Fault, object][]) {
  test(`after ${JSON.stringify(fault)} the events are sent again, and count once`, async ({ aws, open }) => {
    const { tracker, rejections, errors } = open({ timeout: 'stall' in fault ? 300 : 25_000 });
    aws.fail(fault);
    const ids = trackMany(tracker, 2);
    await tracker.flush();
    expect(aws.counted().map(({ eventId }) => eventId)).toEqual(ids);
    expect(aws.requests).toHaveLength(2);
    expect(errors).toMatchObject([error]);
    expect(rejections).toEqual([]);
  });
}

test("the client's own retries belong to one request", async ({ aws, open }) => {
  const { tracker, errors } = open({ client: clientOf(aws, { maxAttempts: 3 }) });
  aws.fail({ status: 503, times: 2 });
  trackMany(tracker, 1);
  await tracker.flush();
  expect(aws.requests.map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(errors).toEqual([]);
});

test('no more than `concurrency` requests run at a time', async ({ open }) => {
  let running = 0;
  let most = 0;
  const waiting: (() => void)[] = [];
  const client = {
    async send() {
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => waiting.push(resolve));
      running--;
    },
  } as unknown as PersonalizeEventsClient;
  const { tracker } = open({ client, concurrency: 3 });
  for (let i = 0; i < 8; i++) trackMany(tracker, 1, { sessionId: `s${i}`, userId: 'ann' });
  let isDone = false;
  const done = tracker.flush().then(() => {
    isDone = true;
  });
  await expect
    .poll(() => {
      for (const resolve of waiting.splice(0)) resolve();
      return isDone;
    })
    .toBe(true);
  await done;
  expect(most).toBe(3);
});

test('events beyond maxWaiting are rejected at once, and accepted again when there is room', async ({
  aws,
  open,
}) => {
  const { tracker, rejections } = open({ maxWaiting: 2 });
  const ids = trackMany(tracker, 3);
  expect(ids[2]).toBeUndefined();
  expect(rejections).toEqual([
    [
      { visitor: ann, event: { eventType: 'view', itemId: 's1-2' } },
      'maxWaiting is 2 events, which wait already; track it again later',
    ],
  ]);
  await tracker.flush();
  const [[{ visitor, event }]] = rejections;
  expect(tracker.track(visitor, event)).toBeTruthy();
  await tracker.flush();
  expect(itemsOf(aws)).toEqual(['s1-0', 's1-1', 's1-2']);
});

test('an event is given up when it is older than maxAge', async ({ aws, open }) => {
  const { tracker, rejections } = open({ maxAge: 1 });
  aws.fail({ status: 503 });
  const [eventId] = trackMany(tracker, 1);
  await tracker.flush();
  expect(rejections).toMatchObject([[{ event: { eventId } }, 'not delivered within the maxAge of 1 ms']]);
});

test('close() sends what waits, and accepts nothing more', { tag: '@core' }, async ({ aws, open }) => {
  const { tracker, rejections } = open();
  trackMany(tracker, 12);
  const closed = tracker.close();
  expect(tracker.track(ann, 'view', 'late')).toBeUndefined();
  await closed;
  expect(itemsOf(aws)).toHaveLength(12);
  expect(rejections.map(([{ event }, reason]) => [event, reason])).toEqual([
    [{ eventType: 'view', itemId: 'late' }, 'the tracker is closed'],
  ]);
  await tracker.close();
  await tracker.flush();
});

for (const fault of [{ status: 503 }, { stall: true }, { status: 429, retryAfter: 600 }] satisfies Fault[]) {
  test(`during ${JSON.stringify(fault)}, close() ends in time, and another process sends the rest`, async ({
    aws,
    open,
  }) => {
    const stored: string[] = [];
    const ids: (string | undefined)[] = [];
    let isStored = false;
    const { tracker } = open({
      closeTimeout: 200,
      async onRejected(undelivered, reason) {
        expect(reason).toBe('not delivered within the closeTimeout of 200 ms');
        // Stored, in a task of its own.
        await new Promise((resolve) => setTimeout(resolve, 20));
        stored.push(JSON.stringify(undelivered));
        isStored = stored.length === ids.length;
      },
    });
    const undo = aws.fail({ on: 'personalize', ...fault });
    ids.push(...trackMany(tracker, 11));
    ids.push(tracker.trackAction(guest, 'Viewed', 'join', { properties: { row: 1 } }));
    await tracker.close();
    expect(isStored, 'close() awaits onRejected()').toBe(true);

    undo();
    const next = open().tracker;
    for (const text of stored) {
      const { visitor, event }: UndeliveredEvent = JSON.parse(text);
      next.track(visitor, event);
    }
    await next.close();
    expect(
      aws
        .counted()
        .map(({ eventId }) => eventId)
        .sort(),
    ).toEqual(ids.sort());
  });
}

test('errors in onRejected() and onError() break nothing', async ({ aws, open }) => {
  const printed: unknown[] = [];
  const { error } = console;
  console.error = (...args) => printed.push(...args);
  try {
    for (const fail of [
      () => {
        throw new Error('a bug');
      },
      () => Promise.reject(new Error('a bug')),
    ]) {
      const { tracker } = open({ onRejected: fail, onError: fail });
      aws.fail({ refuseItem: 's1-1' });
      aws.fail({ status: 503, times: 1 });
      expect(tracker.track(ann, '')).toBeUndefined();
      trackMany(tracker, 3);
      await tracker.flush();
      expect(printed.splice(0)).toEqual(Array(3).fill('personalize-beacon/server: Error a bug'));
      aws.heal();
    }
    expect(itemsOf(aws)).toEqual(['s1-0', 's1-2', 's1-0', 's1-2']);

    // Without functions of the site both are printed, in one line and without the event.
    const { tracker } = open({ onRejected: undefined, onError: undefined });
    aws.fail({ status: 503, times: 1, message: 'Busy.\nDetails' });
    aws.fail({ refuseItem: 's1-0' });
    trackMany(tracker, 1);
    await tracker.flush();
    expect(printed).toEqual([
      expect.stringMatching(/^personalize-beacon\/server: 503 \S+ Busy\.$/),
      expect.stringMatching(
        /^personalize-beacon\/server: an event is rejected: 400 InvalidInputException [^\n]+$/,
      ),
    ]);
  } finally {
    console.error = error;
  }
});

const client = new PersonalizeEventsClient({ region: 'us-east-1' });
const WRONG: [options: unknown, message: RegExp][] = [
  [
    undefined,
    /^createServerTracker: trackingId must be a string of 1-256 characters; got null; client must be a PersonalizeEventsClient; got null$/,
  ],
  [{ client }, /trackingId must be .*; got null$/],
  [{ trackingId: 't', client: { region: 'us-east-1' } }, /client must be a PersonalizeEventsClient; got/],
  [
    { trackingId: 't', client, flushSize: 11 },
    /^createServerTracker: flushSize must be 1-10 events; got 11$/,
  ],
  [{ trackingId: 't', client, flushInterval: -1 }, /flushInterval must be 0-3600000 milliseconds; got -1/],
  [{ trackingId: 't', client, maxWaiting: 0 }, /maxWaiting must be a whole number from 1; got 0/],
  [{ trackingId: 't', client, concurrency: 1.5 }, /concurrency must be a whole number from 1; got 1.5/],
  [{ trackingId: 't', client, timeout: 0 }, /timeout must be a whole number, 1–600000; got 0/],
  [{ trackingId: 't', client, maxAge: 1e9 }, /maxAge must be a whole number, 1–604800000; got 1000000000/],
  [{ trackingId: 't', client, closeTimeout: '5' }, /closeTimeout must be a whole number, 0–600000; got "5"/],
  [
    { trackingId: 't', client, onError: true, region: 'eu' },
    /onError must be a function; got true; region is unknown; use/,
  ],
];

test('wrong options throw an error at once', () => {
  for (const [options, message] of WRONG) {
    expect(() => createServerTracker(options as ServerTrackerOptions), String(message)).toThrow(message);
  }
  createServerTracker({ trackingId: 't', client, flushSize: undefined, onError: undefined });
});

test('the entry uses nothing of Node alone', () => {
  const code = readFileSync(new URL('../../dist/server.js', import.meta.url), 'utf8');
  const imports = [...code.matchAll(/^import [^"]*"([^"]+)"|\bimport\("|\brequire\(/gm)].map(
    ([, name]) => name,
  );
  expect(imports).toEqual(['@aws-sdk/client-personalize-events']);
  expect(code).not.toMatch(/\b(process|Buffer|setImmediate|__dirname)\b/);
});
