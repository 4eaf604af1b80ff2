import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import type { Fault } from 'personalize-beacon/local';
import { type Batch, createRelay, type Forward, type RelayOptions } from '../../src/relay.js';
import { expect, type Service } from '../support/fixtures.js';
import { ALLOWED_ORIGIN, clientOf, type RunningRelay, test } from '../support/relay-server.js';

const event = { eventType: 'click', itemId: 'a', eventId: 'e', sentAt: 1_700_000_000.25 };
const batch = { trackingId: 'demo-tracker', sessionId: 's', userId: 'ann', eventList: [event] };
const interaction = { actionId: 'join', sessionId: 's', userId: 'ann', eventType: 'Taken', timestamp: 1.7e9 };
const actions = { trackingId: 'demo-action-tracker', actionInteractions: [interaction] };

/** Reads an answer as the tracker does. */
const read = async (response: Response) => {
  const text = await response.text();
  return {
    status: response.status,
    kind: response.headers.get('x-amzn-errortype'),
    retryAfter: Number(response.headers.get('retry-after')),
    message: text && JSON.parse(text).message,
  };
};

/** Returns a forward() whose calls settle when the test resolves them. */
const createHeldForward = () => {
  const started: (() => void)[] = [];
  const forward: Forward = () => new Promise((resolve) => started.push(resolve));
  return { started, forward };
};

