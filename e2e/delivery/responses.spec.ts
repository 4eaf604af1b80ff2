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

const caseOf = (name: string) => CASES.find((one) => one.case === name) as Case;

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
type IsMet = (count: number, items: string[]) => boolean;

/** Starts a proxy between page and service. `asked` holds the items of each batch. */
const openWay = async (serve: Serve, aws: Service, one: Case, isMet: IsMet, on = '/events') => {
  const asked: string[][] = [];
  const handler: RequestListener = async (request, response) => {
    if (request.method === 'OPTIONS') return void response.writeHead(200, CORS).end();
    const body = await readBody(request);
    const isConcerned = on === (request.headers['x-amz-target'] ?? request.url?.split('?')[0]);
    if (isConcerned)
      asked.push((JSON.parse(body).eventList ?? []).map((event: { itemId: string }) => event.itemId));
    if (isConcerned && isMet(asked.length, asked.at(-1) ?? [])) return answer(response, one);
    const { method, url, headers, socket } = request;
    aws.handler(
      Object.assign(Readable.from([Buffer.from(body)]), { method, url, headers, socket }) as IncomingMessage,
      response,
    );
  };
  return { asked, url: `http://127.0.0.1:${await serve(handler)}` };
};

interface Heard {
  delivered: string[];
  rejected: [itemId: string, reason: string][];
  errors: string[];
  /** The duration in milliseconds of every timer set. */
  timers: number[];
}

declare global {
  interface Window {
    answers: Heard;
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

const heard = (page: Page) => page.evaluate(() => window.answers);
const delivered = async (page: Page) => (await heard(page)).delivered;
const errors = async (page: Page) => (await heard(page)).errors;

const countedItems = (aws: Service) => aws.counted().map(({ itemId }) => itemId);

/** The shortest backoff after the first failure. The second is twice as long. */
const SHORTEST_BACKOFF_MS = 500;

/** Names of the cases that have a test, so that a missing one is noticed. */
const tried = new Set<string>();
const trying = (names: string[]) => {
  for (const name of names) tried.add(name);
  return names.map(caseOf);
};

for (const one of trying([
  '200, empty body',
  '200, {}',
  '200, JSON null',
  '200, headers come and the body never ends',
  "204 of a relay of one's own",
  '200, __type is a number',
])) {
  test(`${one.case}: the event is delivered in one request`, async ({ page, site, aws, serve }) => {
    const { asked, url } = await openWay(serve, aws, one, () => true);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect((await page.evaluate(() => window.personalize.inspect())).queue).toEqual([]);
    expect([asked, await errors(page)]).toEqual([[['a']], []]);
  });
}

/** Cases whose events are kept and sent again, each with the error that is reported once, if any. */
const KEPT: [name: string, said?: RegExp][] = [
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
for (const one of trying(KEPT.map(([name]) => name))) {
  const said = KEPT.find(([name]) => name === one.case)?.[1];
  test(`${one.case}: the event is kept and sent again after a backoff, and at most one error is reported`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { asked, url } = await openWay(serve, aws, one, (count) => count <= 2);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    const { rejected, errors, timers } = await heard(page);
    expect([asked.length, countedItems(aws), rejected]).toEqual([3, ['a'], []]);
    expect(errors).toEqual(said ? [expect.stringMatching(said)] : []);
    expect(
      timers.filter((ms) => ms >= SHORTEST_BACKOFF_MS && ms <= 2 * 2 * SHORTEST_BACKOFF_MS).length,
    ).toBeGreaterThan(1);
  });
}

for (const [name, least, most] of [
  ['503, Retry-After as an HTTP date 20 s ahead', 20_000, 22_000],
  ['503, Retry-After: 1e9', 600_000, 660_000],
] as const) {
  const [one] = trying([name]) as [Case];
  test(`${one.case}: nothing is sent before, not even by flush()`, async ({ page, site, aws, serve }) => {
    const { asked, url } = await openWay(serve, aws, one, () => true);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    const waits = async () => (await heard(page)).timers.filter((ms) => ms >= least && ms <= most);
    await expect.poll(waits).toHaveLength(1);
    await page.evaluate(() => {
      for (let i = 0; i < 20; i++) window.personalize.flush();
      window.dispatchEvent(new Event('online'));
      // By now, any further request would be in flight.
      return fetch('/').then(() => window.personalize.inspect());
    });
    expect(asked).toHaveLength(1);
  });
}

for (const one of trying(['401 of a proxy', '404, message is no text'])) {
  test(`${one.case}: sending stops for this page view, and the next page view delivers`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isMet = true;
    const { asked, url } = await openWay(serve, aws, one, () => isMet);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => errors(page)).toEqual([expect.stringMatching(`^${one.status}`)]);
    await page.evaluate(() => window.personalize.flush());
    expect([asked.length, (await heard(page)).rejected]).toEqual([1, []]);
    isMet = false;
    await page.reload();
    await expect.poll(() => delivered(page)).toEqual(['a']);
  });
}

