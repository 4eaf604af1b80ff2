import { createServer } from 'node:https';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import type { APIRequestContext } from '@playwright/test';
import type { Fault } from 'personalize-beacon/local';
import { createLocalAws } from 'personalize-beacon/local';
import { generate } from 'selfsigned';
import { expect, type Service, test } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';

// Checks that simulated faults look like AWS's, over HTTP and, if it applies, with AWS's own SDK.

const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

let count = 0;
const event = (itemId = 'a') => ({ eventType: 'click', itemId, sentAt: 1_700_000_000 + count++ });
const batchOf = (...items: string[]) => ({
  trackingId: 'demo-tracker',
  sessionId: 's',
  eventList: items.map(event),
});

/** Returns a request's status and error type, or the code of its network error. */
const outcomeOf = (request: Promise<Response>) =>
  request.then(
    ({ status, headers }) =>
      [status, headers.get('x-amzn-errortype')?.replace(/:.*/, '')].filter(Boolean).join(' '),
    (error) => String(error.cause.code),
  );

/** Posts to the unsigned endpoint, which needs no credentials. */
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
  test(`the SDK sees the fault ${JSON.stringify(fault)}, and succeeds once it is undone`, async ({ aws }) => {
    const put = sdk(aws);
    const undo = aws.fail(fault);
    expect(await put()).toBe(answer);
    expect(aws.acknowledged).toEqual([]);
    undo();
    expect(await put()).toBe('200');
    expect(aws.requests.map((r) => [r.fault, r.form])).toEqual([
      [Object.keys(fault)[0], 'header'],
      [null, 'header'],
    ]);
  });
}

test("a gateway's error has no error type", async ({ aws, serve }) => {
  const { post } = await collector(serve, aws);
  aws.fail({ status: 502, message: 'Bad luck' });
  const answer = await post();
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([502, null]);
  expect(await answer.json()).toEqual({ message: 'Bad luck' });
});

test('with `times` only so many requests fail', async ({ aws, serve }) => {
  const { outcome } = await collector(serve, aws);
  aws.fail({ status: 500, times: 2 });
  expect([await outcome(), await outcome(), await outcome()]).toEqual(['500', '500', '200']);
});

