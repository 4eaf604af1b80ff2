import { getRequestListener } from '@hono/node-server';
import type { Page } from '@playwright/test';
import { expect, type Site } from '../support/fixtures.js';
import { type RunningRelay, test } from '../support/relay-server.js';
import type { Serve } from '../support/serve.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

/** Attributes for a site that uses no credentials. */
const unsigned = (endpoint: string, others = {}) => ({
  'data-identity-pool-id': undefined,
  'data-identity-endpoint': undefined,
  'data-region': undefined,
  'data-endpoint': endpoint,
  ...others,
});

/** Serves the site and the relay on one origin, and returns it. */
const serveTogether = async (serve: Serve, site: Site, { handle }: RunningRelay) => {
  const collect = getRequestListener(handle, { overrideGlobalObjects: false });
  const port = await serve(async (request, response) => {
    if (request.url?.startsWith('/collect/')) return collect(request, response);
    const page = await fetch(site.url + request.url);
    response.writeHead(page.status, { 'content-type': page.headers.get('content-type') ?? '' });
    response.end(await page.text());
  });
  return `http://localhost:${port}`;
};

/** Sends two views by fetch, then clicks a link and unloads, which sends the click by beacon. */
const visit = async (page: Page, site: Site, endpoint: string, url = site.url) => {
  const tag = site.tag(
    unsigned(endpoint, { ...LONG_FLUSH_INTERVAL, 'data-action-tracking-id': 'demo-action-tracker' }),
  );
  site.add('/', `${tag}<a href="/next" data-personalize-item="left">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(url);
  await page.evaluate(async () => {
    window.personalize.track('view', 'seen');
    await window.personalize.flush();
    window.personalize.trackAction('Viewed', 'join');
    await window.personalize.flush();
  });
  await page.getByText('go').click();
};
const ARRIVED = [
  { form: 'header', event: { eventType: 'view', itemId: 'seen' } },
  { form: 'header', event: { eventType: 'Viewed', actionId: 'join' } },
  { form: 'header', event: { eventType: 'click', itemId: 'left' } },
];

test("a relay on the site's own origin receives requests and the beacon of an unloading page", {
  tag: '@core',
}, async ({ page, aws, site, serve, open }) => {
  const opened = await open();
  await visit(page, site, '/collect', await serveTogether(serve, site, opened));
  await expect.poll(() => aws.acknowledged).toMatchObject(ARRIVED);
  const json = 'POST application/json 200';
  await expect.poll(() => opened.answered).toEqual([json, json, 'POST text/plain;charset=UTF-8 200']);
  expect(opened.errors).toEqual([]);
});

test("a relay on another origin receives the same if it allows the site's origin", { tag: '@core' }, async ({
  page,
  aws,
  site,
  open,
}) => {
  const { url, errors, answered } = await open({ origins: [site.url] });
  await visit(page, site, `${url}/collect`);
  await expect.poll(() => aws.acknowledged).toMatchObject(ARRIVED);
  const asked = ['OPTIONS  204', 'POST application/json 200'];
  await expect.poll(() => answered).toEqual([...asked, ...asked, 'POST text/plain;charset=UTF-8 200']);
  expect(errors).toEqual([]);
});

test('a relay on another origin refuses sites whose origin it does not allow', async ({
  page,
  aws,
  site,
  open,
}) => {
  const { url, answered } = await open();
  site.add('/', site.tag(unsigned(url)));
  await page.goto(site.url);
  await page.evaluate((to) => {
    window.personalize.track('view', 'a');
    window.personalize.flush();
    navigator.sendBeacon(`${to}/events`, '{}');
  }, url);
  await expect
    .poll(() => [...answered].sort())
    .toEqual(expect.arrayContaining(['OPTIONS  403', 'POST text/plain;charset=UTF-8 403']));
  expect(aws.requests).toEqual([]);
});

test('an event that the service refuses through the relay is rejected alone', async ({
  page,
  aws,
  site,
  serve,
  open,
}) => {
  const opened = await open();
  aws.fail({ refuseItem: 'c' });
  site.add('/', site.tag(unsigned('/collect')));
  await page.goto(await serveTogether(serve, site, opened));
  const rejected = await page.evaluate(async () => {
    const reasons: object[] = [];
    window.personalize.on('rejected', ({ event, reason }: { event: { itemId: string }; reason: string }) =>
      reasons.push([event.itemId, reason]),
    );
    for (const item of ['a', 'b', 'c', 'd', 'e']) window.personalize.track('view', item);
    await window.personalize.flush();
    return reasons;
  });
  expect(rejected).toEqual([
    ['c', expect.stringContaining("400 InvalidInputException Item 'c' is refused.")],
  ]);
  expect(aws.counted().map(({ itemId }) => itemId)).toEqual(['a', 'b', 'd', 'e']);
});

test('no event is lost while the service behind the relay is down', async ({
  page,
  aws,
  site,
  serve,
  open,
}) => {
  const opened = await open();
  aws.fail({ status: 503, type: 'ServiceUnavailable', times: 2 });
  site.add('/', site.tag(unsigned('/collect')));
  await page.goto(await serveTogether(serve, site, opened));
  // The page retries twice, each time after its backoff.
  const delivered = page.evaluate(async () => {
    window.personalize.track('view', 'a');
    await new Promise((resolve) => window.personalize.on('delivered', resolve));
  });
  await page.evaluate(() => void window.personalize.flush());
  await delivered;
  expect(aws.counted()).toMatchObject([{ itemId: 'a' }]);
  expect(opened.errors).toHaveLength(2);
});

test('a relay without the permission stops no page, and the events arrive once it has the permission', async ({
  page,
  aws,
  site,
  serve,
  open,
}) => {
  const opened = await open();
  const undo = aws.fail({ status: 403, type: 'AccessDeniedException' });
  const stops: string[] = [];
  await page.exposeFunction('stopped', (reason: string) => stops.push(reason));
  site.add('/', site.tag(unsigned('/collect')));
  await page.goto(await serveTogether(serve, site, opened));
  await page.evaluate(() => {
    window.personalize.on('error', (window as unknown as { stopped: () => void }).stopped);
    window.personalize.track('view', 'a');
    window.personalize.flush();
  });
  await expect.poll(() => opened.errors).toMatchObject([{ name: 'AccessDeniedException' }]);
  undo();
  // After the relay's Retry-After the page would retry by itself, as flush() would. A reloaded page does not know of
  // it.
  await page.reload();
  await expect.poll(() => aws.counted()).toMatchObject([{ itemId: 'a' }]);
  expect(stops).toEqual([]);
});

test('a tracking ID that the relay does not relay stops sending for this page view and reports the reason', async ({
  page,
  aws,
  site,
  serve,
  open,
}) => {
  const opened = await open();
  site.add('/', site.tag(unsigned('/collect', { 'data-tracking-id': 'another' })));
  await page.goto(await serveTogether(serve, site, opened));
  const reason = await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.personalize.on('error', ({ reason }: { reason: string }) => resolve(reason));
        window.personalize.track('view', 'a');
        window.personalize.flush();
      }),
  );
  expect(reason).toContain('404 ResourceNotFoundException events of tracker another are not relayed');
  expect(aws.requests).toEqual([]);
});
