import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { KinesisStreamEvent, KinesisStreamHandler } from 'aws-lambda';
import { build } from 'esbuild';
import type {
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from '../../src/contract/put-events-request.js';
import { createRelay } from '../../src/relay.js';
import {
  type Batch,
  type ConsumerOptions,
  createConsumer,
  type Forward,
  type Rejected,
  toKinesis,
  toPersonalize,
} from '../../src/relay-kinesis.js';
import { deploy, readTemplate } from '../support/cloudformation.js';
import type { Service } from '../support/fixtures.js';
import { expect, type Stream, test } from '../support/kinesis-stream.js';

const eventOf = (itemId: string, more: Partial<WireEvent> = {}): WireEvent => ({
  eventType: 'click',
  itemId,
  eventId: `id-${itemId}`,
  sentAt: 1_700_000_000,
  ...more,
});

/** Returns a batch as a visitor's page sends it. */
const batchOf = (sessionId: string, ...itemIds: string[]): PutEventsBody => ({
  trackingId: 'demo-tracker',
  sessionId,
  eventList: itemIds.map((itemId) => eventOf(itemId)),
});

/** Forwards to the local AWS in a single attempt, without backoff. */
const toLocalAws = (aws: Service) =>
  toPersonalize(
    new PersonalizeEventsClient({
      region: 'us-east-1',
      endpoint: aws.url,
      credentials: aws.issueCredentials(),
      maxAttempts: 1,
    }),
  );

const put = async (stream: Stream, ...batches: Batch[]) => {
  const forward = toKinesis(stream);
  for (const batch of batches) await forward(batch);
};

const putText = (stream: Stream, text: string) =>
  stream.client.send(
    new PutRecordCommand({
      StreamName: stream.streamName,
      PartitionKey: 'anybody',
      Data: Buffer.from(text),
    }),
  );

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** Bundles an example's function with the source in place of the package, and returns its handler. */
const loadExample = async (name: string, outfile: string) => {
  await build({
    entryPoints: [`${SOURCE}/../demo/examples/${name}.js`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: {
      'personalize-beacon/relay/kinesis': `${SOURCE}/relay-kinesis.ts`,
      'personalize-beacon/relay': `${SOURCE}/relay.ts`,
    },
    external: ['@aws-sdk/*'],
    logLevel: 'silent',
  });
  const { handler } = await import(outfile);
  return handler as (event: object) => Promise<object>;
};

const sequenceNumberOf = (event: KinesisStreamEvent, index: number) =>
  event.Records[index]?.kinesis.sequenceNumber ?? '';

const itemsOf = (accepted: Service['events'], session?: string) =>
  accepted.filter(({ sessionId }) => !session || sessionId === session).map(({ event }) => event.itemId);

/** Fails the test if it is called. */
const unexpected = (value: unknown) => {
  throw new Error(`not expected: ${JSON.stringify(value)}`);
};
const NO_FAILURE = { batchItemFailures: [] };

test.describe('with two shards', () => {
  test.use({ shardCount: 2 });

  test('each session stays in one shard, and arrives once and in order', async ({ aws, stream }) => {
    const sessions = ['s1', 's2', 's3', 's4'];
    for (let n = 0; n < 5; n++) {
      await put(
        stream,
        ...sessions.map((session) => batchOf(session, `${session}-${n}a`, `${session}-${n}b`)),
      );
    }
    const shards = [await stream.read(undefined, 0), await stream.read(undefined, 1)];
    const keys = shards.map(({ Records }) => new Set(Records.map(({ kinesis }) => kinesis.partitionKey)));
    expect(keys.map(({ size }) => size > 0)).toEqual([true, true]);
    expect([...(keys[0] ?? []), ...(keys[1] ?? [])].sort()).toEqual(sessions);

    const consume = createConsumer({ forward: toLocalAws(aws), onRejected: unexpected });
    for (const event of shards) expect(await consume(event)).toEqual(NO_FAILURE);
    expect(aws.counted()).toHaveLength(40);
    expect(aws.acknowledged).toHaveLength(40);
    for (const session of sessions) {
      const items = [0, 1, 2, 3, 4].flatMap((n) => [`${session}-${n}a`, `${session}-${n}b`]);
      expect(itemsOf(aws.acknowledged, session)).toEqual(items);
    }
  });
});

test('small batches of a visitor are merged into requests of ten events', async ({ aws, stream }) => {
  for (let n = 0; n < 12; n++) await put(stream, batchOf('s', `a${n}`), batchOf('t', `b${n}`));
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: unexpected });
  expect(await consume(await stream.read())).toEqual(NO_FAILURE);
  expect(
    aws
      .calls('/events')
      .map(({ eventCount }) => eventCount)
      .sort(),
  ).toEqual([10, 10, 2, 2]);
  expect(itemsOf(aws.acknowledged, 's')).toEqual([...Array(12).keys()].map((n) => `a${n}`));
});

