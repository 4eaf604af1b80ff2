import { readFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Page } from '@playwright/test';
import { expect, type Service, type Site, test } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';

/** An answer that was seen in place of the service's, and the required outcome. */
interface Case {
  case: string;
  status: number;
  headers: Record<string, string>;
  body: string;
  becomes: string;
}

const CASES: Case[] = JSON.parse(
  readFileSync(new URL('../support/cases/answers.json', import.meta.url), 'utf8'),
);

const caseOf = (name: string) => CASES.find((testCase) => testCase.case === name) as Case;

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': '*',
};

const answer = (response: ServerResponse, { status, headers, body }: Case) => {
  const now = Date.now();
  const given = Object.entries(headers).map(([name, value]) => [
    name,
    value === '<date +20 s>' ? new Date(now + 20_000).toUTCString() : value,
  ]);
  response.writeHead(status, { ...CORS, date: new Date(now).toUTCString(), ...Object.fromEntries(given) });
  if (body === '<never ends>') response.write(' ');
  else response.end(body);
};

const readBody = async (request: IncomingMessage) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};

/** Returns whether a request with these items gets the answer of the case instead of the local AWS's. */
type IsAffected = (count: number, items: string[]) => boolean;

/** Starts a proxy between page and service. `batches` holds the items of each batch. */
const openProxy = async (
  serve: Serve,
  aws: Service,
  testCase: Case,
  isAffected: IsAffected,
  on = '/events',
) => {
  const batches: string[][] = [];
  const handler: RequestListener = async (request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(200, CORS).end();
    const body = await readBody(request);
    const isTarget = on === (request.headers['x-amz-target'] ?? request.url?.split('?')[0]);
    if (isTarget)
      batches.push((JSON.parse(body).eventList ?? []).map((event: { itemId: string }) => event.itemId));
    if (isTarget && isAffected(batches.length, batches.at(-1) ?? [])) return answer(response, testCase);
    const { method, url, headers, socket } = request;
    aws.handler(
      Object.assign(Readable.from([Buffer.from(body)]), { method, url, headers, socket }) as IncomingMessage,
      response,
    );
  };
  return { batches, url: `http://127.0.0.1:${await serve(handler)}` };
};

interface Reported {
  delivered: string[];
  rejected: [itemId: string, reason: string][];
  errors: string[];
  /** The duration in milliseconds of every timer set. */
  timers: number[];
}

declare global {
  interface Window {
    answers: Reported;
  }
}

const open = async (page: Page, site: Site, attributes: Record<string, string | undefined>) => {
  site.add(
    '/',
    `<script>
      answers = { delivered: [], rejected: [], errors: [], timers: [] };
      const set = setTimeout;
      setTimeout = (run, ms, ...given) => (answers.timers.push(ms), set(run, ms, ...given));
    </script>
    ${site.tag(attributes)}
    <script>
      personalize.on('delivered', ({ itemId }) => answers.delivered.push(itemId));
      personalize.on('rejected', ({ event, reason }) => answers.rejected.push([event.itemId, reason]));
      personalize.on('error', ({ reason }) => answers.errors.push(reason));
    </script>`,
  );
  await page.goto(site.url);
};

const track = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
  }, items);

const reported = (page: Page) => page.evaluate(() => window.answers);
const delivered = async (page: Page) => (await reported(page)).delivered;
const errors = async (page: Page) => (await reported(page)).errors;

const countedItems = (aws: Service) => aws.counted().map(({ itemId }) => itemId);

/** The shortest backoff after the first failure. The second is twice as long. */
const SHORTEST_BACKOFF_MS = 500;

/** Names of the cases that have a test, so that a missing one is noticed. */
const testedCases = new Set<string>();
const casesWithTest = (names: string[]) => {
  for (const name of names) testedCases.add(name);
  return names.map(caseOf);
};

for (const testCase of casesWithTest([
  '200, empty body',
  '200, {}',
  '200, JSON null',
  '200, headers come and the body never ends',
  "204 of a relay of one's own",
  '200, __type is a number',
])) {
  test(`${testCase.case}: the event is delivered in one request`, async ({ page, site, aws, serve }) => {
    const { batches, url } = await openProxy(serve, aws, testCase, () => true);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect((await page.evaluate(() => window.personalize.inspect())).queue).toEqual([]);
    expect([batches, await errors(page)]).toEqual([[['a']], []]);
  });
}

