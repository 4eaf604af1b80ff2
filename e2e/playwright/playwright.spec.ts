import { once } from 'node:events';
import { createServer, type IncomingMessage, request as openRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect } from '@playwright/test';
import { generate } from 'selfsigned';
import type { UserResult } from './run-user-tests.js';
import { createSite } from './site.js';
import { test } from './user-tests.js';

// In one process, which packs once.
test.describe.configure({ mode: 'default' });

const notPassed = (results: Record<string, UserResult>) =>
  Object.fromEntries(Object.entries(results).filter(([, { status }]) => status !== 'passed'));

const createCertificate = async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'the site' }]);
  return { key, cert };
};

test('events of real pages are received under the real host names', async ({ runTests, siteUrl }) => {
  const results = await runTests('passing', { SITE: siteUrl });
  expect(notPassed(results)).toEqual({});
  expect(Object.keys(results)).toHaveLength(14);
});

for (const protocol of ['http', 'https']) {
  test(`events are received at an endpoint of the site: ${protocol}`, async ({ runTests, serve }) => {
    const site = createSite(protocol === 'https' ? await createCertificate() : undefined);
    const port = await serve(site);
    const results = await runTests('own-endpoint', { SITE: `${protocol}://localhost:${port}` });
    expect(notPassed(results)).toEqual({});
    expect(Object.keys(results)).toHaveLength(3);
  });
}

test("the config's proxy and launch options work together with the own ones", async ({ runTests, serve }) => {
  const site = await serve(createSite());
  const secureSite = await serve(createSite(await createCertificate()));
  const seen: string[] = [];
  /** Notes a request, and whether it has the user's name and password. */
  const note = ({ method, url, headers }: IncomingMessage) =>
    seen.push(`${method} ${url} ${headers['proxy-authorization'] === `Basic ${btoa('ann:secret')}`}`);
  const upstream = createServer((request, response) => {
    note(request);
    const { pathname } = new URL(request.url ?? '');
    openRequest({ port: site, path: pathname, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    }).end();
  });
  upstream.on('connect', async (request: IncomingMessage, socket: Duplex) => {
    note(request);
    const onward = connect(secureSite, '127.0.0.1');
    await once(onward, 'connect');
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket
      .on('error', () => {})
      .pipe(onward.on('error', () => {}))
      .pipe(socket);
  });
  await serve(upstream);
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const results = await runTests('upstream', { UPSTREAM: url });
  expect(notPassed(results)).toEqual({});
  expect(Object.keys(results)).toHaveLength(3);
  expect([...new Set(seen)].sort()).toEqual([
    'CONNECT shop.test:443 true',
    'GET http://shop.test/ true',
    'GET http://shop.test/personalize.js true',
  ]);
});
test('a failure says what has arrived', async ({ runTests, siteUrl }) => {
  const results = await runTests('messages', { SITE: siteUrl });
  expect(notPassed(results)).toEqual({});
  expect(Object.keys(results)).toHaveLength(7);
});

test('a failure is printed with the nearest event', async ({ runTests, siteUrl }) => {
  expect(await runTests('failing', { SITE: siteUrl })).toEqual({
    'another value': {
      status: 'failed',
      errors: [
        `Error: expect(personalize).toHaveReceived(event)

Expected: {"eventType": "click", "itemId": "movie-7", "properties": {"genre": "Crime"}}
Received: 0 matching within 500 ms

Nearest event: 2. accepted click movie-7 {"genre":"Drama"}
  properties: expected {"genre": "Crime"}, received {"genre": "Drama"}

Events received:
  1. accepted click movie-12
  2. accepted click movie-7 {"genre":"Drama"}`,
      ],
    },
    'a wrong option': {
      status: 'failed',
      errors: [
        'Error: personalizeOptions has no trackingIds; use trackingId, actionTrackingId, identityPoolId, region, schema, domain, endpoint.',
      ],
    },
    'a proxy that replaces the own one': {
      status: 'failed',
      errors: [
        'Error: test.use({ proxy }) replaces the proxy of personalize-beacon/playwright. Put it into `use` of the config, or of a project there: then both work.',
      ],
    },
  });
});

test('launch options that replace the own ones are an error', async ({ runTests, siteUrl }) => {
  const results = await runTests('launch-options', { SITE: siteUrl });
  expect(Object.values(results).flatMap(({ errors }) => errors)).toEqual([
    'Error: test.use({ launchOptions }) replaces the launchOptions of personalize-beacon/playwright. Put it into `use` of the config, or of a project there: then both work.',
  ]);
});

test('an endpoint on this machine that Chromium reaches without the proxy is an error', async ({
  runTests,
  siteUrl,
}) => {
  const variable = 'PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK';
  const results = await runTests('own-endpoint', { SITE: siteUrl, [variable]: '1' });
  expect(results['events are received at /collect']?.errors).toEqual([
    `Error: personalizeOptions.endpoint is on this machine, which Chromium reaches without the proxy while ${variable} is set; got ${siteUrl}/collect. Remove that variable from the environment.`,
  ]);
});

test('Firefox and WebKit accept the certificate by an option of the context', async ({
  runTests,
  siteUrl,
}) => {
  expect(notPassed(await runTests('other-engines', { SITE: siteUrl }))).toEqual({});
});