test('batches of different trackers or users are not merged, and stay in order', async ({ aws, stream }) => {
  await put(
    stream,
    batchOf('s', 'a'),
    { ...batchOf('s', 'b'), userId: 'ann' },
    { ...batchOf('s', 'c'), userId: 'ann' },
    batchOf('s', 'd'),
  );
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: unexpected });
  expect(await consume(await stream.read())).toEqual(NO_FAILURE);
  expect(aws.calls('/events').map(({ eventCount }) => eventCount)).toEqual([1, 2, 1]);
  expect(aws.acknowledged.map(({ userId, event }) => [userId, event.itemId])).toEqual([
    [undefined, 'a'],
    ['ann', 'b'],
    ['ann', 'c'],
    [undefined, 'd'],
  ]);
});

test('interactions with actions are put as one record for each session', async ({ aws, stream }) => {
  const interactionOf = (sessionId: string, actionId: string): WireActionInteraction => ({
    actionId,
    sessionId,
    eventType: 'Viewed',
    timestamp: 1_700_000_000,
  });
  await put(
    stream,
    {
      trackingId: 'demo-action-tracker',
      actionInteractions: [interactionOf('s', 'a'), interactionOf('t', 'b'), interactionOf('s', 'c')],
    },
    batchOf('s', 'film'),
  );
  const event = await stream.read();
  expect(event.Records.map(({ kinesis }) => kinesis.partitionKey)).toEqual(['s', 't', 's']);
  expect(await createConsumer({ forward: toLocalAws(aws), onRejected: unexpected })(event)).toEqual(
    NO_FAILURE,
  );
  expect(
    aws.acknowledged.filter(({ sessionId }) => sessionId === 's').map(({ event }) => event),
  ).toMatchObject([{ actionId: 'a' }, { actionId: 'c' }, { itemId: 'film' }]);
  expect(aws.calls('/action-interactions')).toHaveLength(2);
});

test('the largest batch within the limits is a single record', async ({ aws, stream }) => {
  // JSON writes this character as six.
  const text = (length: number) => '\u0001'.repeat(length);
  const largest = (n: number): WireEvent => ({
    eventType: text(256),
    itemId: text(256),
    eventId: `${n}${text(255)}`,
    recommendationId: text(40),
    impression: Array(25).fill(text(256)),
    metricAttribution: { eventAttributionSource: '"'.repeat(1024) },
    properties: JSON.stringify({ a: '\\'.repeat(508) }),
    eventValue: -1.2345678901234567e-30,
    sentAt: 1_700_000_000.123 + n,
  });
  await put(stream, {
    trackingId: 'demo-tracker',
    sessionId: text(256),
    userId: text(256),
    eventList: [...Array(10).keys()].map(largest),
  });
  const event = await stream.read();
  expect(event.Records).toHaveLength(1);
  expect(await createConsumer({ forward: toLocalAws(aws), onRejected: unexpected })(event)).toEqual(
    NO_FAILURE,
  );
  expect(aws.counted()).toHaveLength(10);
});