/** Cases whose events are kept and sent again, each with the error that is reported once, if any. */
const KEPT: [name: string, expectedError?: RegExp][] = [
  [
    '200, a page (single-page fallback, portal, interstitial)',
    /is answered by a web page, not by the service/,
  ],
  [
    '302 to /login, which answers 200 HTML',
    /\/events is answered by a redirect, not by the service: set endpoint/,
  ],
  ['307 to another origin', /\/events is answered by a redirect/],
  ['308 to the same path with a slash', /\/events is answered by a redirect/],
  ['304', /\/events is answered by a redirect/],
  ['400 of nginx', /^400$/],
  ['400 RequestAbortedException', /^400 RequestAbortedException$/],
  ['429, Retry-After: -1'],
  ['503, Retry-After: 0.001'],
];
for (const testCase of casesWithTest(KEPT.map(([name]) => name))) {
  const expectedError = KEPT.find(([name]) => name === testCase.case)?.[1];
  test(`${testCase.case}: the event is kept and sent again after a backoff, and at most one error is reported`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { batches, url } = await openProxy(serve, aws, testCase, (count) => count <= 2);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    const { rejected, errors, timers } = await reported(page);
    expect([batches.length, countedItems(aws), rejected]).toEqual([3, ['a'], []]);
    expect(errors).toEqual(expectedError ? [expect.stringMatching(expectedError)] : []);
    expect(
      timers.filter((ms) => ms >= SHORTEST_BACKOFF_MS && ms <= 2 * 2 * SHORTEST_BACKOFF_MS).length,
    ).toBeGreaterThan(1);
  });
}

for (const [name, least, most] of [
  ['503, Retry-After as an HTTP date 20 s ahead', 20_000, 22_000],
  ['503, Retry-After: 1e9', 600_000, 660_000],
] as const) {
  const [testCase] = casesWithTest([name]) as [Case];
  test(`${testCase.case}: nothing is sent before, not even by flush()`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { batches, url } = await openProxy(serve, aws, testCase, () => true);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    const waits = async () => (await reported(page)).timers.filter((ms) => ms >= least && ms <= most);
    await expect.poll(waits).toHaveLength(1);
    await page.evaluate(() => {
      for (let i = 0; i < 20; i++) window.personalize.flush();
      window.dispatchEvent(new Event('online'));
      // By now, any further request would be in flight.
      return fetch('/').then(() => window.personalize.inspect());
    });
    expect(batches).toHaveLength(1);
  });
}

for (const testCase of casesWithTest(['401 of a proxy', '404, message is no text'])) {
  test(`${testCase.case}: sending stops for this page view, and the next page view delivers`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isAffected = true;
    const { batches, url } = await openProxy(serve, aws, testCase, () => isAffected);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => errors(page)).toEqual([expect.stringMatching(`^${testCase.status}`)]);
    await page.evaluate(() => window.personalize.flush());
    expect([batches.length, (await reported(page)).rejected]).toEqual([1, []]);
    isAffected = false;
    await page.reload();
    await expect.poll(() => delivered(page)).toEqual(['a']);
  });
}

for (const [name, requests, expectedError] of [
  ['403 AccessDeniedException', 1, /grant the role/],
  ['403 HTML of a firewall', 2, /^403/],
] as const) {
  const [testCase] = casesWithTest([name]) as [Case];
  test(`${testCase.case}: sending stops for this page view (requests: ${requests})`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isAffected = true;
    const { batches, url } = await openProxy(serve, aws, testCase, () => isAffected);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => errors(page)).toEqual([expect.stringMatching(expectedError)]);
    await page.evaluate(() => window.personalize.flush());
    expect(batches).toHaveLength(requests);
    expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(requests);
    isAffected = false;
    await page.reload();
    await expect.poll(() => delivered(page)).toEqual(['a']);
  });
}

for (const [name, credentials] of [
  ['403 ExpiredTokenException', 2],
  ['400 RequestExpired', 1],
] as const) {
  const [testCase] = casesWithTest([name]) as [Case];
  test(`${testCase.case}: the batch is signed again once (requests for credentials: ${credentials})`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { batches, url } = await openProxy(serve, aws, testCase, (count) => count === 1);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect(batches).toHaveLength(2);
    expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(credentials);
    // The second request was sent at once, without a backoff.
    expect((await reported(page)).timers.filter((ms) => ms >= SHORTEST_BACKOFF_MS && ms <= 1000)).toEqual([]);
  });
}

