import assert from 'node:assert/strict';
import {
  PersonalizeEventsClient,
  PutActionInteractionsCommand,
  PutEventsCommand,
} from '@aws-sdk/client-personalize-events';
import { expect } from '@playwright/test';
import fc from 'fast-check';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { nextBatch, splitBatch, toBatches } from '../../src/contract/batch.js';
import { recordEvent, type TrackedAction, type TrackedEvent } from '../../src/contract/event.js';
import { toRequest } from '../../src/contract/put-events-request.js';
import { test } from '../support/serve.js';

/** Generates a few visitors, some anonymous, and actions among the events, so that batches mix. */
const visitor = fc.record(
  {
    sessionId: fc.constantFrom('s1', 's2'),
    userId: fc.constantFrom('u1', 'u2'),
    actionId: fc.constantFrom('a1', 'a2'),
  },
  { requiredKeys: ['sessionId'] },
);
const items = fc.array(visitor, { maxLength: 60 }).map((visitors) =>
  visitors.map(
    ({ actionId, ...visitor }, i): QueuedEvent => ({
      ...visitor,
      event: { eventType: 'click', eventId: `${i}`, sentAt: i, ...(actionId && { actionId }) },
      recordedAt: i * 1000,
      size: 50,
    }),
  ),
);
const filled = items.filter(({ length }) => length > 0);

/** Returns the users, sessions and operations in a batch. */
const kindsOf = (batch: QueuedEvent[]) =>
  new Set(batch.map(({ sessionId, userId, event }) => `${sessionId} ${userId} ${!!event.actionId}`));
const idsOf = (batch: QueuedEvent[]) => batch.map(({ event }) => event.eventId);
const inOrder = (batch: QueuedEvent[], of: QueuedEvent[]) => {
  const places = batch.map((item) => of.indexOf(item));
  return places.every((place, i) => place >= 0 && (i === 0 || place > (places[i - 1] as number)));
};
// A failure prints the seed and the smallest case. Uses assert: thousands of `expect`s are slow, each being a step.
const runs = { seed: 20180322, numRuns: 500 };

test('every event is in exactly one batch of at most ten, of one user, session and operation, oldest first', () => {
  fc.assert(
    fc.property(items, (all) => {
      const batches = toBatches(all);
      assert.deepEqual(idsOf(batches.flat()).sort(), idsOf(all).sort());
      for (const batch of batches) {
        assert.equal(kindsOf(batch).size, 1);
        assert.ok(batch.length <= 10);
        assert.ok(inOrder(batch, all));
      }
    }),
    runs,
  );
});

test('there are as few batches as possible', () => {
  fc.assert(
    fc.property(items, (all) => {
      const fewest = [...kindsOf(all)]
        .map((one) => all.filter((item) => kindsOf([item]).has(one)).length)
        .reduce((sum, count) => sum + Math.ceil(count / 10), 0);
      assert.equal(toBatches(all).length, fewest);
    }),
    runs,
  );
});

test('a later batch of the same kind holds later events', () => {
  fc.assert(
    fc.property(items, (all) => {
      for (const one of kindsOf(all)) {
        const fits = (item: QueuedEvent) => kindsOf([item]).has(one);
        assert.deepEqual(idsOf(toBatches(all).flat().filter(fits)), idsOf(all.filter(fits)));
      }
    }),
    runs,
  );
});

test("the next batch is of the first event's kind, and fillers of that kind use the remaining room", () => {
  fc.assert(
    fc.property(filled, items, (due, fillers) => {
      const first = due[0] as QueuedEvent;
      const fits = (item: QueuedEvent) => kindsOf([first, item]).size === 1;
      const dues = due.filter(fits).slice(0, 10);
      assert.deepEqual(nextBatch(due, fillers), [
        ...dues,
        ...fillers.filter(fits).slice(0, 10 - dues.length),
      ]);
    }),
    runs,
  );
});

test('fillers alone cause no request', () => {
  fc.assert(
    fc.property(items, (fillers) => assert.deepEqual(nextBatch([], fillers), [])),
    runs,
  );
});

test('splitBatch() returns two batches in order, neither empty, as equal as possible', () => {
  fc.assert(
    fc.property(filled, (batch) => {
      fc.pre(batch.length > 1);
      const [first = [], second = []] = splitBatch(batch);
      assert.deepEqual([...first, ...second], batch);
      assert.equal(splitBatch(batch).length, 2);
      assert.ok([0, 1].includes(second.length - first.length));
    }),
    runs,
  );
});

const toBody = (batch: QueuedEvent[], offset: number) =>
  toRequest({ trackingId: 't', endpointUrl: '' }, batch, offset).body;

