import { expect, IMMEDIATE_FLUSHES, test, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

/** Attributes for a site that uses no credentials and collects batches on its own port. */
const collectingAt = (port: number) => ({
  'data-identity-pool-id': undefined,
  'data-identity-endpoint': undefined,
  'data-region': undefined,
  'data-endpoint': `http://127.0.0.1:${port}/collect`,
});

test('without credentials, batches and beacons are sent to the endpoint unsigned', {
  tag: '@core',
}, async ({ page, aws, site, serve }) => {
  const attributes = collectingAt(await serve(aws.collectHandler));
  site.add(
    '/',
    `${site.tag({ ...attributes, ...LONG_FLUSH_INTERVAL })}<a href="/next" data-personalize-item="a">go</a>`,
  );
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().map((event) => event.itemId)).toEqual(['none', 'none', 'a']);
  const posts = aws.requests.filter(({ method }) => method === 'POST');
  expect(posts.map(({ path, form }) => [path, form])).toEqual(Array(3).fill(['/collect/events', 'unsigned']));
  expect(posts.at(-1)?.contentType).toContain('text/plain');
});

test('events in flight are not sent again by beacon when the page unloads', {
  tag: '@core',
}, async ({ page, aws, site, serve }) => {
  const fetched: string[] = [];
  const port = await serve((request, response) => {
    // A fetch is never answered, so it is still in flight at unload.
    if (request.headers['content-type'] === 'application/json') fetched.push(request.method as string);
    else aws.collectHandler(request, response);
  });
  const attributes = collectingAt(port);
  site.add('/', site.tag(attributes));
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track('click', 'a');
    window.personalize.flush();
  });
  await expect.poll(() => fetched).toEqual(['POST']);
  await page.evaluate(() => {
    window.personalize.track('click', 'b');
    // A synthetic event: at a real unload, Chromium may first report the request as failed.
    window.dispatchEvent(new Event('pagehide'));
  });
  await expect.poll(() => aws.acknowledged.map((a) => a.event.itemId)).toEqual(['b']);
});

test('any 2xx answer of an endpoint counts as success, even with the body null', { tag: '@core' }, async ({
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