for (const [name, requests, said] of [
  ['403 AccessDeniedException', 1, /grant the role/],
  ['403 HTML of a firewall', 2, /^403/],
] as const) {
  const [one] = trying([name]) as [Case];
  test(`${one.case}: sending stops for this page view after ${requests} requests`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isMet = true;
    const { asked, url } = await openWay(serve, aws, one, () => isMet);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => errors(page)).toEqual([expect.stringMatching(said)]);
    await page.evaluate(() => window.personalize.flush());
    expect(asked).toHaveLength(requests);
    expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(requests);
    isMet = false;
    await page.reload();
    await expect.poll(() => delivered(page)).toEqual(['a']);
  });
}

for (const [name, credentials] of [
  ['403 ExpiredTokenException', 2],
  ['400 RequestExpired', 1],
] as const) {
  const [one] = trying([name]) as [Case];
  test(`${one.case}: the batch is signed again once, with ${credentials} requests for credentials in all`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { asked, url } = await openWay(serve, aws, one, (count) => count === 1);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect(asked).toHaveLength(2);
    expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(credentials);
    // The second request was sent at once, without a backoff.
    expect((await heard(page)).timers.filter((ms) => ms >= SHORTEST_BACKOFF_MS && ms <= 1000)).toEqual([]);
  });
}

const TEN = Array.from({ length: 10 }, (_, i) => `item-${i}`);

for (const [name, bad] of [
  ['400 InvalidInputException, one of ten is bad', 'item-0'],
  ['400 InvalidInputException, one of ten is bad', 'item-6'],
] as const) {
  const [one] = trying([name]) as [Case];
  test(`${one.case}: only ${bad} is rejected`, async ({ page, site, aws, serve }) => {
    const { url } = await openWay(serve, aws, one, (_, items) => items.includes(bad));
    await open(page, site, { 'data-endpoint': url });
    await track(page, ...TEN);
    await expect.poll(async () => (await delivered(page)).sort()).toEqual(TEN.filter((item) => item !== bad));
    await expect
      .poll(async () => (await heard(page)).rejected)
      .toEqual([[bad, '400 InvalidInputException 1 validation error detected']]);
  });
}

const [tooLarge] = trying(['413']) as [Case];

test('413: the batch is halved, and a single event that is too large is rejected', { tag: '@core' }, async ({
  page,
  site,
  aws,
  serve,
}) => {
  const { url } = await openWay(
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
  await expect.poll(async () => (await heard(page)).rejected).toEqual([['item-3', '413']]);
});

test.describe('when all events are refused alike and none was ever accepted,', () => {
  const [one] = trying([
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
    let isMet = true;
    const { asked, url } = await openWay(serve, aws, one, () => isMet);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a', 'b', 'c');
    await expect
      .poll(() => errors(page))
      .toEqual([expect.stringMatching(NEVER), expect.stringMatching(NEVER)]);
    const before = asked.length;
    await track(page, 'd');
    await page.evaluate(() => window.personalize.flush());
    expect([asked.length, (await heard(page)).rejected]).toEqual([before, []]);
    // Stands for a corrected tracking ID.
    isMet = false;
    await page.reload();
    await expect.poll(async () => (await delivered(page)).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a single event is kept, and rejected once another is accepted', async ({
    page,
    site,
    aws,
    serve,
  }) => {
    const { url } = await openWay(serve, aws, one, (_, items) => items.includes('a'));
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => errors(page)).toEqual([expect.stringMatching(NEVER)]);
    await track(page, 'b');
    await expect.poll(() => delivered(page)).toEqual(['b']);
    await expect
      .poll(async () => (await heard(page)).rejected)
      .toEqual([['a', expect.stringMatching(/^400/)]]);
  });

  test('the events are rejected if an earlier page had one accepted', async ({ page, site, aws, serve }) => {
    let isMet = false;
    const { url } = await openWay(serve, aws, one, () => isMet);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    await page.reload();
    isMet = true;
    await track(page, 'b', 'c');
    await expect.poll(async () => (await heard(page)).rejected.map(([item]) => item)).toEqual(['b', 'c']);
    expect(await errors(page)).toEqual([]);
  });
});

