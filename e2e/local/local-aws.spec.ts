import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from '@playwright/test';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { createLocalAws, type LocalAws } from 'personalize-beacon/local';
import { NodeSha256 } from '../support/node-sha256.js';
import { type Serve, test } from '../support/serve.js';

// All other tests rely on the local AWS. It is tested here with requests signed by AWS's own signer.

const event = { eventType: 'click', itemId: 'a', sentAt: 1_700_000_000, eventId: 'e' };
const batch = { trackingId: 'demo-tracker', sessionId: 's', eventList: [event] };

const interaction = {
  actionId: 'join',
  sessionId: 's',
  timestamp: 1_700_000_000,
  eventType: 'Taken',
  eventId: 'e',
};
const actionBatch = { trackingId: 'demo-action-tracker', actionInteractions: [interaction] };

/** Serves both handlers of the local AWS on one port, and returns the URL. */
const open = async (serve: Serve, aws: LocalAws) => {
  const port = await serve((request, response) =>
    request.url?.startsWith('/collect')
      ? aws.collectHandler(request, response)
      : aws.handler(request, response),
  );
  return `http://127.0.0.1:${port}`;
};

interface Signing {
  credentials: ReturnType<LocalAws['issueCredentials']>;
  region?: string;
  at?: number;
}

const kindOf = async (response: Response) =>
  [response.status, response.headers.get('x-amzn-errortype')?.replace(/:.*/, '')].filter(Boolean).join(' ');

const send = async (
  url: string,
  { credentials, region = 'us-east-1', at = Date.now() }: Signing,
  path = '/events',
  input: object = batch,
) => {
  const { host } = new URL(url);
  const body = JSON.stringify(input);
  const signer = new SignatureV4({ service: 'personalize', region, credentials, sha256: NodeSha256 });
  const { headers } = await signer.sign(
    new HttpRequest({
      method: 'POST',
      path,
      headers: { host, 'content-type': 'application/json' },
      body,
    }),
    { signingDate: new Date(at) },
  );
  const { host: _, ...rest } = headers;
  return kindOf(await fetch(`${url}${path}`, { method: 'POST', headers: rest, body }));
};

test('signatures are checked for credentials, time and region', { tag: '@core' }, async ({ serve }) => {
  let now = Date.now();
  const aws = createLocalAws({ sessionSeconds: 3600, now: () => now });
  const url = await open(serve, aws);
  const credentials = aws.issueCredentials();
  expect(await send(url, { credentials })).toBe('200');
  const MINUTE = 60_000;
  expect(await send(url, { credentials, at: now - 4.9 * MINUTE })).toBe('200');
  for (const refused of [
    { credentials, at: now - 5.1 * MINUTE },
    { credentials, at: now + 5.1 * MINUTE },
    { credentials, region: 'eu-west-1' },
    { credentials: { ...credentials, secretAccessKey: 'wrong' } },
  ]) {
    expect(await send(url, refused)).toBe('403 InvalidSignatureException');
  }
  for (const unknown of [{ accessKeyId: 'ASIAUNKNOWN000000000' }, { sessionToken: 'another' }]) {
    expect(await send(url, { credentials: { ...credentials, ...unknown } })).toBe(
      '403 UnrecognizedClientException',
    );
  }
  now += 3601_000;
  expect(await send(url, { credentials, at: now })).toBe('403 ExpiredTokenException');
  const bare = await fetch(`${url}/events`, { method: 'POST', body: JSON.stringify(batch) });
  expect(await kindOf(bare)).toBe('403 MissingAuthenticationTokenException');
});

