import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { event, type Local, test } from '../support/local-aws.js';

/** Resolves to the status and the message of an answer in JSON. */
const answerOf = async (response: Response) => {
  const { message } = (await response.json()) as { message: string };
  return [response.status, message];
};

const itemsOf = (events: { event: { itemId: string } }[]) => events.map((each) => each.event.itemId);

test('GET /api/events returns each event with its status, and filters by all names together', {
  tag: '@core',
}, async ({ local }) => {
  const twice = event({ itemId: 'a', eventId: 'e1' });
  expect(await local.put([twice, event({ itemId: 'b', eventType: 'view' })])).toBe(200);
  expect(await local.put([twice], { userId: 'ann' })).toBe(200);
  expect(await local.put([event({ itemId: 'c' })], { sessionId: 'null' })).toBe(200);
  expect(await local.put([event({ itemId: 'd' }), event({ itemId: '' })], { sessionId: 's2' })).toBe(400);

  const { events, dropped } = await local.get('/api/events');
  expect(dropped).toBe(0);
  expect(events.map((each: { number: number; status: string }) => [each.number, each.status])).toEqual([
    [1, 'accepted'],
    [2, 'accepted'],
    [3, 'duplicate'],
    [4, 'ignored'],
    [5, 'rejected'],
    [6, 'rejected'],
  ]);
  const find = async (query: string) => itemsOf((await local.get(`/api/events?${query}`)).events);
  expect(await find('status=accepted')).toEqual(['a', 'b']);
  expect(await find('status=accepted&eventType=view')).toEqual(['b']);
  expect(await find('itemId=a')).toEqual(['a', 'a']);
  expect(await find('userId=ann')).toEqual(['a']);
  expect(await find('sessionId=s2&itemId=d')).toEqual(['d']);
  expect(await find('sessionId=s2&eventType=view')).toEqual([]);
});

test('a rejected event has the reason and the field, and the others of its batch refer to it', async ({
  local,
}) => {
  await local.put([event(), event({ eventType: '' }), event({ itemId: 'x'.repeat(257) })]);
  const { events } = await local.get('/api/events');
  expect(events.map((each: { rejection: object }) => each.rejection)).toEqual([
    {
      type: 'InvalidInputException',
      message: expect.stringMatching(
        /^Refused with its batch, for event 2: Value at 'eventList.2.member.eventType'/,
      ),
    },
    {
      type: 'InvalidInputException',
      field: 'eventType',
      message: expect.stringContaining('length between 1'),
    },
    { type: 'InvalidInputException', message: expect.stringMatching(/^Refused with its batch, for event 2/) },
  ]);
});

for (const [name, batch, rejection] of [
  ['an unknown tracker', { trackingId: 'other' }, { type: 'ResourceNotFoundException', field: 'trackingId' }],
  [
    'a user ID that is too long',
    { userId: 'u'.repeat(257) },
    { type: 'InvalidInputException', field: 'userId' },
  ],
  ['eleven events', { eventList: Array.from({ length: 11 }, () => event()) }, { field: 'eventList' }],
] as [string, object, Record<string, unknown>][]) {
  test(`the events of a request with ${name} are rejected with the field`, async ({ local }) => {
    await local.put([event()], batch);
    const { events } = await local.get('/api/events?status=rejected');
    expect(events.length).toBeGreaterThan(0);
    for (const each of events) expect(each.rejection).toMatchObject(rejection);
  });
}

test('events of a request that fails for now are not listed, and those of a wrong signature are rejected', async ({
  local,
}) => {
  local.fail({ status: 503, times: 1 });
  expect(await local.put([event()])).toBe(503);
  expect((await local.get('/api/events')).events).toEqual([]);
  const { status } = await fetch(`${local.url}/events`, {
    method: 'POST',
    body: JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList: [event()] }),
  });
  expect(status).toBe(403);
  expect((await local.get('/api/events')).events).toMatchObject([
    { status: 'rejected', rejection: { type: 'MissingAuthenticationTokenException' } },
  ]);
});

test('what is no batch at all is a request without events', async ({ local }) => {
  for (const body of ['', '[]', '{"eventList":7}', '{"eventList":[null]}', 'null', '{']) {
    const { status } = await fetch(`${local.url}/collect/events`, { method: 'POST', body });
    expect(status, body).toBe(400);
  }
  // A member that is no object is an event without fields.
  expect((await local.get('/api/events')).events).toMatchObject([{ status: 'rejected', event: {} }]);
  expect((await local.get('/api/requests')).requests).toHaveLength(6);
});

