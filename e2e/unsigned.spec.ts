import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './fixtures.js';

test('without credentials of any kind batches go unsigned to the endpoint, and leave by beacon', async ({
  page,
  aws,
  site,
}) => {
  const server = createServer(aws.collectHandler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const attributes = {
    'data-identity-pool-id': undefined,
    'data-identity-endpoint': undefined,
    'data-region': undefined,
    'data-endpoint': `http://127.0.0.1:${port}/collect`,
  };
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
  server.closeAllConnections();
  server.close();
});