test('a record that is not a batch, and an event over a limit, are reported and do not block others', async ({
  aws,
  stream,
}) => {
  await put(stream, batchOf('s', 'a'));
  await putText(stream, 'no JSON');
  await putText(stream, 'null');
  await putText(stream, '{"trackingId":"demo-tracker","sessionId":"s","eventList":[]}');
  await putText(
    stream,
    JSON.stringify({
      ...batchOf('s'),
      eventList: [eventOf('b'), eventOf('c', { recommendationId: 'x'.repeat(41) }), null, eventOf('d')],
    }),
  );
  await put(stream, batchOf('s', 'e'));
  const rejected: Rejected[] = [];
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: (one) => rejected.push(one) });
  const event = await stream.read();
  expect(await consume(event)).toEqual(NO_FAILURE);
  expect(itemsOf(aws.acknowledged)).toEqual(['a', 'b', 'd', 'e']);
  expect(rejected.map(({ reason }) => reason)).toEqual([
    'the body must be a JSON object',
    'the body must be a JSON object',
    'eventList must be a list of 1-10; got []',
    expect.stringMatching(/^eventList\[0\]\.recommendationId must be a string of 1-40 characters; got "x+/),
    'eventList[0] must be an object; got null',
  ]);
  expect(rejected[0]).toMatchObject({ sequenceNumber: sequenceNumberOf(event, 1), data: 'no JSON' });
  expect(rejected[3]).toMatchObject({ data: { sessionId: 's', eventList: [{ itemId: 'c' }] } });
});

test('one event that the service refuses does not block the nine others', async ({ aws, stream }) => {
  aws.fail({ refuseItem: 'f' });
  await put(stream, batchOf('s', ...'abcdefghij'));
  const rejected: Rejected[] = [];
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: (one) => rejected.push(one) });
  const event = await stream.read();
  expect(await consume(event)).toEqual(NO_FAILURE);
  expect(itemsOf(aws.acknowledged)).toEqual([...'abcdeghij']);
  expect(rejected).toEqual([
    {
      sequenceNumber: sequenceNumberOf(event, 0),
      reason: "400 InvalidInputException Item 'f' is refused.",
      data: batchOf('s', 'f'),
    },
  ]);
});

for (const [what, fault] of Object.entries({
  'is down': { status: 503 },
  throttles: { status: 429, type: 'ThrottlingException' },
  'does not answer': { drop: 'request' },
  'loses the answer': { drop: 'answer' },
  'denies access': { status: 403, type: 'AccessDeniedException' },
  'knows no such tracker': { status: 404, type: 'ResourceNotFoundException' },
} as const)) {
  test(`when the service ${what} midway, the rest is retried and nothing is counted twice`, async ({
    aws,
    stream,
  }) => {
    const all = [...Array(30).keys()].map((n) => `a${n}`);
    for (const item of all) await put(stream, batchOf('s', item));
    const undo = aws.on('event', ({ event }) => {
      if (event.itemId === 'a9') aws.fail(fault);
    });
    const errors: unknown[] = [];
    const consume = createConsumer({
      forward: toLocalAws(aws),
      onRejected: unexpected,
      onError: (error) => errors.push(error),
    });
    const event = await stream.read();
    const failed = sequenceNumberOf(event, 10);
    expect(await consume(event)).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
    expect(errors).toHaveLength(1);

    undo();
    aws.heal();
    expect(await consume(await stream.read(failed))).toEqual(NO_FAILURE);
    expect(aws.counted().map(({ itemId }) => itemId)).toEqual(all);
  });
}

test('with several sessions everything is retried from the first undelivered record', async ({
  aws,
  stream,
}) => {
  await put(stream, batchOf('s', 'a'), batchOf('t', 'b'), batchOf('s', 'c'));
  // One session's requests fail, as if throttled, and the other's do not.
  const forward = toLocalAws(aws);
  let isDown = true;
  const consume = createConsumer({
    async forward(batch, signal) {
      if (isDown && 'sessionId' in batch && batch.sessionId === 't') throw new Error('no answer');
      await forward(batch, signal);
    },
    onRejected: unexpected,
    onError: () => {},
  });
  const event = await stream.read();
  const failed = sequenceNumberOf(event, 1);
  expect(await consume(event)).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
  isDown = false;
  expect(await consume(await stream.read(failed))).toEqual(NO_FAILURE);
  expect(
    aws
      .counted()
      .map(({ itemId }) => itemId)
      .sort(),
  ).toEqual(['a', 'b', 'c']);
});