const GET_ID = 'AWSCognitoIdentityService.GetId';
const GET_CREDENTIALS = 'AWSCognitoIdentityService.GetCredentialsForIdentity';

for (const [name, on, said] of [
  ['Cognito GetId: 200, a page', GET_ID, /is answered by a web page/],
  ['Cognito: 400 TooManyRequestsException', GET_ID, undefined],
  ['Cognito: 400 TooManyRequestsException', GET_CREDENTIALS, undefined],
] as const) {
  const [one] = trying([name]) as [Case];
  test(`${one.case} to ${on.split('.')[1]}: the tracker has no identity and retries`, async ({
    page,
    site,
    aws,
    serve,
  }) => {
    let isFailing = true;
    const { asked, url } = await openWay(serve, aws, one, () => isFailing, on);
    await open(page, site, { 'data-identity-endpoint': url });
    await track(page, 'a');
    // The first attempt may run while the page is idle, whose errors are not reported.
    const told = said ? [expect.stringMatching(said)] : [];
    await expect.poll(() => errors(page)).toEqual(told);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    isFailing = false;
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect(asked.length).toBeGreaterThan(1);
    expect(await errors(page)).toEqual(told);
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
    const one = { case: '', status: 200, headers: { 'content-type': 'application/json' }, body, becomes: '' };
    let isFailing = true;
    const { asked, url } = await openWay(serve, aws, one, () => isFailing, on);
    await open(page, site, { 'data-identity-endpoint': url });
    await track(page, 'a');
    const told = [expect.stringMatching(/without .* fields, not by the service/)];
    // The first attempt may run while the page is idle, whose errors are not reported.
    await expect.poll(() => errors(page)).toEqual(told);
    isFailing = false;
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect(asked.length).toBeGreaterThan(1);
    expect(await errors(page)).toEqual(told);
  });
}

const [forgotten] = trying(['Cognito: 400 ResourceNotFoundException of a kept identity']) as [Case];

test('Cognito: 400 ResourceNotFoundException of a kept identity: the tracker gets one new identity', {
  tag: '@core',
}, async ({ page, site, aws, serve }) => {
  let isMet = false;
  const { url } = await openWay(serve, aws, forgotten, () => isMet, GET_CREDENTIALS);
  await open(page, site, { 'data-identity-endpoint': url });
  await track(page, 'a');
  await expect.poll(() => delivered(page)).toEqual(['a']);
  const before = aws.calls('GetId').length;
  isMet = true;
  aws.revokeCredentials();
  await track(page, 'b');
  await expect.poll(() => errors(page)).toEqual([expect.stringMatching(/check trackingId, identityPoolId/)]);
  expect(aws.calls('GetId').length).toBe(before + 1);
});

test('every case has a test', () => {
  expect([...tried].sort()).toEqual(CASES.map((one) => one.case).sort());
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
    const one: Case = { case: '', status: 200, headers: { ...headers }, body, becomes: '' };
    const { asked, url } = await openWay(serve, aws, one, (count) => count === 1);
    await open(page, site, { 'data-endpoint': url });
    await track(page, 'a');
    await expect.poll(() => delivered(page)).toEqual(['a']);
    expect([asked.length, countedItems(aws)]).toEqual(isDelivered ? [1, []] : [2, ['a']]);
  });
}
