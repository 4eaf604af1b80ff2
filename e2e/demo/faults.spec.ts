import { createServer } from 'node:https';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import type { APIRequestContext } from '@playwright/test';
import { generate } from 'selfsigned';
import type { Fault } from '../../demo/local-aws/faults.js';
import { createLocalAws } from '../../demo/local-aws/index.js';
import { expect, type Service, test } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';

// What goes wrong on request goes wrong as it would with AWS: asked over HTTP, and of AWS's own SDK where it has a say.

const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

let count = 0;
const event = (itemId = 'a') => ({ eventType: 'click', itemId, sentAt: 1_700_000_000 + count++ });
const batchOf = (...items: string[]) => ({
  trackingId: 'demo-tracker',
  sessionId: 's',
  eventList: items.map(event),
});

/** What became of a request: its status and kind, or how its connection ended. */
const outcomeOf = (request: Promise<Response>) =>
  request.then(
    ({ status, headers }) =>
      [status, headers.get('x-amzn-errortype')?.replace(/:.*/, '')].filter(Boolean).join(' '),
    (error) => String(error.cause.code),
  );

/** Posts to the unsigned endpoint, whose requests are no trouble to make. */
const collector = async (serve: Serve, aws: Pick<Service, 'collectHandler'>) => {
  const url = `http://127.0.0.1:${await serve(aws.collectHandler)}/collect/events`;
  const post = (...items: string[]) =>
    fetch(url, { method: 'POST', body: JSON.stringify(batchOf(...(items.length ? items : ['a']))) });
  return { post, outcome: (...items: string[]) => outcomeOf(post(...items)) };
};