test('a service that is down gets no further requests and causes one error', async ({ aws, stream }) => {
  // Ten more batches than are sent at a time.
  await put(stream, ...[...Array(60).keys()].map((n) => batchOf(`s${n}`, `a${n}`)));
  aws.fail({ status: 503 });
  const errors: unknown[] = [];
  const consume = createConsumer({
    forward: toLocalAws(aws),
    onRejected: unexpected,
    onError: (error) => errors.push(error),
  });
  const event = await stream.read();
  expect(await consume(event)).toEqual({
    batchItemFailures: [{ itemIdentifier: sequenceNumberOf(event, 0) }],
  });
  expect(errors).toMatchObject([{ $metadata: { httpStatusCode: 503 } }]);
  expect(aws.calls('/events').length).toBeLessThanOrEqual(50);
});

test('a record is retried if its rejection cannot be reported, and does not block those before it', async ({
  aws,
  stream,
}) => {
  await put(stream, batchOf('s', 'a'));
  await putText(stream, 'no JSON');
  await put(stream, batchOf('s', 'b'));
  let isFull = true;
  const errors: unknown[] = [];
  const consume = createConsumer({
    forward: toLocalAws(aws),
    async onRejected() {
      if (isFull) throw new Error('the queue for dead letters is full');
    },
    onError: (error) => errors.push(error),
  });
  const failed = sequenceNumberOf(await stream.read(), 1);
  expect(await consume(await stream.read())).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
  expect(errors).toMatchObject([{ message: expect.stringContaining('dead letters') }]);
  expect(itemsOf(aws.acknowledged)).toContain('a');
  isFull = false;
  expect(await consume(await stream.read(failed))).toEqual(NO_FAILURE);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['a', 'b']);
});

test('a rejected event is retried if its rejection cannot be reported', async ({ aws, stream }) => {
  aws.fail({ refuseItem: 'b' });
  await put(stream, batchOf('s', 'a'), batchOf('t', 'b'));
  const reported: string[] = [];
  let isFull = true;
  const consume = createConsumer({
    forward: toLocalAws(aws),
    async onRejected({ sequenceNumber }) {
      if (isFull) throw new Error('the queue for dead letters is full');
      reported.push(sequenceNumber);
    },
    onError: () => {},
  });
  const event = await stream.read();
  const failed = sequenceNumberOf(event, 1);
  expect(await consume(event)).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
  isFull = false;
  expect(await consume(await stream.read(failed))).toEqual(NO_FAILURE);
  expect(reported).toEqual([failed]);
});

test('a consumer that is nearly out of time leaves the remaining records to the next invocation', async ({
  aws,
  stream,
}) => {
  for (const user of ['ann', 'bob', 'cid']) await put(stream, { ...batchOf('s', user), userId: user });
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: unexpected, onError: unexpected });
  const event = await stream.read();
  // A function's time limit of a minute, of which each event uses most.
  const context = { getRemainingTimeInMillis: () => (aws.acknowledged.length < 2 ? 60_000 : 1999) };
  const failed = sequenceNumberOf(event, 2);
  expect(await consume(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
  expect(itemsOf(aws.acknowledged)).toEqual(['ann', 'bob']);
});

/** Returns the context of an invocation with so much time. */
const contextOf = (ms: number) => {
  const endsAt = performance.now() + ms;
  return { getRemainingTimeInMillis: () => endsAt - performance.now() };
};

const hang = () => new Promise<never>(() => {});

for (const [what, optionsOf] of Object.entries<(aws: Service) => Omit<ConsumerOptions, 'onError'>>({
  'a forward() that never settles': () => ({ forward: hang, onRejected: unexpected }),
  'a service that does not answer': (aws) => {
    aws.fail({ stall: true });
    return { forward: toLocalAws(aws), onRejected: unexpected };
  },
  'an onRejected() that never settles': (aws) => {
    aws.fail({ refuseItem: 'a' });
    return { forward: toLocalAws(aws), onRejected: hang };
  },
})) {
  test(`${what} is abandoned before Lambda ends the function`, async ({ aws, stream }) => {
    await put(stream, batchOf('s', 'a'), batchOf('t', 'b'));
    const errors: unknown[] = [];
    const consume = createConsumer({ ...optionsOf(aws), onError: (error) => errors.push(error) });
    const event = await stream.read();
    const context = contextOf(1500);
    const failed = { batchItemFailures: [{ itemIdentifier: sequenceNumberOf(event, 0) }] };
    expect(await consume(event, context)).toEqual(failed);
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(
          /^(forward|onRejected)\(\) has not settled: the function's time is up$/,
        ),
      },
    ]);
  });
}