test('GET /api/requests tells how a request was signed, its size and its answer', async ({ local }) => {
  await local.put([event(), event()]);
  local.fail({ status: 429, times: 1 });
  await local.put([event()]);
  await fetch(`${local.url}/events?X-Amz-Signature=0`, { method: 'POST', body: '{}' });
  await fetch(local.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityService.GetId' },
    body: '{"IdentityPoolId":"none"}',
  });
  const { requests } = await local.get('/api/requests');
  expect(requests).toMatchObject([
    { path: '/collect/events', form: 'unsigned', status: 200, eventCount: 2, fault: null },
    { path: '/collect/events', form: 'unsigned', status: 429, eventCount: 0, fault: 'status' },
    { path: '/events', form: 'query', status: 403, errorType: 'IncompleteSignatureException', bytes: 2 },
    { path: '/', target: 'GetId', form: null, status: 400, errorType: 'ResourceNotFoundException' },
  ]);
  expect(requests[0].bytes).toBeGreaterThan(100);
});

test('an anonymous event gets its row once its session has a user', async ({ local }) => {
  await local.put([event({ itemId: 'a', eventValue: 2.5, properties: '{"numberOfRatings":3}' })]);
  expect(await local.get('/api/events/1')).toMatchObject({ number: 1, leftOut: 'anonymous' });
  await local.put([event({ itemId: 'b' })], { userId: 'ann' });
  expect((await local.get('/api/events/1')).row).toMatchObject({
    USER_ID: 'ann',
    ITEM_ID: 'a',
    EVENT_VALUE: 2.5,
    NUMBER_OF_RATINGS: 3,
  });
  const csv = await (await fetch(`${local.url}/api/interactions.csv`)).text();
  const [header, first, second] = csv.trim().split('\n');
  expect(header).toBe(
    'USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,IMPRESSION,RECOMMENDATION_ID,NUMBER_OF_RATINGS',
  );
  expect(first).toMatch(/^ann,a,\d+,click,2\.5,,,3$/);
  expect(second).toMatch(/^ann,b,\d+,click,,,,$/);
});

test('with a schema a row has its columns, and no others', async ({ startLocal }) => {
  const field = (name: string, type: unknown) => ({ name, type });
  const fields = [
    field('USER_ID', 'string'),
    field('ITEM_ID', 'string'),
    field('TIMESTAMP', 'long'),
    field('GENRE', ['string', 'null']),
  ];
  const local = await startLocal({ schema: { type: 'record', name: 'Interactions', fields } });
  await local.put([event({ itemId: 'a', properties: '{"genre":"noir","mood":"dark"}' })], { userId: 'ann' });
  const csv = await (await fetch(`${local.url}/api/interactions.csv`)).text();
  expect(csv).toMatch(/^USER_ID,ITEM_ID,TIMESTAMP,GENRE\nann,a,\d+,noir\n$/);
  expect((await local.get('/api/events/1')).warnings).toEqual([
    { field: 'properties.mood', message: expect.stringContaining('add MOOD to the schema') },
  ]);
});

for (const [leftOut, send] of [
  ['withoutItem', (local: Local) => local.put([event({ itemId: undefined })], { userId: 'ann' })],
  ['ignored', (local: Local) => local.put([event()], { sessionId: 'null' })],
  ['rejected', (local: Local) => local.put([event({ sentAt: 'now' })])],
] as const) {
  test(`GET /api/events/1 says why the event is no row: ${leftOut}`, async ({ local }) => {
    await send(local);
    expect(await local.get('/api/events/1')).toMatchObject({ leftOut });
  });
}

test('DELETE /api/events removes events and requests, and the next events count as new', async ({
  local,
}) => {
  const one = event({ eventId: 'e1' });
  await local.put([one]);
  expect((await fetch(`${local.url}/api/events`, { method: 'DELETE' })).status).toBe(204);
  expect(await local.get('/api/events')).toEqual({ events: [], dropped: 0 });
  expect(await local.get('/api/requests')).toEqual({ requests: [], dropped: 0 });
  await local.put([one]);
  expect((await local.get('/api/events')).events).toMatchObject([{ status: 'accepted' }]);
});