/** Starts to post a body with the given length header, on its own connection. */
const startPost = (url: string, length: string, body = '') => {
  const { host, port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = [
    'POST /events HTTP/1.1',
    `Host: ${host}`,
    `Origin: ${url}`,
    'Content-Type: text/plain;charset=UTF-8',
    length,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return socket;
};

test('batches of both operations arrive unchanged, signed by the AWS SDK', {
  tag: '@core',
}, async ({ aws, open }) => {
  const { post } = await open();
  const full = {
    ...event,
    eventValue: 4.5,
    properties: '{"numberOfRatings":12}',
    recommendationId: 'RID',
    impression: ['a', 'b'],
    metricAttribution: { eventAttributionSource: 'top row' },
  };
  const text = { 'content-type': 'text/plain;charset=UTF-8' };
  for (const send of [
    () => post({ ...batch, eventList: [full] }),
    () => post(actions, { path: '/action-interactions', headers: text }),
  ]) {
    expect(await read(await send())).toEqual({ status: 200, kind: null, retryAfter: 0, message: '' });
  }
  const { actionId, eventType, timestamp } = interaction;
  await expect
    .poll(() => aws.acknowledged)
    .toEqual([
      expect.objectContaining({ form: 'header', sessionId: 's', userId: 'ann', event: full }),
      expect.objectContaining({
        form: 'header',
        sessionId: 's',
        userId: 'ann',
        event: expect.objectContaining({ actionId, eventType, timestamp }),
      }),
    ]);
});

const OTHER = { ...batch, trackingId: 'another' };
/** The default of `maxBodyBytes`. */
const MAX_BODY_BYTES = 65_536;
const LARGE = ' '.repeat(MAX_BODY_BYTES);
const stream = (text: string) => ({
  body: new Blob([text, JSON.stringify(batch)]).stream(),
  duplex: 'half' as const,
});

const REFUSALS: [title: string, input: unknown, init: object, answer: object][] = [
  ['another method', batch, { method: 'PUT' }, { status: 405, kind: 'MethodNotAllowedException' }],
  ['another path', batch, { path: '/events/all' }, { status: 404, kind: 'UnknownOperationException' }],
  [
    'another origin',
    batch,
    { headers: { origin: 'https://example.com' } },
    { status: 403, kind: 'ForbiddenException' },
  ],
  [
    'another content type',
    batch,
    { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { status: 415, kind: 'UnsupportedMediaTypeException' },
  ],
  [
    'a body whose length exceeds the limit',
    LARGE + JSON.stringify(batch),
    {},
    { status: 413, kind: 'RequestEntityTooLargeException', message: expect.stringContaining('65536') },
  ],
  [
    'a body without a length that exceeds the limit',
    '',
    stream(LARGE),
    { status: 413, kind: 'RequestEntityTooLargeException' },
  ],
  ['a body that is not JSON', '{', {}, { status: 400, kind: 'SerializationException' }],
  ['an empty body', '', {}, { status: 400, kind: 'SerializationException' }],
  [
    'a body that is not UTF-8',
    '',
    { body: Buffer.from([0x22, 0xff, 0x22]) },
    { status: 400, kind: 'SerializationException' },
  ],
  [
    'an event over a limit',
    { ...batch, eventList: [event, { ...event, itemId: '' }] },
    {},
    {
      status: 400,
      kind: 'InvalidInputException',
      message: expect.stringMatching(/^eventList\[1]\.itemId .*256/),
    },
  ],
  [
    'eleven events',
    { ...batch, eventList: Array(11).fill(event) },
    {},
    { status: 400, kind: 'InvalidInputException' },
  ],
  [
    'an interaction over a limit',
    { ...actions, actionInteractions: [{ ...interaction, eventType: 'click' }] },
    { path: '/action-interactions' },
    {
      status: 400,
      kind: 'InvalidInputException',
      message: expect.stringContaining('actionInteractions[0].eventType'),
    },
  ],
  [
    'an action among the events',
    { ...batch, eventList: [{ actionId: 'join', eventType: 'Taken', sentAt: 1 }] },
    {},
    { status: 400, kind: 'InvalidInputException', message: expect.stringContaining('actionId') },
  ],
  [
    'another tracker',
    OTHER,
    {},
    { status: 404, kind: 'ResourceNotFoundException', message: expect.stringContaining('another') },
  ],
  [
    'events for the tracker of actions',
    { ...batch, trackingId: 'demo-action-tracker' },
    {},
    { status: 404, kind: 'ResourceNotFoundException' },
  ],
];

for (const [title, input, init, expected] of REFUSALS) {
  test(`the relay refuses ${title}`, async ({ aws, open }) => {
    const { post, errors } = await open();
    expect(await read(await post(input, init))).toMatchObject({ retryAfter: 0, ...expected });
    expect([aws.requests, errors]).toEqual([[], []]);
    // A refusal does not affect the next request.
    expect((await post(batch)).status).toBe(200);
  });
}

test('a body with too large a Content-Length is refused before it arrives', async ({ open }) => {
  const { url } = await open();
  const socket = startPost(url, `Content-Length: ${MAX_BODY_BYTES + 1}`);
  expect(`${await once(socket, 'data')}`).toMatch(/^HTTP\/1.1 413 /);
  socket.destroy();
});

test('a body larger than its Content-Length is refused even if the server does not check it', async () => {
  const relay = createRelay({ trackingId: 'demo-tracker', forward: async () => {} });
  const headers = { origin: 'http://localhost', 'content-type': 'text/plain', 'content-length': '1' };
  const request = new Request('http://localhost/events', { method: 'POST', headers, body: LARGE + 1 });
  expect((await relay(request)).status).toBe(413);
});

test('an incomplete body is not forwarded and does no harm', async ({ aws, open }) => {
  const { url, post, answered, errors } = await open();
  const body = JSON.stringify(batch);
  startPost(url, `Content-Length: ${body.length + 1}`, body).end();
  await expect.poll(() => answered).toEqual(['POST text/plain;charset=UTF-8 400']);
  expect((await post(batch)).status).toBe(200);
  expect([aws.acknowledged.length, errors]).toEqual([1, []]);
});

test('the answer to a wrong method lists the allowed ones', async ({ open }) => {
  const { url } = await open();
  expect((await fetch(`${url}/events`)).headers.get('allow')).toBe('POST, OPTIONS');
});

test('interactions with actions are refused without an actionTrackingId', async ({ aws, open }) => {
  const { post } = await open({ actionTrackingId: undefined });
  const answer = await read(await post(actions, { path: '/action-interactions' }));
  expect(answer).toMatchObject({ status: 404, kind: 'ResourceNotFoundException' });
  expect(aws.requests).toEqual([]);
});

/** Returns a batch of `count` events with each field at its limit. */
const largestOf = (character: string, count = 10) => {
  const id = (n: number) => character.repeat(254) + `${n}`.padStart(2);
  return {
    ...batch,
    sessionId: id(0),
    userId: id(0),
    eventList: Array.from({ length: count }, (_, n) => ({
      ...event,
      itemId: id(n),
      eventId: id(n),
      eventType: id(0),
      eventValue: -1.2345678901234567e-30,
      recommendationId: character.repeat(40),
      properties: JSON.stringify({ a: '"'.repeat(508) }),
      impression: Array.from({ length: 25 }, (_, m) => id(m)),
      metricAttribution: { eventAttributionSource: '"'.repeat(1024) },
    })),
  };
};

test('ten events at all limits of the service are accepted by default, in ASCII', async ({ aws, open }) => {
  const { eventList, ...envelope } = largestOf('x');
  // The developer guide allows 1,000 characters in all.
  const impression = Array.from({ length: 25 }, (_, n) => `${n}`.padStart(40, 'x'));
  const largest = { ...envelope, eventList: eventList.map((one) => ({ ...one, impression })) };
  const { post } = await open();
  expect(JSON.stringify(largest).length).toBeGreaterThan(50_000);
  expect(await read(await post(largest))).toMatchObject({ status: 200 });
  expect(aws.counted()).toEqual(largest.eventList);
});

test('any single event is accepted by default, even if each character is escaped', async ({ aws, open }) => {
  const largest = largestOf('\u0001', 1);
  const { post } = await open();
  expect(JSON.stringify(largest).length).toBeGreaterThan(45_000);
  expect(await read(await post(largest))).toMatchObject({ status: 200 });
  expect(aws.counted()).toEqual(largest.eventList);
});

test('maxBodyBytes is the size of the largest accepted body', async ({ aws, open }) => {
  const text = JSON.stringify(largestOf('\u0001'));
  const { post } = await open({ maxBodyBytes: text.length });
  const chunked = (body: string) => ({ body: new Blob([body]).stream(), duplex: 'half' as const });
  for (const init of [{}, chunked(text)]) expect((await post(text, init)).status).toBe(200);
  for (const init of [{}, chunked(`${text} `)]) {
    const message = `the body must be at most ${text.length} bytes`;
    expect(await read(await post(`${text} `, init))).toMatchObject({ status: 413, message });
  }
  expect(aws.counted()).toHaveLength(10);
});

test('a trailing slash of the path is ignored', async ({ aws, open }) => {
  const { post } = await open();
  expect((await post(batch, { path: '/collect/events/' })).status).toBe(200);
  expect((await post(actions, { path: '/action-interactions/' })).status).toBe(200);
  expect(aws.acknowledged).toHaveLength(2);
});

test('no JSON makes the relay fail', async () => {
  const maxBodyBytes = 1024 * 1024;
  const relay = createRelay({ trackingId: 'demo-tracker', forward: async () => {}, maxBodyBytes });
  const send = (path: string, body: string) =>
    relay(
      new Request(`http://localhost/${path}`, {
        method: 'POST',
        body,
        headers: { origin: 'http://localhost', 'content-type': 'text/plain' },
      }),
    );
  const fieldValue = fc.oneof(
    fc.json(),
    fc.constant('[{}]'),
    fc.constant('[null]'),
    fc.constant('[{"__proto__":0}]'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('events', 'action-interactions'),
      fc.constantFrom('eventList', 'actionInteractions', 'sessionId', '__proto__'),
      fieldValue,
      async (path, name, json) => {
        for (const body of [json, `{"trackingId":"demo-tracker","sessionId":"s","${name}":${json}}`]) {
          expect((await send(path, body)).status).toBe(400);
        }
      },
    ),
  );
  const deep = '['.repeat(400_000) + ']'.repeat(400_000);
  const nested = JSON.stringify(batch).replace('"a"', deep);
  expect((await send('events', nested)).status).toBe(400);
});

test.describe('the origin check', () => {
  const answerTo =
    (open: (options?: Partial<RelayOptions>) => Promise<RunningRelay>) =>
    async (headers: Record<string, string>) => {
      const { post } = await open({ forward: async () => {} });
      const response = await post(batch, { headers });
      return [response.status, response.headers.get('access-control-allow-origin')];
    };

  test("accepts the relay's own origin, by Sec-Fetch-Site or by the URL", {
    tag: '@core',
  }, async ({ open }) => {
    const ask = answerTo(open);
    expect(await ask({})).toEqual([200, null]);
    // As behind a proxy that changes the host, and from a page without a referrer.
    for (const origin of [ALLOWED_ORIGIN.replace('www', 'shop'), 'null']) {
      expect(await ask({ origin, 'sec-fetch-site': 'same-origin' })).toEqual([200, null]);
    }
  });

  test('accepts a listed origin and lets its page read the answer', {
    tag: '@core',
  }, async ({ open }) => {
    const { post } = await open({ forward: async () => {} });
    for (const [input, status] of [
      [batch, 200],
      ['{', 400],
    ] as const) {
      const { headers, ...answer } = await post(input, {
        headers: { origin: ALLOWED_ORIGIN, 'sec-fetch-site': 'cross-site' },
      }).then(({ status, headers }) => ({ status, headers }));
      expect(answer.status).toBe(status);
      expect(headers.get('access-control-allow-origin')).toBe(ALLOWED_ORIGIN);
      expect(headers.get('vary')).toBe('Origin');
      expect(headers.get('access-control-expose-headers')).toBe('Date, Retry-After, x-amzn-ErrorType');
    }
  });

  test('refuses all other origins', { tag: '@core' }, async ({ open, aws }) => {
    const ask = answerTo(open);
    const others: Record<string, string>[] = [
      { origin: 'https://example.com' },
      { origin: 'http://www.example.com' },
      { origin: `${ALLOWED_ORIGIN}.evil.com` },
      { origin: 'null', 'sec-fetch-site': 'same-site' },
      { origin: 'https://shop.example.com', 'sec-fetch-site': 'same-site' },
      { origin: '', 'sec-fetch-site': 'none' },
      // An http page behind a proxy that terminates TLS: its origin equals the relay's.
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of others) expect(await ask(headers), JSON.stringify(headers)).toEqual([403, null]);
    const { url } = await open();
    const curl = await fetch(`${url}/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(batch),
    });
    expect(curl.status).toBe(403);
    expect(aws.requests).toEqual([]);
  });

  test('answers the preflight of a listed origin and of no other', { tag: '@core' }, async ({ open }) => {
    const { url } = await open();
    const preflight = (origin: string) =>
      fetch(`${url}/collect/events`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = await preflight(ALLOWED_ORIGIN);
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': ALLOWED_ORIGIN,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    });
    const refused = await preflight('https://example.com');
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });
});

/** Answers of the service, and the relay's answers to the page. */
const FAULTS: [
  title: string,
  fault: Fault,
  answer: Record<string, unknown>,
  waits?: [from: number, to: number],
][] = [
  [
    'a refused batch',
    { status: 400, type: 'InvalidInputException', message: 'so it is' },
    { status: 400, kind: 'InvalidInputException', message: 'so it is', retryAfter: 0 },
  ],
  [
    'a batch that is too large',
    { status: 413, type: 'RequestEntityTooLargeException' },
    { status: 413, kind: 'RequestEntityTooLargeException' },
  ],
  [
    'a tracker that is being changed',
    { status: 409, type: 'ResourceInUseException' },
    { status: 409, kind: 'ResourceInUseException' },
  ],
  [
    'throttling',
    { status: 429, type: 'ThrottlingException', retryAfter: 7 },
    { status: 429, kind: 'ThrottlingException', retryAfter: 7 },
  ],
  [
    'throttling with another status',
    { status: 400, type: 'TooManyRequestsException' },
    { status: 429, kind: 'TooManyRequestsException' },
  ],
  [
    'throttling of a stream',
    { status: 400, type: 'ProvisionedThroughputExceededException' },
    { status: 429, kind: 'ProvisionedThroughputExceededException' },
  ],
  ['an internal error', { status: 500, type: 'InternalFailure' }, { status: 500, kind: 'InternalFailure' }],
  ["a gateway's error", { status: 503, retryAfter: 9 }, { status: 503, kind: 'Unknown', retryAfter: 9 }],
  ...(
    [
      ['a missing permission', { status: 403, type: 'AccessDeniedException' }],
      ['a missing permission with another status', { status: 400, type: 'AccessDeniedException' }],
      ['expired credentials', { status: 403, type: 'ExpiredTokenException' }],
      ['unknown credentials', { status: 400, type: 'UnrecognizedClientException' }],
      ['a missing tracker', { status: 404, type: 'ResourceNotFoundException' }],
      ['a missing stream', { status: 400, type: 'ResourceNotFoundException' }],
      ["another server's 403", { status: 403 }],
      ["another server's 400", { status: 400 }],
    ] as [string, Fault][]
  ).map(([title, fault]): (typeof FAULTS)[number] => [
    title,
    { ...fault, message: 'arn:aws:iam::123:role/relay' },
    {
      status: 503,
      kind: 'ServiceUnavailableException',
      message: 'the service refused the relay, whose log says why',
    },
    [30, 60],
  ]),
  [
    'no answer',
    { drop: 'request' },
    {
      status: 503,
      kind: 'ServiceUnavailableException',
      message: 'the service did not answer',
    },
    [5, 10],
  ],
];

for (const [title, fault, expected, [from, to] = [0, 10]] of FAULTS) {
  test(`an answer of the service is passed on or hidden: ${title}`, async ({ aws, open }) => {
    const { post, errors } = await open();
    aws.fail(fault);
    const answer = await read(await post(batch));
    expect(answer).toMatchObject(expected);
    expect(answer.retryAfter).toBeGreaterThanOrEqual(from);
    expect(answer.retryAfter).toBeLessThanOrEqual(to);
    // The error is reported to the site's operators, with the request ID of the service's log.
    const { status, type = expect.any(String) } = fault;
    expect(errors).toMatchObject([
      status
        ? { name: type, $metadata: { httpStatusCode: status, requestId: expect.any(String) } }
        : expect.any(Error),
    ]);
    expect(aws.acknowledged).toEqual([]);
  });
}

test('any value thrown by forward() is answered with 503', async ({ open }) => {
  const thrown = [
    undefined,
    'no',
    { message: 'no' },
    { $metadata: { httpStatusCode: 200 } },
    { $metadata: { httpStatusCode: 999 } },
    Object.assign(new Error('no'), { name: '' }),
  ];
  for (const error of thrown) {
    const { post, errors } = await open({ forward: () => Promise.reject(error) });
    expect((await post(batch)).status).toBe(503);
    expect(errors).toEqual([error]);
  }
});

test('a client without credentials is answered with 503, so that pages retry', async ({ aws, open }) => {
  const credentials = () => Promise.reject(new Error('Could not load credentials'));
  const { post, errors } = await open({ client: clientOf(aws, { credentials }) });
  expect(await read(await post(batch))).toMatchObject({ status: 503, kind: 'ServiceUnavailableException' });
  expect(errors).toMatchObject([{ message: 'Could not load credentials' }]);
});

test("requests are retried as often as the client's maxAttempts says", async ({ aws, open }) => {
  aws.fail({ status: 503, times: 2 });
  const { post, errors } = await open({ client: clientOf(aws, { maxAttempts: 3 }) });
  expect((await post(batch)).status).toBe(200);
  expect([aws.requests.length, aws.acknowledged.length, errors]).toEqual([3, 1, []]);
});

const never = () => new Promise<never>(() => {});

const HANGING: Record<string, (aws: Service) => Partial<RelayOptions>> = {
  'a forward() that ignores its signal': () => ({ forward: never }),
  'a userId() that never settles': () => ({ userId: never, forward: async () => {} }),
  'a service that does not answer': (aws) => {
    aws.fail({ stall: true });
    return { client: clientOf(aws, { maxAttempts: 3 }) };
  },
  'a client that waits for credentials': (aws) => ({ client: clientOf(aws, { credentials: never }) }),
};

for (const [what, optionsOf] of Object.entries(HANGING)) {
  test(`${what} is abandoned after the time limit, which frees its place`, async ({ aws, open }) => {
    const options = optionsOf(aws);
    const { post, errors, relay } = await open({ ...options, timeout: 200, concurrency: 1, maxWaiting: 0 });
    for (let n = 0; n < 2; n++) {
      const answer = await read(await post(batch));
      expect(answer).toMatchObject({ status: 503, kind: 'ServiceUnavailableException' });
      expect(answer.message).toBe('the service did not answer');
    }
    const message = expect.stringMatching(
      /^(userId|forward)\(\) has not settled: the limit of 200 ms is over$/,
    );
    expect(errors).toMatchObject([{ message }, { message }]);
    const last = post(batch);
    await relay.close();
    expect((await last).status).toBe(503);
  });
}

test('the signal of forward() is aborted at the time limit, and not before', async ({ open }) => {
  const signals: AbortSignal[] = [];
  const forward: Forward = async (_, signal) => {
    signals.push(signal);
    if (signals.length === 1) await never();
  };
  const { post } = await open({ forward, timeout: 1000 });
  expect((await post(batch)).status).toBe(503);
  expect((await post(batch)).status).toBe(200);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
});

test('a batch that has waited too long for its turn is refused and never forwarded', async ({ open }) => {
  const { started, forward } = createHeldForward();
  const forwarded: Batch[] = [];
  const { post } = await open({
    concurrency: 1,
    timeout: 1000,
    forward: (batch, signal) => {
      forwarded.push(batch);
      return forward(batch, signal);
    },
  });
  const answers = await Promise.all([post(batch), post(batch)]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  // The second batch never had its turn within its time limit; a third one gets it at once.
  const third = post({ ...batch, sessionId: 'third' });
  await expect.poll(() => forwarded.at(-1)).toMatchObject({ sessionId: 'third' });
  started.at(-1)?.();
  expect((await third).status).toBe(200);
});

test('nothing is forwarded if userId() settles too late', async ({ open }) => {
  const { started, forward } = createHeldForward();
  const userId = async () => {
    await forward({} as Batch, new AbortController().signal);
    return 'ann';
  };
  const forwarded: Batch[] = [];
  const { post } = await open({ userId, timeout: 200, forward: async (batch) => void forwarded.push(batch) });
  expect((await post(batch)).status).toBe(503);
  started[0]?.();
  await new Promise(setImmediate);
  expect(forwarded).toEqual([]);
});

test.describe('a body', () => {
  test('that does not arrive in time is abandoned, and its connection closed', async ({ open }) => {
    const { url, post, errors } = await open({ timeout: 1000, concurrency: 1, maxWaiting: 0 });
    for (const head of ['Content-Length: 100', 'Transfer-Encoding: chunked']) {
      const socket = startPost(url, head, head.includes('chunked') ? '1\r\n{\r\n' : '{');
      const closed = once(socket, 'close');
      expect(`${await once(socket, 'data')}`).toMatch(/^HTTP\/1.1 408 .*x-amzn-errortype: RequestTimeout/is);
      await closed;
      expect((await post(batch)).status).toBe(200);
    }
    expect(errors).toEqual([]);
  });

  test('is not read if there is no room for another batch', async ({ open }) => {
    const { started, forward } = createHeldForward();
    const { url, post } = await open({ forward, concurrency: 1, maxWaiting: 0 });
    const inFlight = post(batch);
    await expect.poll(() => started.length).toBe(1);
    const socket = startPost(url, 'Content-Length: 100');
    expect(`${await once(socket, 'data')}`).toMatch(/^HTTP\/1.1 503 /);
    socket.destroy();
    started[0]?.();
    expect((await inFlight).status).toBe(200);
  });

  test('is not read if other bodies use up the memory limit', async () => {
    const maxBodyBytes = 16 * 1024 * 1024;
    const relay = createRelay({
      trackingId: 'demo-tracker',
      forward: async () => {},
      maxBodyBytes,
      timeout: 1000,
    });
    const send = (body: ReadableStream | string, length?: number) =>
      relay(
        new Request('http://localhost/events', {
          method: 'POST',
          body,
          headers: {
            origin: 'http://localhost',
            'content-type': 'text/plain',
            ...(length && { 'content-length': `${length}` }),
          },
          duplex: 'half',
        } as RequestInit),
      );
    // One body with a length, and one that may be of any size.
    const stalled = [send(new ReadableStream(), maxBodyBytes), send(new ReadableStream())];
    let reads = 0;
    const read = new ReadableStream({ pull: () => void reads++ }, { highWaterMark: 0 });
    expect([(await send(read, 1)).status, reads]).toEqual([503, 0]);
    expect((await Promise.all(stalled)).map(({ status }) => status)).toEqual([408, 408]);
    expect((await send(JSON.stringify(batch))).status).toBe(200);
  });
});

test.describe('an event without an ID', () => {
  const { eventId, ...withoutId } = event;

  test("gets one before it is forwarded, so that the client's retries count once", async ({ aws, open }) => {
    const { post } = await open({ client: clientOf(aws, { maxAttempts: 3 }) });
    aws.fail({ drop: 'answer', times: 1 });
    const eventList = [withoutId, withoutId, event];
    expect((await post({ ...batch, eventList })).status).toBe(200);
    const ids = aws.acknowledged.map((one) => one.event.eventId);
    const generatedId = expect.stringMatching(/^[\da-f]{32}-\d$/);
    expect(ids).toEqual([generatedId, generatedId, eventId, ...ids.slice(0, 3)]);
    expect(new Set(ids).size).toBe(3);
  });

  test('gets the same one when the page retries the batch, and another one in another batch', async ({
    aws,
    open,
  }) => {
    const { post } = await open();
    const idOf = async (input: object, path?: string) => {
      aws.clear();
      expect((await post(input, { ...(path && { path }) })).status).toBe(200);
      return aws.acknowledged[0]?.event.eventId;
    };
    const one = { ...batch, eventList: [withoutId] };
    const id = await idOf(one);
    expect(id).toMatch(/^[\da-f]{32}-0$/);
    expect(await idOf(one)).toBe(id);
    expect(await idOf({ ...one, sessionId: 't' })).not.toBe(id);
    expect(await idOf(actions, '/action-interactions')).toMatch(/^[\da-f]{32}-0$/);
  });
});

test('`concurrency` batches are forwarded at a time, `maxWaiting` wait, and further ones are refused', async ({
  open,
}) => {
  const { started, forward } = createHeldForward();
  const { post, errors } = await open({ forward, concurrency: 2, maxWaiting: 1 });
  const answers = [1, 2, 3, 4].map(() => post(batch));
  const refused = await read(await Promise.race(answers));
  expect(refused).toMatchObject({ status: 503, kind: 'ServiceUnavailableException' });
  expect(refused.retryAfter).toBeGreaterThanOrEqual(5);
  expect(refused.retryAfter).toBeLessThanOrEqual(10);
  expect(started).toHaveLength(2);
  started[0]?.();
  await expect.poll(() => started.length).toBe(3);
  for (const end of started) end();
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 200, 200, 503]);
  expect(errors).toEqual([]);
});

test('close() refuses new batches and resolves when those in flight have ended', { tag: '@core' }, async ({
  open,
}) => {
  const { started, forward } = createHeldForward();
  const { relay, post } = await open({ forward });
  const inFlight = post(batch);
  await expect.poll(() => started.length).toBe(1);
  let isClosed = false;
  const closed = relay.close().then(() => {
    isClosed = true;
  });
  const refused = await read(await post(batch));
  expect(refused).toMatchObject({ status: 503, message: 'the relay is shutting down' });
  expect(refused.retryAfter).toBeGreaterThanOrEqual(5);
  expect([isClosed, started.length]).toEqual([false, 1]);
  started[0]?.();
  await closed;
  expect((await inFlight).status).toBe(200);
});

test('close() resolves when a batch in flight fails', async ({ open }) => {
  let fail = (_: Error) => {};
  const forward = () =>
    new Promise<void>((_, reject) => {
      fail = reject;
    });
  const { relay, post, errors } = await open({ forward, concurrency: 1 });
  const inFlight = post(batch);
  await expect.poll(() => fail.name).toBe('');
  const closed = relay.close();
  fail(new Error('no'));
  await closed;
  expect((await inFlight).status).toBe(503);
  expect(errors).toMatchObject([{ message: 'no' }]);
});

test('a batch in flight arrives although its page is gone', async ({ aws, open }) => {
  const undo = aws.fail({ status: 503 });
  const { url, errors } = await open({ client: clientOf(aws, { maxAttempts: 10 }) });
  const body = JSON.stringify(batch);
  const socket = startPost(url, `Content-Length: ${body.length}`, body);
  await expect.poll(() => aws.requests.length).toBeGreaterThan(0);
  const gone = once(socket, 'close');
  socket.resetAndDestroy();
  await gone;
  undo();
  await expect.poll(() => aws.counted()).toEqual([event]);
  expect(errors).toEqual([]);
});

test.describe('the userId', () => {
  const cookie = { cookie: 'session=of-bob' };
  const userId: RelayOptions['userId'] = async ({ headers }) =>
    /session=of-(\w+)/.exec(headers.get('cookie') ?? '')?.[1];

  test("is the page's by default", async ({ aws, open }) => {
    const { post } = await open();
    await post(batch, { headers: cookie });
    expect(aws.acknowledged).toMatchObject([{ userId: 'ann' }]);
  });

  test("is that of the site's session if userId() returns it", async ({ aws, open }) => {
    const { post } = await open({ userId });
    const interactions = { ...actions, actionInteractions: [interaction, { ...interaction, actionId: 'b' }] };
    await post(batch, { headers: cookie });
    await post(interactions, { path: '/action-interactions', headers: cookie });
    expect(aws.acknowledged.map((a) => a.userId)).toEqual(['bob', 'bob', 'bob']);
    aws.clear();
    await post({ ...batch, eventList: [{ ...event, eventId: 'f', itemId: 'b' }] });
    await post(
      { ...actions, actionInteractions: [{ ...interaction, actionId: 'c' }] },
      { path: '/action-interactions' },
    );
    expect(aws.acknowledged.map((a) => a.userId)).toEqual([undefined, undefined]);
  });

  test('loses no event if userId() fails or returns a wrong value', async ({ aws, open }) => {
    const failures = [
      () => '',
      () => 12 as unknown as string,
      () => Promise.reject(new Error('no database')),
    ];
    for (const wrong of failures) {
      const { post, errors } = await open({ userId: wrong });
      expect(await read(await post(batch))).toMatchObject({
        status: 503,
        kind: 'ServiceUnavailableException',
      });
      expect(errors).toMatchObject([{ message: expect.stringMatching(/userId.*256|no database/) }]);
    }
    expect(aws.requests).toEqual([]);
  });
});

test('errors are printed in one line without secrets, and an error in onError() does no harm', async ({
  aws,
  open,
}) => {
  const consoleErrors: unknown[] = [];
  const { error } = console;
  console.error = (...args) => consoleErrors.push(...args);
  try {
    const signed =
      'The request signature does not match.\n\nThe Canonical String should have been\nx-amz-security-token:SECRET';
    aws.fail({ status: 403, type: 'InvalidSignatureException', message: signed });
    const silent = await open({ onError: undefined });
    expect((await silent.post(batch)).status).toBe(503);
    expect(consoleErrors).toEqual([
      'personalize-beacon/relay: 403 InvalidSignatureException The request signature does not match.',
    ]);
    const listeners = [
      () => {
        throw new Error('a bug');
      },
      () => Promise.reject(new Error('a bug')),
    ];
    for (const onError of listeners) {
      const { post } = await open({ onError });
      expect((await post(batch)).status).toBe(503);
      expect(consoleErrors.pop()).toBe('personalize-beacon/relay: Error a bug');
    }
  } finally {
    console.error = error;
  }
});

const forward: Forward = async () => {};
const WRONG: [options: object, message: RegExp][] = [
  [{ forward }, /^createRelay: trackingId must be a string of 1-256 characters; got null$/],
  [{ trackingId: '', forward }, /trackingId must be .* got ""/],
  [{ trackingId: 't' }, /client is missing; give a PersonalizeEventsClient, or forward/],
  [{ trackingId: 't', forward, client: { send() {} } }, /client and forward are both given/],
  [{ trackingId: 't', client: { region: 'us-east-1' } }, /client must be a PersonalizeEventsClient/],
  [
    { trackingId: 't', forward, origins: ['https://www.example.com/'] },
    /origins must be .*https:\/\/www\.example\.com; got/,
  ],
  [{ trackingId: 't', forward, origins: '*' }, /origins must be a list/],
  [{ trackingId: 't', forward, concurrency: 0 }, /concurrency must be a whole number from 1; got 0/],
  [{ trackingId: 't', forward, maxWaiting: 1.5 }, /maxWaiting must be a whole number from 0; got 1.5/],
  [{ trackingId: 't', forward, maxBodyBytes: 0 }, /maxBodyBytes must be a whole number, 1–33554432; got 0/],
  [{ trackingId: 't', forward, maxBodyBytes: 2 ** 26 }, /maxBodyBytes must be .* 1–33554432; got 67108864/],
  [{ trackingId: 't', forward, timeout: 30_000 }, /timeout must be a whole number, 1–29000; got 30000/],
  [{ trackingId: 't', forward, timeout: '5' }, /timeout must be a whole number, 1–29000; got "5"/],
  [{ trackingId: 't', forward, userId: 'ann' }, /userId must be a function/],
  [
    { trackingId: 't', forward, origin: [], onError: true },
    /origin is unknown; use trackingId.*; onError must be/,
  ],
];

test('wrong options throw an error at once', () => {
  for (const [options, message] of WRONG) {
    expect(() => createRelay(options as RelayOptions), String(message)).toThrow(message);
  }
  createRelay({ trackingId: 't', forward, concurrency: undefined, origins: undefined });
});