test('a record whose report never settles does not block those before it', async ({ aws, stream }) => {
  await put(stream, batchOf('s', 'a'));
  await putText(stream, 'no JSON');
  const event = await stream.read();
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: hang, onError: () => {} });
  const failed = { batchItemFailures: [{ itemIdentifier: sequenceNumberOf(event, 1) }] };
  expect(await consume(event, contextOf(1500))).toEqual(failed);
  expect(itemsOf(aws.acknowledged)).toEqual(['a']);
});

test('an error in onError() does no harm', async ({ stream }) => {
  await put(stream, batchOf('s', 'a'), batchOf('t', 'b'));
  const consoleErrors: unknown[] = [];
  const { error } = console;
  console.error = (...args) => consoleErrors.push(...args);
  try {
    const event = await stream.read();
    const failed = { batchItemFailures: [{ itemIdentifier: sequenceNumberOf(event, 0) }] };
    for (const onError of [() => Promise.reject(new Error('a bug')), unexpected]) {
      const forward = () => Promise.reject(new Error('no answer'));
      expect(await createConsumer({ forward, onError })(event)).toEqual(failed);
      await expect.poll(() => consoleErrors.pop()).toBeInstanceOf(Error);
    }
  } finally {
    console.error = error;
  }
});

test('with a low rate and little time each invocation ends in time and delivers the next records', async ({
  aws,
  stream,
}) => {
  // Far more sessions than requests allowed, the first of them with several requests.
  const users = ['ann', 'bob', 'cid', 'dan'];
  await put(stream, ...users.map((userId) => ({ ...batchOf('s0', userId), userId })));
  await put(stream, ...[...Array(16).keys()].map((n) => batchOf(`t${n}`, `a${n}`)));
  const all = (await stream.read()).Records.map(({ kinesis }) => kinesis.sequenceNumber);
  const consume = createConsumer({ forward: toLocalAws(aws), requestsPerSecond: 5, onRejected: unexpected });
  let from: string | undefined = all[0];
  let invocations = 0;
  while (from) {
    const context = contextOf(2000);
    const { batchItemFailures } = await consume(await stream.read(from), context);
    expect(context.getRemainingTimeInMillis()).toBeGreaterThan(0);
    const next = batchItemFailures[0]?.itemIdentifier;
    if (next) expect(all.indexOf(next)).toBeGreaterThan(all.indexOf(from));
    from = next;
    invocations++;
  }
  expect(aws.counted()).toHaveLength(20);
  expect(invocations).toBeGreaterThan(1);
});

test('the first record is sent first, even if it needs several requests', async ({ aws, stream }) => {
  aws.fail({ refuseItem: 'a3' });
  await put(stream, batchOf('s', 'a0', 'a1', 'a2', 'a3'));
  await put(stream, ...[...Array(20).keys()].map((n) => batchOf(`t${n}`, `b${n}`)));
  const rejected: Rejected[] = [];
  const consume = createConsumer({
    forward: toLocalAws(aws),
    requestsPerSecond: 2,
    onRejected: (one) => rejected.push(one),
  });
  const event = await stream.read();
  const { batchItemFailures } = await consume(event, contextOf(5000));
  expect(batchItemFailures[0]?.itemIdentifier).not.toBe(sequenceNumberOf(event, 0));
  expect(itemsOf(aws.acknowledged, 's')).toEqual(['a0', 'a1', 'a2']);
  expect(rejected).toHaveLength(1);
});

test('requests that an invocation abandons do not count towards the rate of the next', async ({
  aws,
  stream,
}) => {
  await put(stream, ...[...Array(30).keys()].map((n) => batchOf(`s${n}`, `a${n}`)));
  const event = await stream.read();
  const forward = toLocalAws(aws);
  let isDown = true;
  const consume = createConsumer({
    // The first request fails while all others wait for their turn.
    forward: (batch, signal) => (isDown ? Promise.reject(new Error('down')) : forward(batch, signal)),
    requestsPerSecond: 1,
    onRejected: unexpected,
    onError: () => {},
  });
  const failed = { batchItemFailures: [{ itemIdentifier: sequenceNumberOf(event, 0) }] };
  expect(await consume(event)).toEqual(failed);
  isDown = false;
  // Waiting for the thirty abandoned requests would take half a minute.
  expect(await consume({ Records: event.Records.slice(0, 1) }, contextOf(4000))).toEqual(NO_FAILURE);
});