test('an eventId counts once, and so does the same content at the same time', { tag: '@core' }, async ({
  serve,
}) => {
  const aws = createLocalAws();
  const url = await open(serve, aws);
  const post = (eventList: object[]) =>
    fetch(`${url}/collect/events`, { method: 'POST', body: JSON.stringify({ ...batch, eventList }) });
  await post([event]);
  await post([{ ...event, itemId: 'b' }]);
  await post([{ ...event, eventId: 'f' }]);
  await post([{ ...event, eventId: 'g', sentAt: event.sentAt + 1 }]);
  expect(aws.acknowledged.map((a) => a.status)).toEqual(['accepted', 'duplicate', 'duplicate', 'accepted']);
  await fetch(`${url}/collect/events`, {
    method: 'POST',
    body: JSON.stringify({ ...batch, sessionId: 'null' }),
  });
  expect(aws.acknowledged).toHaveLength(4);
});

const text = (length: number) => 'x'.repeat(length);
const items = (count: number) => Array.from({ length: count }, (_, n) => `i${n}`);
const source = (eventAttributionSource: string) => ({ eventAttributionSource });

for (const [field, accepted, refused] of [
  ['eventType', [text(1), text(256)], ['', text(257), 1]],
  ['itemId', [text(256), '😀'.repeat(256)], ['', text(257)]],
  ['eventId', [text(256)], ['', text(257)]],
  ['recommendationId', [text(40)], ['', text(41)]],
  ['sentAt', [1, 1_700_000_000.5], [Date.now(), 'now', -1]],
  ['eventValue', [0, -1.5, 3.4e38], ['1', 3.5e38]],
  ['impression', [items(25), [text(256)]], [[], items(26), [''], 'a']],
  [
    'properties',
    ['{"a":1}', `{"a":"${text(1016)}"}`],
    ['', '[]', '{', { a: 1 }, `{"a":"${text(1017)}"}`, '{"Timestamp":1}'],
  ],
  ['metricAttribution', [source(text(1024))], [source(text(1025)), source(' '), source('é'), {}]],
] as [string, unknown[], unknown[]][]) {
  test(`${field} is accepted up to its limit, and refused by name over it`, async ({ serve }) => {
    const aws = createLocalAws();
    const url = await open(serve, aws);
    const post = (value: unknown) =>
      fetch(`${url}/collect/events`, {
        method: 'POST',
        body: JSON.stringify({ ...batch, eventList: [{ ...event, [field]: value }] }),
      });
    for (const value of accepted) expect((await post(value)).status, `${value}`).toBe(200);
    for (const value of refused) {
      const answer = await post(value);
      expect(await kindOf(answer), `${value}`).toBe('400 InvalidInputException');
      expect(((await answer.json()) as { message: string }).message).toContain(field);
    }
    expect(aws.acknowledged).toHaveLength(accepted.length);
  });
}

test('a batch needs one to ten events and a known tracker, and one bad event refuses it', {
  tag: '@core',
}, async ({ serve }) => {
  const aws = createLocalAws();
  const url = await open(serve, aws);
  const post = async (change: object) =>
    kindOf(
      await fetch(`${url}/collect/events`, {
        method: 'POST',
        body: JSON.stringify({ ...batch, ...change }),
      }),
    );
  const events = (count: number) => Array.from({ length: count }, (_, n) => ({ ...event, eventId: `${n}` }));
  expect(await post({ eventList: events(10) })).toBe('200');
  for (const change of [
    { eventList: [] },
    { eventList: events(11) },
    { sessionId: undefined },
    { userId: text(257) },
    { eventList: [...events(9), { ...event, itemId: '' }] },
  ]) {
    expect(await post(change)).toBe('400 InvalidInputException');
  }
  expect(await post({ trackingId: 'another' })).toBe('404 ResourceNotFoundException');
  expect(aws.acknowledged).toHaveLength(10);
});

const collectActions = (url: string, change: object) =>
  fetch(`${url}/collect/action-interactions`, {
    method: 'POST',
    body: JSON.stringify({ ...actionBatch, ...change }),
  });