test('PUT /api/faults replaces the faults, and sets the clock', async ({ local }) => {
  const put = (body: unknown) =>
    fetch(`${local.url}/api/faults`, { method: 'PUT', body: JSON.stringify(body) });
  const down = { status: 503, times: 2 };
  expect(await (await put({ faults: [down], clockSkewMs: 60_000 })).json()).toEqual({
    faults: [{ ...down, hits: 0 }],
    clockSkewMs: 60_000,
  });
  expect(await local.put([event()])).toBe(503);
  // The fault that stays keeps its hits.
  await put({ faults: [down, { on: 'cognito', status: 400 }] });
  expect(await local.get('/api/faults')).toEqual({
    faults: [
      { ...down, hits: 1 },
      { on: 'cognito', status: 400, hits: 0 },
    ],
    clockSkewMs: 0,
  });
  expect(await local.put([event()])).toBe(503);
  expect(await local.put([event()])).toBe(200);
  await put({ faults: [] });
  expect((await local.get('/api/faults')).faults).toEqual([]);
  for (const [body, message] of [
    [{ fault: [] }, 'There is no fault; use faults and clockSkewMs.'],
    [{ faults: {} }, 'faults must be a list; [] undoes all faults.'],
    [{ faults: [{ status: 200 }] }, "A fault's 'status' takes a whole number from 400 to 599, not 200."],
    [{ faults: [{ status: 503 }, 7] }, 'A fault takes one of status, drop, stall, refuseItem, delayMs.'],
    [
      { faults: [{ status: 503 }], clockSkewMs: 'late' },
      'clockSkewMs must be a number of milliseconds; got "late".',
    ],
  ] as const) {
    expect(await answerOf(await put(body))).toEqual([400, message]);
  }
  // Nothing of a wrong request was done.
  expect(await local.get('/api/faults')).toEqual({ faults: [], clockSkewMs: 0 });
  await put({ faults: [down], clockSkewMs: 1000 });
  const state = await local.get('/api/faults');
  expect(await (await put(state)).json()).toEqual(state);
  const broken = await fetch(`${local.url}/api/faults`, { method: 'PUT', body: '{' });
  expect(await answerOf(broken)).toEqual([400, 'The body is not JSON.']);
});

test('a wrong path, name or status is answered with the valid ones', async ({ local }) => {
  const get = async (path: string) => answerOf(await fetch(local.url + path));
  expect(await get('/api/event')).toEqual([404, expect.stringContaining('GET /api/events, DELETE')]);
  expect(await get('/api/events/7')).toEqual([404, expect.stringContaining('There is no event 7')]);
  expect(await get('/api/events?type=click')).toEqual([
    400,
    expect.stringContaining('use status, eventType,'),
  ]);
  expect(await get('/api/events?status=ok')).toEqual([400, expect.stringContaining('accepted, duplicate,')]);
  expect(await get('/api/events?itemId=a&itemId=b')).toEqual([400, 'itemId may stand once in the query']);
  expect(await get('/api/requests?status=200')).toEqual([400, expect.stringContaining('no filter')]);
});

/** Reads the messages of the stream until `count` of them have come. */
const readStream = async (url: string, count: number, onOpen: () => Promise<unknown>) => {
  const stopping = new AbortController();
  const response = await fetch(`${url}/api/stream`, { signal: stopping.signal });
  const messages: { name: string; data: Record<string, unknown> }[] = [];
  let text = '';
  let isOpen = false;
  for await (const chunk of (response.body as ReadableStream).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() as string;
    for (const block of blocks) {
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (name) messages.push({ name, data: JSON.parse(data as string) });
    }
    if (!isOpen && messages.length) {
      isOpen = true;
      await onOpen();
    }
    if (messages.length >= count) break;
  }
  stopping.abort();
  return messages;
};

test('GET /api/stream begins with a snapshot, and sends events, requests, faults and a clear', async ({
  local,
}) => {
  await local.put([event({ itemId: 'before' })]);
  const steps = [
    () => local.put([event({ itemId: 'after' })]),
    async () => local.fail({ status: 503 }),
    async () => local.clear(),
  ];
  let seen: Awaited<ReturnType<typeof readStream>> = [];
  for (const [index, name] of ['update', 'faults', 'snapshot'].entries()) {
    seen = await readStream(local.url, 2, async () => steps[index]?.());
    expect(seen.map((message) => message.name)).toEqual(['snapshot', name]);
    if (name === 'update') {
      expect(seen[0]?.data).toMatchObject({ events: [{ event: { itemId: 'before' } }], faults: [] });
      expect(seen[1]?.data).toMatchObject({
        events: [{ number: 2, event: { itemId: 'after' } }],
        requests: [{ number: 2, status: 200 }],
      });
    }
    if (name === 'faults') expect(seen[1]?.data).toMatchObject({ faults: [{ status: 503 }] });
  }
  expect(seen[1]?.data).toMatchObject({ events: [], requests: [], faults: [{ status: 503 }] });
});

test('only the newest events and requests are kept, and the rest is counted', async ({ startLocal }) => {
  const local = await startLocal({ maxEvents: 3 });
  for (const itemId of ['a', 'b', 'c', 'd', 'e']) await local.put([event({ itemId })]);
  const { events, dropped } = await local.get('/api/events');
  expect([itemsOf(events), dropped]).toEqual([['c', 'd', 'e'], 2]);
  const { requests, dropped: droppedRequests } = await local.get('/api/requests');
  expect([requests.length, droppedRequests]).toEqual([3, 2]);
  // The duplicate of a dropped event is still known.
  const again = event({ eventId: 'again' });
  await local.put([again]);
  for (const itemId of ['f', 'g', 'h']) await local.put([event({ itemId })]);
  await local.put([again]);
  expect((await local.get('/api/events')).events.at(-1)).toMatchObject({ status: 'duplicate' });
});