test("the relay's time limit applies to a Kinesis that does not answer", async ({ stream }) => {
  stream.stall();
  const errors: unknown[] = [];
  const relay = createRelay({
    trackingId: 'demo-tracker',
    forward: toKinesis(stream),
    timeout: 300,
    concurrency: 1,
    onError: (error) => errors.push(error),
  });
  const send = () =>
    relay(
      new Request('http://localhost/events', {
        method: 'POST',
        body: JSON.stringify(batchOf('s', 'a')),
        headers: { origin: 'http://localhost', 'content-type': 'text/plain' },
      }),
    );
  expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([503, 503]);
  const message = 'forward() has not settled: the limit of 300 ms is over';
  expect(errors).toMatchObject([{ message }, { message }]);
  await relay.close();
});

test('an event without an ID gets the same one each time its record is read', async ({ aws, stream }) => {
  const { eventId, ...withoutId } = eventOf('a');
  await putText(stream, JSON.stringify({ ...batchOf('s'), eventList: [withoutId, withoutId, eventOf('b')] }));
  await putText(stream, JSON.stringify({ ...batchOf('s'), eventList: [withoutId] }));
  const consume = createConsumer({ forward: toLocalAws(aws), onRejected: unexpected });
  const idsOf = async () => {
    aws.clear();
    expect(await consume(await stream.read())).toEqual(NO_FAILURE);
    return aws.acknowledged.map(({ event }) => event.eventId);
  };
  const ids = await idsOf();
  const generatedId = expect.stringMatching(/^[\da-f]{32}-0$/);
  expect(ids).toEqual([generatedId, generatedId, 'id-b', generatedId]);
  expect(new Set(ids).size).toBe(4);
  expect(await idsOf()).toEqual(ids);
});

test('the rate limit applies whatever the number of waiting batches', async ({ aws, stream }) => {
  const PER_SECOND = 3;
  await put(stream, ...[...Array(3 * PER_SECOND).keys()].map((n) => batchOf(`s${n}`, `a${n}`)));
  const toAws = toLocalAws(aws);
  const times: number[] = [];
  const forward: Forward = (batch) => {
    times.push(performance.now());
    return toAws(batch);
  };
  const consume = createConsumer({ forward, requestsPerSecond: PER_SECOND, onRejected: unexpected });
  expect(await consume(await stream.read())).toEqual(NO_FAILURE);
  expect(times).toHaveLength(3 * PER_SECOND);
  for (const [n, time] of times.slice(PER_SECOND).entries()) {
    // A second, but for what a busy machine takes between a turn and its request.
    expect(time - (times[n] as number)).toBeGreaterThan(500);
  }
});

test('throttling by the stream is reported as throttling, never as an error in the batch', async ({
  stream,
}) => {
  const forward = toKinesis(stream);
  for (const type of [
    'ProvisionedThroughputExceededException',
    'KMSThrottlingException',
    'LimitExceededException',
  ]) {
    stream.refuse(type);
    await expect(forward(batchOf('s', 'a'))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'the stream is full for now',
      $metadata: { httpStatusCode: 429 },
      cause: { name: type, $metadata: { httpStatusCode: 400 } },
    });
  }
  for (const type of ['AccessDeniedException', 'ExpiredTokenException', 'KMSDisabledException']) {
    stream.refuse(type);
    await expect(forward(batchOf('s', 'a'))).rejects.toMatchObject({
      name: type,
      $metadata: { httpStatusCode: 403 },
      cause: { name: type, $metadata: { httpStatusCode: 400 } },
    });
  }
  stream.refuse();
  const missing = toKinesis({ ...stream, streamName: 'another' });
  await expect(missing(batchOf('s', 'a'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringContaining('another'),
    $metadata: { httpStatusCode: 403 },
  });
  await forward(batchOf('s', 'a'));
  expect((await stream.read()).Records).toHaveLength(1);
});