for (const [field, accepted, refused] of [
  ['actionId', [text(1), text(256), '😀'.repeat(256)], [undefined, '', text(257), 1]],
  ['sessionId', [text(256)], [undefined, '', text(257)]],
  ['userId', [undefined, text(256)], ['', text(257)]],
  ['timestamp', [1, 1_700_000_000.5], [undefined, Date.now(), 'now', -1]],
  ['eventType', ['Viewed', 'Taken', 'Not Taken'], [undefined, '', 'taken', 'click', text(257)]],
  ['eventId', [undefined, text(256)], ['', text(257)]],
  ['recommendationId', [text(40)], ['', text(41)]],
  ['impression', [items(25), [text(256)]], [[], items(26), [''], 'a']],
  [
    'properties',
    ['{"a":1}', `{"a":"${text(1016)}"}`],
    ['', '[]', '{', { a: 1 }, '{"a":{}}', `{"a":"${text(1017)}"}`, '{"SessionId":1}'],
  ],
] as [string, unknown[], unknown[]][]) {
  test(`${field} of an action is accepted up to its limit, and refused by name over it`, async ({
    serve,
  }) => {
    const aws = createLocalAws();
    const url = await open(serve, aws);
    const post = (value: unknown) =>
      collectActions(url, { actionInteractions: [{ ...interaction, [field]: value }] });
    for (const value of accepted) expect((await post(value)).status, `${value}`).toBe(200);
    for (const value of refused) {
      const answer = await post(value);
      expect(await kindOf(answer), `${value}`).toBe('400 InvalidInputException');
      expect(((await answer.json()) as { message: string }).message).toContain(
        `'actionInteractions.1.member.${field}`,
      );
    }
    expect(aws.acknowledged).toHaveLength(accepted.length);
  });
}

test('a batch of actions holds one to ten of different sessions, for an action tracker', async ({
  serve,
}) => {
  const aws = createLocalAws();
  const url = await open(serve, aws);
  const post = async (change: object) => kindOf(await collectActions(url, change));
  const some = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ ...interaction, eventId: `${n}`, sessionId: `s${n}` }));
  expect(await post({ actionInteractions: [...some(9), { ...interaction, userId: 'ann' }] })).toBe('200');
  for (const change of [
    { actionInteractions: [] },
    { actionInteractions: some(11) },
    { actionInteractions: [...some(9), { ...interaction, actionId: '' }] },
    { trackingId: undefined },
    { trackingId: text(257) },
  ]) {
    expect(await post(change)).toBe('400 InvalidInputException');
  }
  expect(aws.requests.map((r) => r.eventCount)).toEqual([10, 0, 0, 0, 0, 0]);
  expect(aws.acknowledged).toHaveLength(10);
  expect(aws.acknowledged.at(-1)).toMatchObject({
    trackingId: 'demo-action-tracker',
    sessionId: 's',
    userId: 'ann',
    form: 'unsigned',
    event: { actionId: 'join', eventType: 'Taken', timestamp: 1_700_000_000 },
  });
  expect(Object.keys(aws.acknowledged.at(-1)?.event ?? {})).not.toContain('sessionId');

  const answer = await collectActions(url, { trackingId: 'demo-tracker' });
  expect(await kindOf(answer)).toBe('404 ResourceNotFoundException');
  expect(await answer.json()).toEqual({
    message: 'Action interaction event tracker demo-tracker not found.',
  });
  const events = { ...batch, trackingId: 'demo-action-tracker' };
  const crossed = await fetch(`${url}/collect/events`, { method: 'POST', body: JSON.stringify(events) });
  expect(await kindOf(crossed)).toBe('404 ResourceNotFoundException');
});

