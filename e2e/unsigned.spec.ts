import { pathOf } from '../demo/script.js';
import { expect, test } from './fixtures.js';

/** The tag of a site that hands out no credentials and takes batches on a port of its own. */
const collectingAt = (port: number) => ({
  'data-identity-pool-id': undefined,
  'data-identity-endpoint': undefined,
  'data-region': undefined,
  'data-endpoint': `http://127.0.0.1:${port}/collect`,
});

test('without credentials of any kind batches go unsigned to the endpoint, leave by beacon, and ask for no signer', async ({
  page,
  aws,
  site,
  serve,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const attributes = collectingAt(await serve(aws.collectHandler));
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
  expect(asked).toContain('/personalize.js');
  expect(asked).not.toContain(pathOf('aws'));
});

test('what a request under way carries is not sent again by beacon when the page leaves', async ({
  page,
  aws,
  site,
  serve,
}) => {
  const fetched: string[] = [];
  const port = await serve((request, response) => {
    // A fetch is never answered: it is still under way when the page leaves.
    if (request.headers['content-type'] === 'application/json') fetched.push(request.method as string);
    else aws.collectHandler(request, response);
  });
  const attributes = collectingAt(port);
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

test("an endpoint's success counts as one whatever its body is, JSON's null too", async ({
  page,
  site,
  serve,
}) => {
  const port = await serve((_, response) =>
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' })
      .end('null'),
  );
  site.add('/', site.tag(collectingAt(port)));
  await page.goto(site.url);
  await page.evaluate(() => {
    const delivered: string[] = [];
    Object.assign(window, { delivered });
    window.personalize.on('delivered', ({ itemId }: { itemId: string }) => delivered.push(itemId));
    window.personalize.track('view', 'a');
    window.personalize.flush();
  });
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { delivered: string[] }).delivered))
    .toEqual(['a']);
});