const TEN = Array.from({ length: 10 }, (_, i) => `item-${i}`);

for (const [name, bad] of [
  ['400 InvalidInputException, one of ten is bad', 'item-0'],
  ['400 InvalidInputException, one of ten is bad', 'item-6'],
] as const) {
  const [testCase] = casesWithTest([name]) as [Case];
  test(`${testCase.case}: only ${bad} is rejected`, async ({ page, site, aws, serve }) => {
    const { url } = await openProxy(serve, aws, testCase, (_, items) => items.includes(bad));
    await open(page, site, { 'data-endpoint': url });
    await track(page, ...TEN);
    await expect.poll(async () => (await delivered(page)).sort()).toEqual(TEN.filter((item) => item !== bad));
    await expect
      .poll(async () => (await reported(page)).rejected)
      .toEqual([[bad, '400 InvalidInputException 1 validation error detected']]);
  });
}

const [tooLarge] = casesWithTest(['413']) as [Case];

test('413: the batch is halved, and a single event that is too large is rejected', { tag: '@core' }, async ({
  page,
  site,
  aws,
  serve,
}) => {
  const { url } = await openProxy(
    serve,
    aws,
    tooLarge,
    (_, items) => items.length > 2 || items.includes('item-3'),
  );
  await open(page, site, { 'data-endpoint': url });
  await track(page, ...TEN);
  await expect
    .poll(async () => (await delivered(page)).sort())
    .toEqual(TEN.filter((item) => item !== 'item-3'));
  await expect.poll(async () => (await reported(page)).rejected).toEqual([['item-3', '413']]);
});

test.describe('when all events are refused alike and none was ever accepted,', () => {
  const [testCase] = casesWithTest([
    '400 InvalidInputException, same message for every event, nothing ever accepted',
  ]) as [Case];
  const NEVER =
    /^400 InvalidInputException The tracking ID is invalid: nothing from this device was ever accepted: check trackingId/;

  test('sending stops, the error says what to check, and the events are kept', { tag: '@core' }, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isAffected = true;
    const { batches, url } = await openProxy(serve, aws, testCase, () => isAffected);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a', 'b', 'c');
    await expect
      .poll(() => errors(page))
      .toEqual([expect.stringMatching(NEVER), expect.stringMatching(NEVER)]);
    const before = batches.length;
    await track(page, 'd');
    await page.evaluate(() => window.personalize.flush());
    expect([batches.length, (await reported(page)).rejected]).toEqual([before, []]);
    // Stands for a corrected tracking ID.
    isAffected = false;
    await page.reload();
    await expect.poll(async () => (await delivered(page)).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a single event is kept, and rejected once another is accepted', async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { url } = await openProxy(serve, aws, testCase, (_, items) => items.includes('a'));
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => errors(page)).toEqual([expect.stringMatching(NEVER)]);
    await track(page, 'b');
    await expect.poll(() => delivered(page)).toEqual(['b']);
    await expect
      .poll(async () => (await reported(page)).rejected)
      .toEqual([['a', expect.stringMatching(/^400/)]]);
  });

  test('the events are rejected if an earlier page had one accepted', async ({ page, site, aws, serve }) => {
    let isAffected = false;
    const { url } = await openProxy(serve, aws, testCase, () => isAffected);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    await page.reload();
    isAffected = true;
    await track(page, 'b', 'c');
    await expect.poll(async () => (await reported(page)).rejected.map(([item]) => item)).toEqual(['b', 'c']);
    expect(await errors(page)).toEqual([]);
  });
});

const GET_ID = 'AWSCognitoIdentityService.GetId';
const GET_CREDENTIALS = 'AWSCognitoIdentityService.GetCredentialsForIdentity';