test('actions are signed like events and counted once, but are not rows of the CSV', async ({ serve }) => {
  const aws = createLocalAws();
  const url = await open(serve, aws);
  const credentials = aws.issueCredentials();
  const path = '/action-interactions';
  expect(await send(url, { credentials }, path, actionBatch)).toBe('200');
  expect(await send(url, { credentials }, path, actionBatch)).toBe('200');
  const wrong = { ...credentials, secretAccessKey: 'wrong' };
  expect(await send(url, { credentials: wrong }, path, actionBatch)).toBe('403 InvalidSignatureException');
  expect(aws.acknowledged.map((a) => [a.form, a.status])).toEqual([
    ['header', 'accepted'],
    ['header', 'duplicate'],
  ]);
  expect(aws.interactionsCsv().trim().split('\n')).toHaveLength(1);
  expect(aws.interactionsLeftOut()).toEqual({ anonymous: 0, withoutItem: 0 });
});

test('a fault on events does not affect actions, and vice versa', async ({ serve }) => {
  const aws = createLocalAws();
  const url = await open(serve, aws);
  const both = async () => [
    await kindOf(await fetch(`${url}/collect/events`, { method: 'POST', body: JSON.stringify(batch) })),
    await kindOf(await collectActions(url, {})),
  ];
  const undo = aws.fail({ on: 'actions', status: 500, type: 'Broken' });
  expect(await both()).toEqual(['200', '500 Broken']);
  undo();
  aws.fail({ on: 'events', status: 500, type: 'Broken' });
  expect(await both()).toEqual(['500 Broken', '200']);
});

/** Signs and sends a batch to a host name that the local AWS stands in for. */
const sendTo = async (
  url: string,
  host: string,
  { credentials, region = 'us-east-1' }: Signing,
  input: object,
) => {
  const body = JSON.stringify(input);
  const signer = new SignatureV4({ service: 'personalize', region, credentials, sha256: NodeSha256 });
  const headers = { host, 'content-type': 'application/json' };
  const signed = await signer.sign(new HttpRequest({ method: 'POST', path: '/events', headers, body }));
  const sent = request(`${url}/events`, { method: 'POST', headers: signed.headers }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
};

test('unknown IDs are accepted only where no option names them', async ({ serve }) => {
  const aws = createLocalAws({ acceptUnknownIds: true });
  const url = await open(serve, aws);
  const credentials = aws.issueCredentials();
  const own = { ...batch, trackingId: '1a2b-of-the-site' };
  expect(await send(url, { credentials, region: 'eu-west-1' }, '/events', own)).toBe('200');
  const host = 'personalize-events.eu-central-1.amazonaws.com';
  expect(await sendTo(url, host, { credentials, region: 'eu-central-1' }, own)).toBe(200);
  expect(await sendTo(url, host, { credentials, region: 'us-east-1' }, own)).toBe(403);
  expect(await kindOf(await collectActions(url, { trackingId: 'for-actions' }))).toBe('200');
  const getId = async (poolId: unknown) =>
    fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityService.GetId' },
      body: JSON.stringify({ IdentityPoolId: poolId }),
    });
  const answer = await getId('eu-west-1:11111111-2222-4333-8444-555555555555');
  expect((await answer.json()) as object).toEqual({ IdentityId: expect.stringMatching(/^eu-west-1:/) });
  expect((await getId('us-east-1:your-identity-pool')).status).toBe(400);

  const strict = createLocalAws({
    acceptUnknownIds: true,
    trackingId: 'named',
    actionTrackingId: 'named-for-actions',
    region: 'us-east-1',
  });
  const strictUrl = await open(serve, strict);
  const guest = strict.issueCredentials();
  expect(await send(strictUrl, { credentials: guest }, '/events', { ...batch, trackingId: 'named' })).toBe(
    '200',
  );
  expect(await send(strictUrl, { credentials: guest }, '/events', own)).toBe('404 ResourceNotFoundException');
  expect(await send(strictUrl, { credentials: guest, region: 'eu-west-1' })).toBe(
    '403 InvalidSignatureException',
  );
  expect(await kindOf(await collectActions(strictUrl, {}))).toBe('404 ResourceNotFoundException');
  expect(strict.requests[1]?.errorMessage).toBe('Event tracker 1a2b-of-the-site not found.');
});
