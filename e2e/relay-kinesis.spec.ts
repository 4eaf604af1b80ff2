import { fileURLToPath } from 'node:url';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { KinesisStreamEvent, KinesisStreamHandler } from 'aws-lambda';
import { build } from 'esbuild';
import {
  type Batch,
  createConsumer,
  type Forward,
  type Rejected,
  toKinesis,
  toPersonalize,
} from '../src/relay-kinesis.js';
import type { PutEventsBody, WireActionInteraction, WireEvent } from '../src/wire.js';
import type { Service } from './fixtures.js';
import { expect, type Stream, test } from './stream.js';

const eventOf = (itemId: string, more: Partial<WireEvent> = {}): WireEvent => ({
  eventType: 'click',
  itemId,
  eventId: `id-${itemId}`,
  sentAt: 1_700_000_000,
  ...more,
});

/** What a visitor's page sends, in one batch. */
const batchOf = (sessionId: string, ...itemIds: string[]): PutEventsBody => ({
  trackingId: 'demo-tracker',
  sessionId,
  eventList: itemIds.map((itemId) => eventOf(itemId)),
});

/** To the local AWS, in one attempt: no backoff to wait for. */
const service = (aws: Service): Forward =>
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

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/** The handler of the example's function, made with the source in place of the package. */
const loadExample = async (name: string, outfile: string) => {
  await build({
    entryPoints: [`${SOURCE}/../demo/examples/relay-kinesis/${name}.js`],
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

const itemsOf = (accepted: Service['accepted'], session?: string) =>
  accepted.filter(({ sessionId }) => !session || sessionId === session).map(({ event }) => event.itemId);

/** What a handler must not do in a test that does not expect it to. */
const never = (what: unknown) => {
  throw new Error(`not expected: ${JSON.stringify(what)}`);
};
const NO_FAILURE = { batchItemFailures: [] };

test.describe('on a stream of two shards', () => {
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

    const consume = createConsumer({ forward: service(aws), onRejected: never });
    for (const event of shards) expect(await consume(event)).toEqual(NO_FAILURE);
    expect(aws.counted()).toHaveLength(40);
    expect(aws.accepted).toHaveLength(40);
    for (const session of sessions) {
      const items = [0, 1, 2, 3, 4].flatMap((n) => [`${session}-${n}a`, `${session}-${n}b`]);
      expect(itemsOf(aws.accepted, session)).toEqual(items);
    }
  });
});

test('small batches of a visitor are joined into requests of ten events', async ({ aws, stream }) => {
  for (let n = 0; n < 12; n++) await put(stream, batchOf('s', `a${n}`), batchOf('t', `b${n}`));
  const consume = createConsumer({ forward: service(aws), onRejected: never });
  expect(await consume(await stream.read())).toEqual(NO_FAILURE);
  expect(
    aws
      .calls('/events')
      .map(({ eventCount }) => eventCount)
      .sort(),
  ).toEqual([10, 10, 2, 2]);
  expect(itemsOf(aws.accepted, 's')).toEqual([...Array(12).keys()].map((n) => `a${n}`));
});

test('what differs in tracker or user is not joined, and stays in order', async ({ aws, stream }) => {
  await put(
    stream,
    batchOf('s', 'a'),
    { ...batchOf('s', 'b'), userId: 'ann' },
    { ...batchOf('s', 'c'), userId: 'ann' },
    batchOf('s', 'd'),
  );
  const consume = createConsumer({ forward: service(aws), onRejected: never });
  expect(await consume(await stream.read())).toEqual(NO_FAILURE);
  expect(aws.calls('/events').map(({ eventCount }) => eventCount)).toEqual([1, 2, 1]);
  expect(aws.accepted.map(({ userId, event }) => [userId, event.itemId])).toEqual([
    [undefined, 'a'],
    ['ann', 'b'],
    ['ann', 'c'],
    [undefined, 'd'],
  ]);
});

test('interactions with actions are a record for each session', async ({ aws, stream }) => {
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
  expect(await createConsumer({ forward: service(aws), onRejected: never })(event)).toEqual(NO_FAILURE);
  expect(aws.accepted.filter(({ sessionId }) => sessionId === 's').map(({ event }) => event)).toMatchObject([
    { actionId: 'a' },
    { actionId: 'c' },
    { itemId: 'film' },
  ]);
  expect(aws.calls('/action-interactions')).toHaveLength(2);
});

test('the largest batch that the limits allow is one record', async ({ aws, stream }) => {
  // JSON writes this character in six.
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
  expect(await createConsumer({ forward: service(aws), onRejected: never })(event)).toEqual(NO_FAILURE);
  expect(aws.counted()).toHaveLength(10);
});

test('a record that is no batch, and an event past a limit, are reported and hold back nothing', async ({
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
  const consume = createConsumer({ forward: service(aws), onRejected: (one) => rejected.push(one) });
  const event = await stream.read();
  expect(await consume(event)).toEqual(NO_FAILURE);
  expect(itemsOf(aws.accepted)).toEqual(['a', 'b', 'd', 'e']);
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

test('one event that the service refuses does not hold back nine others', async ({ aws, stream }) => {
  aws.fail({ refuseItem: 'f' });
  await put(stream, batchOf('s', ...'abcdefghij'));
  const rejected: Rejected[] = [];
  const consume = createConsumer({ forward: service(aws), onRejected: (one) => rejected.push(one) });
  const event = await stream.read();
  expect(await consume(event)).toEqual(NO_FAILURE);
  expect(itemsOf(aws.accepted)).toEqual([...'abcdeghij']);
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
  'has let the answer be lost': { drop: 'answer' },
  'denies access': { status: 403, type: 'AccessDeniedException' },
  'knows no such tracker': { status: 404, type: 'ResourceNotFoundException' },
} as const)) {
  test(`when the service ${what} midway, the rest comes again and nothing is counted twice`, async ({
    aws,
    stream,
  }) => {
    const all = [...Array(30).keys()].map((n) => `a${n}`);
    for (const item of all) await put(stream, batchOf('s', item));
    const undo = aws.subscribe(({ event }) => {
      if (event.itemId === 'a9') aws.fail(fault);
    });
    const errors: unknown[] = [];
    const consume = createConsumer({
      forward: service(aws),
      onRejected: never,
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

test('of sessions side by side, all comes again from the first record that is missing', async ({
  aws,
  stream,
}) => {
  await put(stream, batchOf('s', 'a'), batchOf('t', 'b'), batchOf('s', 'c'));
  // One session's request is refused, as if the service had throttled, and the other's is not.
  const forward = service(aws);
  let isDown = true;
  const consume = createConsumer({
    async forward(batch) {
      if (isDown && 'sessionId' in batch && batch.sessionId === 't') throw new Error('no answer');
      await forward(batch);
    },
    onRejected: never,
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

test('a service that is down is left alone, and is one error', async ({ aws, stream }) => {
  // Ten more than are tried at a time.
  await put(stream, ...[...Array(60).keys()].map((n) => batchOf(`s${n}`, `a${n}`)));
  aws.fail({ status: 503 });
  const errors: unknown[] = [];
  const consume = createConsumer({
    forward: service(aws),
    onRejected: never,
    onError: (error) => errors.push(error),
  });
  const event = await stream.read();
  expect(await consume(event)).toEqual({
    batchItemFailures: [{ itemIdentifier: sequenceNumberOf(event, 0) }],
  });
  expect(errors).toMatchObject([{ $metadata: { httpStatusCode: 503 } }]);
  expect(aws.calls('/events').length).toBeLessThanOrEqual(50);
});

test('a record that could not be reported comes again, and what was with it', async ({ aws, stream }) => {
  await put(stream, batchOf('s', 'a'));
  await putText(stream, 'no JSON');
  let isFull = true;
  const consume = createConsumer({
    forward: service(aws),
    async onRejected() {
      if (isFull) throw new Error('the queue for dead letters is full');
    },
  });
  const event = await stream.read();
  await expect(consume(event)).rejects.toThrow('dead letters');
  expect(aws.accepted).toEqual([]);
  isFull = false;
  expect(await consume(event)).toEqual(NO_FAILURE);
  expect(itemsOf(aws.accepted)).toEqual(['a']);
});

test('a rejected event that could not be reported comes again', async ({ aws, stream }) => {
  aws.fail({ refuseItem: 'b' });
  await put(stream, batchOf('s', 'a'), batchOf('t', 'b'));
  const reported: string[] = [];
  let isFull = true;
  const consume = createConsumer({
    forward: service(aws),
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

test('a consumer whose time is nearly up leaves the rest to the next one', async ({ aws, stream }) => {
  for (const user of ['ann', 'bob', 'cid']) await put(stream, { ...batchOf('s', user), userId: user });
  const consume = createConsumer({ forward: service(aws), onRejected: never, onError: never });
  const event = await stream.read();
  // The clock of a function that has been given a minute, of which each event takes most.
  const context = { getRemainingTimeInMillis: () => (aws.accepted.length < 2 ? 60_000 : 1999) };
  const failed = sequenceNumberOf(event, 2);
  expect(await consume(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: failed }] });
  expect(itemsOf(aws.accepted)).toEqual(['ann', 'bob']);
});

test('the rate is kept, whatever waits', async ({ aws, stream }) => {
  const PER_SECOND = 3;
  await put(stream, ...[...Array(3 * PER_SECOND).keys()].map((n) => batchOf(`s${n}`, `a${n}`)));
  const forward = service(aws);
  // The first request opens a connection, which takes a while.
  await forward(batchOf('warm-up', 'none'));
  aws.reset();
  const consume = createConsumer({ forward, requestsPerSecond: PER_SECOND, onRejected: never });
  expect(await consume(await stream.read())).toEqual(NO_FAILURE);
  const times = aws.calls('/events').map(({ receivedAt }) => receivedAt);
  expect(times).toHaveLength(3 * PER_SECOND);
  // Requests begin a second after the third last; on their way they may be held up, by half a second at most.
  for (const [n, time] of times.slice(PER_SECOND).entries()) {
    expect(time - (times[n] as number)).toBeGreaterThan(500);
  }
});

test('a throttled stream is a throttle to the tracker, and never a batch at fault', async ({ stream }) => {
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
  const nowhere = toKinesis({ ...stream, streamName: 'another' });
  await expect(nowhere(batchOf('s', 'a'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringContaining('another'),
    $metadata: { httpStatusCode: 403 },
  });
  await forward(batchOf('s', 'a'));
  expect((await stream.read()).Records).toHaveLength(1);
});

test('a wrong option is named at once', ({ stream }) => {
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

test('a consumer is a handler by the types of Lambda', () => {
  const handler: KinesisStreamHandler = createConsumer({ forward: async () => {} });
  expect(handler).toBeInstanceOf(Function);
});

test("the example's functions take what a page sends to the service", async ({ aws, stream }, testInfo) => {
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
    STREAM_NAME: stream.streamName,
    REQUESTS_PER_SECOND: '250',
  });
  try {
    const [relay, consumer] = await Promise.all(
      ['relay', 'consumer'].map((name) => loadExample(name, testInfo.outputPath(`${name}.mjs`))),
    );
    // What a function URL calls with, as far as it is looked at.
    const answer = await relay?.({
      version: '2.0',
      rawPath: '/collect/events',
      rawQueryString: '',
      headers: {
        host: 'abc.lambda-url.us-east-1.on.aws',
        origin: 'https://www.example.com',
        'content-type': 'text/plain;charset=UTF-8',
      },
      requestContext: { http: { method: 'POST' } },
      body: JSON.stringify(batchOf('s', 'a', 'b')),
      isBase64Encoded: false,
    });
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(await consumer?.(await stream.read())).toEqual(NO_FAILURE);
    expect(itemsOf(aws.accepted)).toEqual(['a', 'b']);
  } finally {
    process.env = own;
  }
});