test('pages of this machine may read the API, and other sites may not', async ({ local }) => {
  const ask = async (origin: string, method = 'GET') => {
    const { headers, status } = await fetch(`${local.url}/api/events`, { method, headers: { origin } });
    return [status, headers.get('access-control-allow-origin')];
  };
  for (const origin of ['http://localhost:3000', 'http://127.0.0.1', 'https://shop.localhost']) {
    expect(await ask(origin)).toEqual([200, origin]);
    expect(await ask(origin, 'OPTIONS')).toEqual([204, origin]);
  }
  for (const origin of ['https://shop.example', 'https://localhost.shop.example', 'null']) {
    expect(await ask(origin)).toEqual([200, null]);
    expect(await ask(origin, 'OPTIONS')).toEqual([204, null]);
  }
  // A site whose name was pointed at this machine.
  const status = await new Promise((resolve, reject) => {
    const headers = { host: 'shop.example' };
    request(`${local.url}/api/events`, { headers }, (answer) => resolve(answer.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

test('an address that is no URL is answered, and the service goes on', async ({ local }) => {
  const socket = connect(local.port, '127.0.0.1');
  socket.write(
    'GET /api//[ HTTP/1.1\r\nHost: localhost\r\n\r\nGET http://[/api HTTP/1.1\r\nHost: localhost\r\n\r\n',
  );
  let text = '';
  socket.setEncoding('utf8').on('data', (data) => {
    text += data;
  });
  await expect.poll(() => text.match(/^HTTP\/1\.1 4/gm) ?? []).toHaveLength(2);
  socket.destroy();
  expect(await local.put([event()])).toBe(200);
});

test('it serves the page and the script, and without the page says where the API is', async ({
  local,
  startLocal,
}) => {
  const page = await fetch(local.url);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  for (const path of ['/personalize.js', '/local-page/local-page.js']) {
    const script = await fetch(local.url + path);
    expect([script.status, script.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/javascript'),
    ]);
  }
  for (const path of ['/package.json', '/../package.json', '/personalize/../cli.js', '/cli.js']) {
    expect((await fetch(local.url + path)).status, path).toBe(404);
  }
  const bare = await startLocal({ hasPage: false });
  const answer = await fetch(bare.url);
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('/api')]);
  expect((await fetch(`${bare.url}/local-page/local-page.js`)).status).toBe(404);
});

test("the tag of a running local AWS works on a page as it is, and so do init()'s options", async ({
  page,
  serve,
  local,
}) => {
  const port = await serve((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<!doctype html><link rel="icon" href="data:,">${local.tag}<a data-personalize-item="a" href="#">A</a>`,
      ),
  );
  await page.goto(`http://localhost:${port}`);
  await page.getByRole('link').click();
  await expect
    .poll(() => local.events)
    .toMatchObject([{ status: 'accepted', form: 'header', event: { itemId: 'a' } }]);
  const attributes = [...local.tag.matchAll(/data-([\w-]+)="([^"]*)"/g)].map(([, name = '', value]) => [
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  expect(Object.fromEntries(attributes)).toEqual(local.initOptions);
});

for (const [options, message] of [
  [{ trackingId: '' }, 'trackingId must be a text, or a list of texts; got ""'],
  [{ identityPoolId: [] }, 'identityPoolId must be a text, or a list of texts; got []'],
  [{ maxEvents: 0 }, 'maxEvents must be a whole number from 1; got 0'],
  [{ domain: 'ECOMMERCE' }, 'domain goes only with schema'],
  [{ schema: '{' }, 'it is not an Avro schema in JSON'],
] as [object, string][]) {
  test(`startLocalAws(${JSON.stringify(options)}) rejects with the reason`, async ({ startLocal }) => {
    await expect(startLocal(options)).rejects.toThrow(message);
  });
}

test('the region is that of the identity pool, unless it is given', async ({ startLocal }) => {
  const identityPoolId = 'eu-west-1:00000000-0000-4000-8000-000000000000';
  const { initOptions } = await startLocal({ identityPoolId });
  expect(initOptions).toMatchObject({ region: 'eu-west-1', identityPoolId });
  const { initOptions: other } = await startLocal({ region: 'eu-central-1' });
  expect(other.identityPoolId).toBe('eu-central-1:00000000-0000-4000-8000-000000000000');
});
