import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect } from './fixtures.js';

/** A site's own endpoint: serves until the test ends. */
const test = base.extend<{
  collect: (listener: RequestListener) => Promise<Record<string, string | undefined>>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  collect: async ({}, use) => {
    const server = createServer();
    await use(async (listener) => {
      server.on('request', listener);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return {
        'data-identity-pool-id': undefined,
        'data-identity-endpoint': undefined,
        'data-region': undefined,
        'data-endpoint': `http://127.0.0.1:${(server.address() as AddressInfo).port}/collect`,
      };
    });
    server.closeAllConnections();
    server.close();
  },
});

test('without credentials of any kind batches go unsigned to the endpoint, and leave by beacon', async ({
  page,
  aws,
  site,
  collect,
}) => {
  const attributes = await collect(aws.collectHandler);
  site.add('/', `${site.tag(attributes)}<a href="/next" data-personalize-item="a">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track('view', 'b');
    return window.personalize.flush();
  });
  await page.getByText('go').click();
  await expect
    .poll(() => aws.accepted.map((a) => [a.event.itemId, a.form]))
    .toEqual([
      ['b', 'unsigned'],
      ['a', 'unsigned'],
    ]);
  expect(aws.requests.map((r) => r.path)).toEqual(Array(3).fill('/collect/events'));
});

test('what a request under way carries is not sent again by beacon when the page leaves', async ({
  page,
  aws,
  site,
  collect,
}) => {
  const fetched: string[] = [];
  const attributes = await collect((request, response) => {
    // A fetch is never answered: it is still under way when the page leaves.
    if (request.headers['content-type'] === 'application/json') fetched.push(request.method as string);
    else aws.collectHandler(request, response);
  });
  site.add('/', `${site.tag(attributes)}<a href="/next" data-personalize-item="b">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track('click', 'a');
    window.personalize.flush();
  });
  await expect.poll(() => fetched).toEqual(['POST']);
  await page.getByText('go').click();
  await expect.poll(() => aws.accepted.map((a) => a.event.itemId)).toEqual(['b']);
});