test("sentAt is in seconds and corrected by the clock offset, the event's own if it has one", () => {
  const item: QueuedEvent = {
    sessionId: 's',
    event: { eventType: 'click', eventId: 'e', sentAt: 1_700_000_000.5 },
    recordedAt: 1_700_000_000_500,
    size: 50,
  };
  const body = (sentAt: number) =>
    `{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"click","eventId":"e","sentAt":${sentAt}}]}`;
  expect(toBody([item], -1_000)).toBe(body(1_699_999_999.5));
  expect(toBody([{ ...item, offset: 5_000 }], -1_000)).toBe(body(1_700_000_005.5));
  expect(toBody([{ ...item, offset: 0 }], -1_000)).toBe(body(1_700_000_000.5));
});

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  // White space at the ends is removed.
  .filter((value) => value !== '' && value === value.trim());
const commonFields = {
  eventId: text,
  sentAt: fc.integer({ min: Date.UTC(2020), max: Date.UTC(2040) }).map((at) => new Date(at)),
  properties: fc.dictionary(text, fc.oneof(text, fc.boolean(), fc.integer()), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  recommendationId: text,
  // More would exceed 1,000 characters in all, and be cut.
  impression: fc.array(text, { minLength: 1, maxLength: 24 }),
};
const event = fc.record(
  {
    ...commonFields,
    eventType: text,
    itemId: text,
    eventValue: fc.float({ noNaN: true, noDefaultInfinity: true }),
    metricAttribution: fc.record({ eventAttributionSource: text }, { noNullPrototype: true }),
  },
  { requiredKeys: ['eventType', 'eventId', 'sentAt'], noNullPrototype: true },
);
const action = fc.record(
  { ...commonFields, eventType: fc.constantFrom('Taken', 'Not Taken', 'Viewed'), actionId: text },
  { requiredKeys: ['eventType', 'actionId', 'eventId', 'sentAt'], noNullPrototype: true },
);

const batchOf = <T>(event: fc.Arbitrary<T>) =>
  fc.record(
    {
      trackingId: text,
      sessionId: text,
      userId: text,
      events: fc.array(event, { minLength: 1, maxLength: 10 }),
      offset: fc.integer({ min: -3_600_000, max: 3_600_000 }),
    },
    { requiredKeys: ['trackingId', 'sessionId', 'events', 'offset'], noNullPrototype: true },
  );

/** Returns the event with its fields in another order, as a page may give them. */
const reversed = (event: TrackedEvent | TrackedAction) =>
  Object.fromEntries(Object.entries(event).reverse()) as unknown as TrackedEvent;

const recorded = (events: (TrackedEvent | TrackedAction)[], visitor: Partial<QueuedEvent>) =>
  events.map(
    (event): QueuedEvent => ({
      event: recordEvent(reversed(event), 0, String),
      recordedAt: 0,
      size: 50,
      ...visitor,
    }),
  );

/** Returns the properties in the form that the SDK takes. */
const asText = (properties?: object) => properties && { properties: JSON.stringify(properties) };

test.describe("a batch equals the AWS SDK's request for the same input", () => {
  let client: PersonalizeEventsClient;
  const sent: { url: string | undefined; body: string }[] = [];
  test.beforeEach(async ({ serve }) => {
    const port = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      sent.push({ url: request.url, body: Buffer.concat(chunks).toString() });
      response.end();
    });
    client = new PersonalizeEventsClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
      maxAttempts: 1,
    });
  });
  test.afterEach(() => client.destroy());

  test('byte for byte, of events', async () => {
    await fc.assert(
      fc.asyncProperty(batchOf(event), async ({ trackingId, events, offset, ...visitor }) => {
        await client.send(
          new PutEventsCommand({
            trackingId,
            ...visitor,
            eventList: events.map(({ properties, sentAt, ...event }) => ({
              ...event,
              sentAt: new Date(+sentAt + offset),
              ...asText(properties),
            })),
          }),
        );
        const destination = { trackingId, endpointUrl: '' };
        expect(toRequest(destination, recorded(events as TrackedEvent[], visitor), offset)).toEqual(
          sent.pop(),
        );
      }),
      { seed: 20180322, numRuns: 150 },
    );
  });

  test('as JSON, of actions', async () => {
    await fc.assert(
      fc.asyncProperty(batchOf(action), async ({ trackingId, events, offset, ...visitor }) => {
        await client.send(
          new PutActionInteractionsCommand({
            trackingId,
            actionInteractions: events.map(({ properties, sentAt, ...event }) => ({
              ...event,
              ...visitor,
              timestamp: new Date(+sentAt + offset),
              ...asText(properties),
            })),
          }),
        );
        const destination = { trackingId: 'of events', actionTrackingId: trackingId, endpointUrl: '' };
        const items = recorded(events as TrackedAction[], visitor);
        const { url, body } = toRequest(destination, items, offset);
        const { url: sdkUrl, body: sdkBody } = sent.pop() ?? { body: '{}' };
        assert.equal(url, sdkUrl);
        assert.deepEqual(JSON.parse(body), JSON.parse(sdkBody));
      }),
      { seed: 20180322, numRuns: 150 },
    );
  });
});