test('a wrong option throws an error at once', ({ stream }) => {
  const forward: Forward = async () => {};
  expect(() => createConsumer({ forward, requestsPerSecond: 0.5 })).toThrow(
    'createConsumer: requestsPerSecond must be a whole number from 1; with less than 1 for each consumer, have fewer of them; got 0.5',
  );
  expect(() => createConsumer({ forward: undefined as unknown as Forward })).toThrow(
    'createConsumer: forward must be a function',
  );
  expect(() => toKinesis({ ...stream, streamName: '' })).toThrow(
    'toKinesis: streamName must be a string of 1-128 characters; got ""',
  );
  expect(() => toKinesis({ streamName: 'events' } as unknown as Stream)).toThrow(
    'toKinesis: client must be a KinesisClient; got null',
  );
});

test('a consumer has the type of a Lambda handler', () => {
  const handler: KinesisStreamHandler = createConsumer({ forward: async () => {} });
  expect(handler).toBeInstanceOf(Function);
});

/** Returns the event of a function URL, with the fields that are read. */
const urlEventOf = (body: object) => ({
  version: '2.0',
  rawPath: '/collect/events',
  rawQueryString: '',
  headers: {
    host: 'abc.lambda-url.us-east-1.on.aws',
    origin: 'https://www.example.com',
    'content-type': 'text/plain;charset=UTF-8',
  },
  requestContext: { http: { method: 'POST' } },
  body: JSON.stringify(body),
  isBase64Encoded: false,
});

/** Provides the handlers of the examples' functions, with the environment of their stacks. */
const examples = test.extend<{ handlerOf: (name: string) => Promise<(event: object) => Promise<object>> }>({
  handlerOf: async ({ aws, stream }, use, testInfo) => {
    const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
    const own = { ...process.env };
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_KINESIS: stream.url,
      AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: aws.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      TRACKING_ID: 'demo-tracker',
      ORIGIN: 'https://www.example.com',
      ORIGINS: 'https://www.example.com',
      STREAM_NAME: stream.streamName,
      REQUESTS_PER_SECOND: '250',
    });
    await use((name) => loadExample(name, testInfo.outputPath(`${name.replace('/', '-')}.mjs`)));
    process.env = own;
  },
});

examples(
  "the example's functions deliver a page's batch to the service",
  async ({ aws, stream, handlerOf }) => {
    const relay = await handlerOf('relay-kinesis/relay');
    const consumer = await handlerOf('relay-kinesis/consumer');
    expect(await relay(urlEventOf(batchOf('s', 'a', 'b')))).toMatchObject({ statusCode: 200 });
    expect(await consumer(await stream.read())).toEqual(NO_FAILURE);
    expect(itemsOf(aws.acknowledged)).toEqual(['a', 'b']);
  },
);

