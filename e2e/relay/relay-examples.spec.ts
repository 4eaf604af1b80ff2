import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import autocannon, { type Request, type Result } from 'autocannon';
import { expect, type Service } from '../support/fixtures.js';
import { credentialsOf, test } from '../support/packed-package.js';

test.describe.configure({ mode: 'default', timeout: 600_000 });

const batchOf = (eventId: string) => ({
  trackingId: 'demo-tracker',
  sessionId: 's',
  eventList: [
    { eventType: 'view', itemId: eventId, eventId, sentAt: 1_700_000_000 },
    { eventType: 'click', itemId: eventId, eventId: `${eventId}-b`, sentAt: 1_700_000_000 },
  ],
});

const environmentOf = (aws: Service) => ({
  ...credentialsOf(aws),
  TRACKING_ID: 'demo-tracker',
  PORT: '0',
  HOST: '127.0.0.1',
});

/** Longer than any test, which stops the load itself. */
const MAX_LOAD_SECONDS = 600;

/** Sends requests with different events, and records the IDs that are answered with 200. */
const loadOn = (url: string, answered: string[], amount?: number) => {
  let sent = 0;
  // The context belongs to the request, which the types do not express.
  const request: Request = {
    method: 'POST',
    path: '/collect/events',
    headers: { origin: new URL(url).origin, 'content-type': 'application/json' },
    setupRequest(request, context) {
      const eventId = `e${sent++}`;
      Object.assign(context, { eventId });
      return { ...request, body: JSON.stringify(batchOf(eventId)) };
    },
    onResponse(status, _, context) {
      if (status === 200) answered.push((context as { eventId: string }).eventId);
    },
  };
  const options = {
    url,
    connections: 20,
    requests: [request],
    ...(amount ? { amount } : { duration: MAX_LOAD_SECONDS }),
  };
  let stop = () => {};
  const result = new Promise<Result>((resolve, reject) => {
    const load = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    stop = () => load.stop();
  });
  return { result, stop: () => stop() };
};

const idsOf = (answered: string[]) => answered.flatMap((eventId) => [eventId, `${eventId}-b`]).sort();

let nodeExample: string;

test.beforeAll(async ({ packed }) => {
  nodeExample = await packed.build('relay-node');
});

test('on Node under load each answered batch arrives and counts once', async ({ aws, start }) => {
  const { url } = await start(nodeExample, ['server.js'], environmentOf(aws));
  const refused = await fetch(`${url}/events`, {
    method: 'POST',
    body: '{}',
    headers: { origin: new URL(url).origin },
  });
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { message: expect.stringContaining('trackingId') },
  ]);
  const answered: string[] = [];
  const { errors, non2xx } = await loadOn(url, answered, 1000).result;
  expect({ errors, non2xx, answered: answered.length }).toEqual({ errors: 0, non2xx: 0, answered: 1000 });
  expect(
    aws
      .counted()
      .map(({ eventId }) => eventId)
      .sort(),
  ).toEqual(idsOf(answered));
  expect(aws.acknowledged).toHaveLength(2000);
});

test('on Node a process stopped under load loses no answered batch and exits by itself', async ({
  aws,
  start,
}) => {
  const { url, child } = await start(nodeExample, ['server.js'], environmentOf(aws));
  const answered: string[] = [];
  const load = loadOn(url, answered);
  await expect.poll(() => answered.length).toBeGreaterThan(100);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  load.stop();
  await load.result;
  const counted = aws.counted().map(({ eventId }) => eventId);
  expect(idsOf(answered).filter((eventId) => !counted.includes(eventId))).toEqual([]);
  // Batches in flight were answered, too: no page retries a batch that was forwarded.
  expect(counted.sort()).toEqual(idsOf(answered));
});

const HOST = 'abcdefghijklmnop.lambda-url.us-east-1.on.aws';

/** Returns a request as a function URL passes it on, in payload format 2.0. */
const functionUrlEvent = (
  method: string,
  headers: Record<string, string>,
  body?: string,
  isBase64 = false,
) => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: '/collect/events',
  rawQueryString: '',
  headers: {
    'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000000',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-forwarded-for': '203.0.113.7',
    host: HOST,
    ...(body && { 'content-length': `${body.length}` }),
    ...headers,
  },
  requestContext: {
    accountId: 'anonymous',
    apiId: HOST.split('.')[0],
    domainName: HOST,
    domainPrefix: HOST.split('.')[0],
    http: {
      method,
      path: '/collect/events',
      protocol: 'HTTP/1.1',
      sourceIp: '203.0.113.7',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: '00000000-0000-4000-8000-000000000000',
    routeKey: '$default',
    stage: '$default',
    time: '26/Nov/2026:16:00:00 +0000',
    timeEpoch: 1_795_708_800_000,
  },
  ...(body && { body: isBase64 ? Buffer.from(body).toString('base64') : body }),
  isBase64Encoded: isBase64,
});

test('on Lambda behind a function URL batches are forwarded', async ({ aws, packed }) => {
  const folder = await packed.build('relay-lambda');
  const origin = 'https://www.example.com';
  const json = { origin, 'content-type': 'application/json' };
  const text = { origin, 'content-type': 'text/plain;charset=UTF-8' };
  const events = [
    functionUrlEvent('OPTIONS', { origin, 'access-control-request-method': 'POST' }),
    functionUrlEvent('POST', json, JSON.stringify(batchOf('é'))),
    functionUrlEvent('POST', text, JSON.stringify(batchOf('f')), true),
    functionUrlEvent('POST', { ...json, origin: 'https://example.com' }, JSON.stringify(batchOf('g'))),
    functionUrlEvent('POST', json, '{}'),
  ];
  // Its own process, with an environment like Lambda's.
  const program = `
    const { handler } = require('./dist/index.cjs');
    (async () => {
      const answers = [];
      for (const event of ${JSON.stringify(events)}) answers.push(await handler(event, {}));
      console.log(JSON.stringify(answers));
    })();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program], {
    cwd: folder,
    env: {
      ...credentialsOf(aws),
      TRACKING_ID: 'demo-tracker',
      ORIGINS: `${origin},https://shop.example.com`,
    },
  });
  const headers = { 'access-control-allow-origin': origin };
  expect(JSON.parse(stdout)).toMatchObject([
    { statusCode: 204, headers: { ...headers, 'access-control-allow-methods': 'POST' } },
    { statusCode: 200, headers, body: '' },
    { statusCode: 200, headers, body: '' },
    { statusCode: 403 },
    {
      statusCode: 400,
      isBase64Encoded: false,
      headers: { ...headers, 'x-amzn-errortype': 'InvalidInputException' },
      body: expect.stringMatching(/^{"message":"trackingId must be/),
    },
  ]);
  expect(aws.counted().map(({ eventId }) => eventId)).toEqual(['é', 'é-b', 'f', 'f-b']);
});