const sdk = (aws: Service, maxAttempts = 1, credentials = aws.issueCredentials()) => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const client = new PersonalizeEventsClient({
    region: 'us-east-1',
    endpoint: aws.url,
    maxAttempts,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  return () =>
    client.send(new PutEventsCommand({ ...batchOf(), eventList: [{ ...event(), sentAt: new Date() }] })).then(
      ({ $metadata }) => String($metadata.httpStatusCode),
      (error) => [error.$metadata?.httpStatusCode, error.name].filter(Boolean).join(' '),
    );
};

const cognito = async (aws: Service, operation: string, input: object) => {
  const answer = await fetch(aws.url, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSCognitoIdentityService.${operation}` },
    body: JSON.stringify(input),
  });
  return { status: answer.status, body: await answer.json() };
};

for (const [fault, answer] of [
  [{ status: 503, type: 'ServiceUnavailableException' }, '503 ServiceUnavailableException'],
  [{ status: 429, type: 'ThrottlingException' }, '429 ThrottlingException'],
  [{ status: 403, type: 'AccessDeniedException' }, '403 AccessDeniedException'],
  [{ status: 404, type: 'ResourceNotFoundException' }, '404 ResourceNotFoundException'],
  [{ drop: 'request' }, 'TimeoutError'],
  [{ refuseItem: 'a' }, '400 InvalidInputException'],
] satisfies [Fault, string][]) {
  test(`the SDK meets ${JSON.stringify(fault)}, and afterwards all is well`, async ({ aws }) => {
    const put = sdk(aws);
    const undo = aws.fail(fault);
    expect(await put()).toBe(answer);
    expect(aws.accepted).toEqual([]);
    undo();
    expect(await put()).toBe('200');
    expect(aws.requests.map((r) => [r.fault, r.form])).toEqual([
      [Object.keys(fault)[0], 'header'],
      [null, 'header'],
    ]);
  });
}

test('a gateway before the service names no kind', async ({ aws, serve }) => {
  const { post } = await collector(serve, aws);
  aws.fail({ status: 502, message: 'Bad luck' });
  const answer = await post();
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([502, null]);
  expect(await answer.json()).toEqual({ message: 'Bad luck' });
});

test('times: as many requests, then no more', async ({ aws, serve }) => {
  const { outcome } = await collector(serve, aws);
  aws.fail({ status: 500, times: 2 });
  expect([await outcome(), await outcome(), await outcome()]).toEqual(['500', '500', '200']);
});

test.describe('with chance in hand', () => {
  const drawn = [0.1, 0.3, 0.29, 0.9];
  test.use({ awsOptions: { random: () => drawn.shift() as number } });

  test('share: of the requests, those that chance picks', async ({ aws, serve }) => {
    const { outcome } = await collector(serve, aws);
    aws.fail({ status: 500, share: 0.3 });
    const all = [await outcome(), await outcome(), await outcome(), await outcome()];
    expect(all).toEqual(['500', '200', '500', '200']);
    expect(aws.faults()).toEqual([{ status: 500, share: 0.3, hits: 2 }]);
  });
});

for (const [on, failing] of [
  ['events', ['events']],
  ['cognito', ['GetId', 'GetCredentialsForIdentity']],
  ['GetId', ['GetId']],
  ['GetCredentialsForIdentity', ['GetCredentialsForIdentity']],
  ['preflight', ['preflight']],
] satisfies [Fault['on'], string[]][]) {
  test(`on ${on}: nothing else fails`, async ({ aws, serve }) => {
    const { outcome } = await collector(serve, aws);
    const { body } = await cognito(aws, 'GetId', { IdentityPoolId: POOL_ID });
    aws.fail({ on, status: 500, type: 'Broken' });
    const get = (operation: string, input: object) => async () =>
      (await cognito(aws, operation, input)).status;
    const requests = {
      events: outcome,
      GetId: get('GetId', { IdentityPoolId: POOL_ID }),
      GetCredentialsForIdentity: get('GetCredentialsForIdentity', { IdentityId: body.IdentityId }),
      preflight: async () => (await fetch(`${aws.url}/events`, { method: 'OPTIONS' })).status,
    };
    for (const [name, ask] of Object.entries(requests)) {
      expect(String(await ask()), name).toBe(
        failing.includes(name) ? (name === 'events' ? '500 Broken' : '500') : '200',
      );
    }
  });
}

test('a Cognito that is throttled says so in the body, as Cognito does', async ({ aws }) => {
  aws.fail({ on: 'cognito', status: 400, type: 'TooManyRequestsException', message: 'Slow down' });
  expect(await cognito(aws, 'GetId', { IdentityPoolId: POOL_ID })).toEqual({
    status: 400,
    body: { __type: 'TooManyRequestsException', message: 'Slow down' },
  });
});

test('Retry-After reaches a page of another origin only when it is exposed', async ({ page, aws, site }) => {
  site.add('/', '');
  await page.goto(site.url);
  const read = () =>
    page.evaluate(async (url) => {
      const { status, headers } = await fetch(url, { method: 'POST' });
      return [status, headers.get('retry-after'), headers.get('date') !== null];
    }, `${aws.url}/events`);
  aws.fail({ status: 429, retryAfter: 5, times: 1 });
  expect(await read()).toEqual([429, null, true]);
  aws.fail({ status: 429, retryAfter: 5, exposeRetryAfter: true, times: 1 });
  expect(await read()).toEqual([429, '5', true]);
  aws.fail({ status: 429, retryAfter: 5, times: 1 });
  expect((await fetch(`${aws.url}/events`, { method: 'POST' })).headers.get('retry-after')).toBe('5');
});

test('a dropped answer is a batch that counts, and that its sender knows nothing of', async ({
  aws,
  serve,
}) => {
  const { outcome } = await collector(serve, aws);
  aws.fail({ drop: 'answer', times: 1 });
  expect(await outcome()).toBe('ECONNRESET');
  expect(aws.accepted).toHaveLength(1);
  expect(aws.requests).toMatchObject([{ fault: 'drop', status: 0, eventCount: 1 }]);
  aws.fail({ drop: 'request', times: 1 });
  expect(await outcome()).toBe('ECONNRESET');
  expect(aws.accepted).toHaveLength(1);
});

test('on a connection that has served before, the browser itself sends a dropped request again', async ({
  page,
  aws,
  site,
}) => {
  site.add('/', '');
  await page.goto(site.url);
  const ask = () =>
    page.evaluate(
      (url) => fetch(url, { method: 'POST' }).then(({ status }) => status, String),
      `${aws.url}/events`,
    );
  aws.fail({ drop: 'request', times: 1 });
  expect(await ask()).toBe('TypeError: Failed to fetch');
  expect(await ask()).toBe(403);
  aws.fail({ drop: 'request', times: 1 });
  expect(await ask()).toBe(403);
  expect(aws.requests.map((r) => r.status)).toEqual([0, 403, 0, 403]);
});

for (const end of ['undo', 'heal'] as const) {
  test(`stall: no answer, until ${end} resets what waits`, async ({ aws, serve }) => {
    const { outcome } = await collector(serve, aws);
    const undo = aws.fail({ stall: true, times: 1 });
    let stalled: string | undefined;
    const done = outcome().then((text) => (stalled = text));
    await expect.poll(() => aws.requests.map((r) => r.fault)).toEqual(['stall']);
    expect(await outcome()).toBe('200');
    expect([stalled, aws.accepted.length]).toEqual([undefined, 1]);
    if (end === 'undo') undo();
    else aws.heal();
    expect(await done).toBe('ECONNRESET');
  });
}

test('delayMs: done at once, answered later, at the latest when it is undone', async ({ aws, serve }) => {
  const { outcome } = await collector(serve, aws);
  const undo = aws.fail({ delayMs: 200 });
  const start = performance.now();
  expect(await outcome()).toBe('200');
  expect(performance.now() - start).toBeGreaterThan(190);
  undo();
  aws.fail({ delayMs: 3_600_000 });
  const late = outcome();
  await expect.poll(() => aws.accepted.length).toBe(2);
  expect(aws.requests.map((r) => [r.fault, r.status])).toEqual([
    ['delayMs', 200],
    ['delayMs', 0],
  ]);
  aws.heal();
  expect(await late).toBe('200');
});

test('slow and out of order at once, whichever was set first', async ({ aws, serve }) => {
  const { outcome } = await collector(serve, aws);
  const hits: number[][] = [];
  const failSlowly = async (...faults: Fault[]) => {
    for (const fault of faults) aws.fail(fault);
    const start = performance.now();
    expect(await outcome()).toBe('503');
    expect(performance.now() - start).toBeGreaterThan(90);
    hits.push(aws.faults().map((fault) => fault.hits));
    aws.heal();
  };
  await failSlowly({ delayMs: 100 }, { status: 503 });
  await failSlowly({ status: 503 }, { status: 500 }, { delayMs: 100 });
  await failSlowly({ status: 503, delayMs: 100 });
  expect(hits).toEqual([[1, 1], [1, 0, 1], [1]]);
  expect(aws.accepted).toEqual([]);
  expect(aws.requests.map((r) => r.fault)).toEqual(['status', 'status', 'status']);
});

test('refuseItem: the batch that has it, by name, and no other', async ({ aws, serve }) => {
  const { post, outcome } = await collector(serve, aws);
  aws.fail({ refuseItem: 'bad' });
  const refused = await post('a', 'bad', 'b');
  expect(refused.status).toBe(400);
  expect(((await refused.json()) as { message: string }).message).toContain("'bad'");
  expect([await outcome('a', 'b'), await outcome('bad')]).toEqual(['200', '400 InvalidInputException']);
  expect(aws.accepted.map((a) => a.event.itemId)).toEqual(['a', 'b']);
  expect(aws.faults()).toEqual([{ refuseItem: 'bad', hits: 2 }]);
});

test('skew: the service has another time than the world, and the credentials it gave live on', async ({
  aws,
}) => {
  const HOUR = 3_600_000;
  const put = sdk(aws);
  for (const ms of [HOUR, -HOUR]) {
    expect(aws.skew(ms)).toBe(ms);
    expect(await put()).toBe('403 InvalidSignatureException');
    const { headers } = await fetch(`${aws.url}/events`, { method: 'POST' });
    expect(Math.abs(Date.parse(headers.get('date') as string) - Date.now() - ms)).toBeLessThan(5_000);
    const { body } = await cognito(aws, 'GetId', { IdentityPoolId: POOL_ID });
    const { Credentials } = (await cognito(aws, 'GetCredentialsForIdentity', body)).body;
    expect(Math.abs(Credentials.Expiration * 1000 - Date.now() - ms - HOUR)).toBeLessThan(5_000);
    // AWS's own client learns the time from the answer, and is served.
    const credentials = {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretKey,
      sessionToken: Credentials.SessionToken,
      expiration: new Date(Credentials.Expiration * 1000),
    };
    expect(await sdk(aws, 2, credentials)()).toBe('200');
    aws.heal();
    expect(aws.skew()).toBe(0);
    expect(await sdk(aws, 1, credentials)()).toBe('200');
  }
});

test('expireCredentials: those handed out so far', async ({ aws }) => {
  const put = sdk(aws);
  expect(await put()).toBe('200');
  aws.expireCredentials();
  expect(await put()).toBe('403 ExpiredTokenException');
  expect(await sdk(aws)()).toBe('200');
});

test('faults() has what is on and how often it hit, in plain data; heal() empties it', async ({
  aws,
  serve,
}) => {
  const { outcome } = await collector(serve, aws);
  let told = 0;
  const unwatch = aws.watchFaults(() => told++);
  const undo = aws.fail({ name: 'down', status: 503, times: 2 });
  aws.fail({ on: 'cognito', stall: true });
  await outcome();
  expect(aws.faults()).toEqual([
    { name: 'down', status: 503, times: 2, hits: 1 },
    { on: 'cognito', stall: true, hits: 0 },
  ]);
  expect(told).toBe(3);
  await outcome();
  expect(aws.faults()).toEqual([{ on: 'cognito', stall: true, hits: 0 }]);
  undo();
  aws.skew(1000);
  expect(told).toBe(6);
  // Whoever looks again when told must not be told for that.
  aws.skew();
  expect(told).toBe(6);
  unwatch();
  aws.heal();
  expect(aws.faults()).toEqual([]);
  expect(told).toBe(6);
});

test('under TLS a connection ends, too', async ({ request, serve }) => {
  const aws = createLocalAws();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const port = await serve(createServer({ key, cert }, aws.collectHandler));
  const post = (context: APIRequestContext) =>
    context.post(`https://127.0.0.1:${port}/events`, {
      ignoreHTTPSErrors: true,
      data: batchOf('a'),
      maxRetries: 0,
    });
  aws.fail({ drop: 'request', times: 1 });
  await expect(post(request)).rejects.toThrow(/hang up|ECONNRESET/);
  expect((await post(request)).status()).toBe(200);
});

