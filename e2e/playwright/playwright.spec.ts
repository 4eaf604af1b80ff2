import { once } from 'node:events';
import { createServer, type IncomingMessage, request as openRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect } from '@playwright/test';
import { generate } from 'selfsigned';
import { FAILURES } from './failures.js';
import { createSite, test, type UserResult } from './user-tests.js';

// In one process, which packs once.
test.describe.configure({ mode: 'default' });

const notPassed = (results: Record<string, UserResult>) =>
  Object.fromEntries(Object.entries(results).filter(([, { status }]) => status !== 'passed'));

const createCertificate = async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'the site' }]);
  return { key, cert };
};

test('events of real pages are received under the real host names', async ({ userTests, siteUrl }) => {
  const results = await userTests.run('passing', { SITE: siteUrl });
  expect(notPassed(results)).toEqual({});
  expect(Object.keys(results)).toHaveLength(12);
});

for (const protocol of ['http', 'https']) {
  test(`events are received at an endpoint of the site: ${protocol}`, async ({ userTests, serve }) => {
    const site = createSite(protocol === 'https' ? await createCertificate() : undefined);
    const port = await serve(site);
    const results = await userTests.run('own-endpoint', { SITE: `${protocol}://localhost:${port}` });
    expect(notPassed(results)).toEqual({});
    expect(Object.keys(results)).toHaveLength(3);
  });
}

test("the config's proxy and launch options work together with the own ones", async ({
  userTests,
  serve,
}) => {
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
  const results = await userTests.run('upstream', { UPSTREAM: url });
  expect(notPassed(results)).toEqual({});
  expect(Object.keys(results)).toHaveLength(3);
  expect([...new Set(seen)].sort()).toEqual([
    'CONNECT shop.test:443 true',
    'GET http://shop.test/ true',
    'GET http://shop.test/personalize.js true',
  ]);
});
test('a failure says what has arrived, and what is nearest', async ({ userTests, siteUrl }) => {
  const results = await userTests.run('failing', { SITE: siteUrl });
  const errors = Object.entries(results).map(([title, { errors }]) => [title, errors]);
  expect(Object.fromEntries(errors)).toEqual(FAILURES);
});

test('launch options that replace the own ones are an error', async ({ userTests, siteUrl }) => {
  const results = await userTests.run('launch-options', { SITE: siteUrl });
  expect(Object.values(results).flatMap(({ errors }) => errors)).toEqual([
    'Error: test.use({ launchOptions }) replaces the launchOptions of personalize-beacon/playwright. Put it into `use` of the config, or of a project there: then both work.',
  ]);
});

test('an endpoint on this machine that Chromium reaches without the proxy is an error', async ({
  userTests,
  siteUrl,
}) => {
  const variable = 'PLAYWRIGHT_DISABLE_FORCED_CHROMIUM_PROXIED_LOOPBACK';
  const results = await userTests.run('own-endpoint', { SITE: siteUrl, [variable]: '1' });
  expect(results['events are received at /collect']?.errors).toEqual([
    `Error: personalizeOptions.endpoint is on this machine, which Chromium reaches without the proxy while ${variable} is set; got ${siteUrl}/collect. Remove that variable from the environment.`,
  ]);
});