for (const [name, on, expectedError] of [
  ['Cognito GetId: 200, a page', GET_ID, /is answered by a web page/],
  ['Cognito: 400 TooManyRequestsException', GET_ID, undefined],
  ['Cognito: 400 TooManyRequestsException', GET_CREDENTIALS, undefined],
] as const) {
  const [testCase] = casesWithTest([name]) as [Case];
  test(`${testCase.case} (${on.split('.')[1]}): the tracker has no identity and retries`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isFailing = true;
    const { batches, url } = await openProxy(serve, aws, testCase, () => isFailing, on);
    await open(page, site, { 'data-identity-endpoint': url });
    await track(page, 'a');
    // The first attempt may run while the page is idle, whose errors are not reported.
    const expectedErrors = expectedError ? [expect.stringMatching(expectedError)] : [];
    await expect.poll(() => errors(page)).toEqual(expectedErrors);
    await expect.poll(() => batches.length).toBeGreaterThan(0);
    isFailing = false;
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect(batches.length).toBeGreaterThan(1);
    expect(await errors(page)).toEqual(expectedErrors);
  });
}

for (const [on, body] of [
  [GET_ID, '{}'],
  [GET_ID, '{"IdentityId":{}}'],
  [GET_CREDENTIALS, '{"IdentityId":"x"}'],
  [
    GET_CREDENTIALS,
    '{"IdentityId":"x","Credentials":{"AccessKeyId":"A","SecretKey":"s","SessionToken":"t","Expiration":"soon"}}',
  ],
] as const) {
  test(`200 ${body} to Cognito's ${on.split('.')[1]}: the tracker has no identity and retries`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const testCase = {
      case: '',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body,
      becomes: '',
    };
    let isFailing = true;
    const { batches, url } = await openProxy(serve, aws, testCase, () => isFailing, on);
    await open(page, site, { 'data-identity-endpoint': url });
    await track(page, 'a');
    const expectedErrors = [expect.stringMatching(/without .* fields, not by the service/)];
    // The first attempt may run while the page is idle, whose errors are not reported.
    await expect.poll(() => errors(page)).toEqual(expectedErrors);
    isFailing = false;
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect(batches.length).toBeGreaterThan(1);
    expect(await errors(page)).toEqual(expectedErrors);
  });
}

const [unknownIdentity] = casesWithTest(['Cognito: 400 ResourceNotFoundException of a kept identity']) as [
  Case,
];

test('Cognito: 400 ResourceNotFoundException of a kept identity: the tracker gets one new identity', {
  tag: '@core',
}, async ({ page, site, aws, serve }) => {
  let isAffected = false;
  const { url } = await openProxy(serve, aws, unknownIdentity, () => isAffected, GET_CREDENTIALS);
  await open(page, site, { 'data-identity-endpoint': url });
  await track(page, 'a');
  await expect.poll(() => delivered(page)).toEqual(['a']);
  const before = aws.calls('GetId').length;
  isAffected = true;
  aws.revokeCredentials();
  await track(page, 'b');
  await expect.poll(() => errors(page)).toEqual([expect.stringMatching(/check trackingId, identityPoolId/)]);
  expect(aws.calls('GetId').length).toBe(before + 1);
});

test('every case has a test', () => {
  expect([...testedCases].sort()).toEqual(CASES.map((testCase) => testCase.case).sort());
});

for (const [what, headers, body, isDelivered] of [
  ['a page without a content type', {}, '<!doctype html><title>Sign in</title>', false],
  ['a page declared as text', { 'content-type': 'text/plain' }, '\n <HTML>', false],
  ['a script', { 'content-type': 'text/javascript' }, 'void 0', false],
  ['a pixel', { 'content-type': 'image/gif' }, 'GIF89a', false],
  [
    'an error of a Lambda function',
    { 'content-type': 'application/json' },
    '{"errorMessage":"x","errorType":"Error"}',
    false,
  ],
  ['an error', { 'content-type': 'application/json' }, '{"__type":"InternalFailure"}', false],
  ['an empty body declared as a page', { 'content-type': 'text/html' }, '', true],
  ["the text of a site's own relay", { 'content-type': 'text/plain' }, 'OK', true],
  [
    "the JSON of a site's own relay",
    { 'content-type': 'application/json' },
    '{"ok":true,"error":null}',
    true,
  ],
] as const) {
  test(`200 with ${what} is ${isDelivered ? '' : 'not '}treated as the service's answer`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const testCase: Case = { case: '', status: 200, headers: { ...headers }, body, becomes: '' };
    const { batches, url } = await openProxy(serve, aws, testCase, (count) => count === 1);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect([batches.length, countedItems(aws)]).toEqual(isDelivered ? [1, []] : [2, ['a']]);
  });
}