for (const [fault, complaint] of [
  [undefined, 'A fault is an object'],
  [{}, 'takes one of status, drop, stall, refuseItem, delayMs'],
  [{ fail: true }, "no field 'fail'; it takes name, on,"],
  [{ status: 200 }, "'status' takes a whole number from 400 to 599, not 200"],
  [{ status: '503' }, `'status' takes a whole number from 400 to 599, not "503"`],
  [{ status: 503, on: 'event' }, "'on' takes one of events, cognito,"],
  [{ status: 503, times: 0 }, "'times' takes a whole number from 1"],
  [{ status: 503, share: 30 }, "'share' takes a number from 0 to 1, not 30"],
  [{ status: 503, type: 'a\nb' }, "'type' takes a text"],
  [{ status: 503, retryAfter: -1 }, "'retryAfter' takes a whole number of seconds"],
  [{ drop: true }, "'drop' takes 'request' or 'answer', not true"],
  [{ stall: false }, "'stall' takes true, not false"],
  [{ delayMs: 1.5 }, "'delayMs' takes a whole number of milliseconds"],
  [{ refuseItem: '' }, "'refuseItem' takes an itemId"],
  [{ status: 503, drop: 'answer' }, "not 'status' and 'drop'"],
  [{ drop: 'answer', message: 'no' }, "'message' goes with a 'status'"],
  [{ status: 429, exposeRetryAfter: true }, "'exposeRetryAfter' goes with a 'retryAfter'"],
  [{ stall: true, delayMs: 1 }, "'delayMs' does not go with 'stall'"],
  [{ refuseItem: 'a', on: 'GetId' }, "'refuseItem' is for 'events'"],
] as [Fault, string][]) {
  test(`fail(${JSON.stringify(fault)}) is refused with a word on why`, () => {
    const aws = createLocalAws();
    expect(() => aws.fail(fault)).toThrow(complaint);
    expect(aws.faults()).toEqual([]);
  });
}

test('skew() takes a number', () => {
  expect(() => createLocalAws().skew(Number.NaN)).toThrow('skew() takes milliseconds');
});