const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
const FAILED_ARN = 'arn:aws:sqs:us-east-1:000000000000:failed';
const logsOf = (name: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${name}:*`;

/** The permissions that Lambda needs for the function; SubscribeToShard is for enhanced fan-out only. */
const WRITE_LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const READ_STREAM = [
  'DescribeStream',
  'DescribeStreamSummary',
  'GetRecords',
  'GetShardIterator',
  'ListShards',
];

// biome-ignore lint/suspicious/noExplicitAny: whatever a policy has
type Json = any;

/** Lists the actions of policies, each with its resource. */
const permissionsIn = (policies: Json[]): string[] =>
  policies
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Effect, Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((to) => `${Effect} ${action} ${to}`)),
    )
    .sort();

const allowing = (actions: string[], to: string) => actions.map((action) => `Allow ${action} ${to}`);

examples(
  "the role of each example's function allows what the function does, and nothing more",
  async ({ aws, stream, handlerOf }) => {
    const kinesis = readTemplate('demo/examples/relay-kinesis/template.yaml');
    const { resources } = deploy(
      kinesis,
      {},
      {
        'Stream.Arn': STREAM_ARN,
        'Failed.Arn': FAILED_ARN,
        'RelayLogs.Arn': logsOf('relay'),
        'ConsumerLogs.Arn': logsOf('consumer'),
        'RelayRole.Arn': 'RelayRole',
        'ConsumerRole.Arn': 'ConsumerRole',
        Relay: 'Relay',
      },
    );
    const permissionsOf = (name: string) => {
      const { Policies, ManagedPolicyArns } = resources[resources[name].Properties.Role].Properties;
      // The managed policies apply to any stream and any log.
      expect(ManagedPolicyArns).toBeUndefined();
      return permissionsIn(Policies.map(({ PolicyDocument }: Json) => PolicyDocument));
    };
    /** PutEvents cannot be limited to a resource. */
    const toService = () => {
      expect(new Set(aws.requests.map(({ path }) => path))).toEqual(new Set(['/events']));
      return ['Allow personalize:PutEvents *'];
    };

    stream.operations.length = 0;
    await (await handlerOf('relay-kinesis/relay'))(urlEventOf(batchOf('s', 'a')));
    expect(permissionsOf('Relay')).toEqual(
      [
        ...new Set(stream.operations.flatMap((name) => allowing([`kinesis:${name}`], STREAM_ARN))),
        ...allowing(WRITE_LOGS, logsOf('relay')),
      ].sort(),
    );

    const event = await stream.read();
    stream.operations.length = 0;
    await (await handlerOf('relay-kinesis/consumer'))(event);
    expect(stream.operations).toEqual([]);
    expect(resources.Mapping.Properties.DestinationConfig.OnFailure.Destination).toBe(FAILED_ARN);
    expect(permissionsOf('Consumer')).toEqual(
      [
        ...toService(),
        ...allowing(WRITE_LOGS, logsOf('consumer')),
        ...allowing(
          READ_STREAM.map((name) => `kinesis:${name}`),
          STREAM_ARN,
        ),
        ...allowing(['sqs:SendMessage'], FAILED_ARN),
      ].sort(),
    );

    aws.clear();
    await (await handlerOf('relay-lambda/handler'))(urlEventOf(batchOf('s', 'b')));
    const steps = readFileSync(`${SOURCE}/../demo/examples/README.md`, 'utf8');
    const [, policy = ''] = /put-role-policy[^']*'([^']+)'/.exec(steps) ?? [];
    expect(steps).not.toContain('attach-role-policy');
    expect(permissionsIn([JSON.parse(policy)])).toEqual(
      [
        ...toService(),
        ...allowing(WRITE_LOGS, 'arn:aws:logs:REGION:ACCOUNT:log-group:/aws/lambda/personalize-relay:*'),
      ].sort(),
    );
  },
);

test('anybody may call the function with a function URL, through that URL alone', () => {
  const { Resources } = readTemplate('demo/examples/relay-kinesis/template.yaml');
  const ofType = (type: string) => Object.values<Json>(Resources).filter(({ Type }) => Type === type);
  expect(ofType('AWS::Lambda::Url').map(({ Properties }) => Properties)).toEqual([
    { TargetFunctionArn: { 'Fn::GetAtt': ['Relay', 'Arn'] }, AuthType: 'NONE' },
  ]);
  const common = { FunctionName: { Ref: 'Relay' }, Principal: '*' };
  expect(ofType('AWS::Lambda::Permission').map(({ Properties }) => Properties)).toEqual([
    { ...common, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
    { ...common, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
  ]);
  const steps = readFileSync(`${SOURCE}/../demo/examples/README.md`, 'utf8').replaceAll(/\\\n\s*/g, '');
  const commands = steps.match(/(?<=aws lambda add-permission .*)--action.*/g);
  expect(commands).toEqual([
    '--action lambda:InvokeFunctionUrl --function-url-auth-type NONE',
    '--action lambda:InvokeFunction --invoked-via-function-url',
  ]);
});

test('a record that Lambda gives up stays on the stream for a day or more, and so does its message in the queue', () => {
  const { Stream, Mapping, Failed } = readTemplate('demo/examples/relay-kinesis/template.yaml').Resources;
  const retentionSeconds = Stream.Properties.RetentionPeriodHours * 3600;
  expect(retentionSeconds - Mapping.Properties.MaximumRecordAgeInSeconds).toBeGreaterThanOrEqual(86_400);
  expect(Failed.Properties.MessageRetentionPeriod).toBeGreaterThanOrEqual(86_400);
});