test.describe('with a fixed random sequence', () => {
  const drawn = [0.1, 0.3, 0.29, 0.9];
  test.use({ awsOptions: { random: () => drawn.shift() as number } });

  test('`share` is the share of requests that fail', async ({ aws, serve }) => {
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
  test(`a fault on ${on} affects no other request`, async ({ aws, serve }) => {
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

test('a throttled Cognito names the error type in the body, as Cognito does', async ({ aws }) => {
  aws.fail({ on: 'cognito', status: 400, type: 'TooManyRequestsException', message: 'Slow down' });
  expect(await cognito(aws, 'GetId', { IdentityPoolId: POOL_ID })).toEqual({
    status: 400,
    body: { __type: 'TooManyRequestsException', message: 'Slow down' },
  });
});

test('a page of another origin can read Retry-After only if it is exposed', async ({ page, aws, site }) => {
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

test('with a dropped answer the batch counts, but its sender gets no answer', async ({ aws, serve }) => {
  const { outcome } = await collector(serve, aws);
  aws.fail({ drop: 'answer', times: 1 });
  expect(await outcome()).toBe('ECONNRESET');
  expect(aws.acknowledged).toHaveLength(1);
  expect(aws.requests).toMatchObject([{ fault: 'drop', status: 0, eventCount: 1 }]);
  aws.fail({ drop: 'request', times: 1 });
  expect(await outcome()).toBe('ECONNRESET');
  expect(aws.acknowledged).toHaveLength(1);
});

test('on a reused connection the browser itself retries a dropped request', async ({ page, aws, site }) => {
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
  test(`a stalled request gets no answer until ${end} resets it`, async ({ aws, serve }) => {
    const { outcome } = await collector(serve, aws);
    const undo = aws.fail({ stall: true, times: 1 });
    let stalled: string | undefined;
    const done = outcome().then((text) => (stalled = text));
    await expect.poll(() => aws.requests.map((r) => r.fault)).toEqual(['stall']);
    expect(await outcome()).toBe('200');
    expect([stalled, aws.acknowledged.length]).toEqual([undefined, 1]);
    if (end === 'undo') undo();
    else aws.heal();
    expect(await done).toBe('ECONNRESET');
  });
}

test('with delayMs a request is processed at once and answered later, at the latest by heal()', async ({
  aws,
  serve,
}) => {
  const { outcome } = await collector(serve, aws);
  const undo = aws.fail({ delayMs: 200 });
  const start = performance.now();
  expect(await outcome()).toBe('200');
  expect(performance.now() - start).toBeGreaterThan(190);
  undo();
  aws.fail({ delayMs: 3_600_000 });
  const delayed = outcome();
  await expect.poll(() => aws.acknowledged.length).toBe(2);
  expect(aws.requests.map((r) => [r.fault, r.status])).toEqual([
    ['delayMs', 200],
    ['delayMs', 0],
  ]);
  aws.heal();
  expect(await delayed).toBe('200');
});

test('a delay and an error apply together, in either order', async ({ aws, serve }) => {
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
  expect(aws.acknowledged).toEqual([]);
  expect(aws.requests.map((r) => r.fault)).toEqual(['status', 'status', 'status']);
});

test('refuseItem refuses each batch with the item, naming it, and no other batch', async ({ aws, serve }) => {
  const { post, outcome } = await collector(serve, aws);
  aws.fail({ refuseItem: 'bad' });
  const refused = await post('a', 'bad', 'b');
  expect(refused.status).toBe(400);
  expect(((await refused.json()) as { message: string }).message).toContain("'bad'");
  expect([await outcome('a', 'b'), await outcome('bad')]).toEqual(['200', '400 InvalidInputException']);
  expect(aws.acknowledged.map((a) => a.event.itemId)).toEqual(['a', 'b']);
  expect(aws.faults()).toEqual([{ refuseItem: 'bad', hits: 2 }]);
});

test("skew() changes the service's time, and keeps credentials given out under it valid", async ({ aws }) => {
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
    // AWS's own client learns the time from the answer and succeeds.
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

test('expireCredentials() expires the credentials given out so far', async ({ aws }) => {
  const put = sdk(aws);
  expect(await put()).toBe('200');
  aws.expireCredentials();
  expect(await put()).toBe('403 ExpiredTokenException');
  expect(await sdk(aws)()).toBe('200');
});

test('faults() returns the active faults with their hits as plain data, and heal() removes them', async ({
  aws,
  serve,
}) => {
  const { outcome } = await collector(serve, aws);
  let changes = 0;
  const unwatch = aws.on('faults', () => changes++);
  const undo = aws.fail({ name: 'down', status: 503, times: 2 });
  aws.fail({ on: 'cognito', stall: true });
  await outcome();
  expect(aws.faults()).toEqual([
    { name: 'down', status: 503, times: 2, hits: 1 },
    { on: 'cognito', stall: true, hits: 0 },
  ]);
  expect(changes).toBe(3);
  await outcome();
  expect(aws.faults()).toEqual([{ on: 'cognito', stall: true, hits: 0 }]);
  undo();
  aws.skew(1000);
  expect(changes).toBe(6);
  // A read must not be reported as a change: a listener that reads would loop.
  aws.skew();
  expect(changes).toBe(6);
  unwatch();
  aws.heal();
  expect(aws.faults()).toEqual([]);
  expect(changes).toBe(6);
});

test('a dropped request ends the connection under TLS, too', async ({ request, serve }) => {
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

for (const [fault, message] of [
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
  test(`fail(${JSON.stringify(fault)}) throws an error with the reason`, () => {
    const aws = createLocalAws();
    expect(() => aws.fail(fault)).toThrow(message);
    expect(aws.faults()).toEqual([]);
  });
}

test('skew() accepts only a number', () => {
  expect(() => createLocalAws().skew(Number.NaN)).toThrow('skew() takes milliseconds');
});
