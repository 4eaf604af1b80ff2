import { expect, hide, IMMEDIATE_FLUSHES, show, test, warmUp } from '../support/fixtures.js';
import { counted, LONG_FLUSH_INTERVAL } from '../support/visits.js';

const RUNS = 20;

const recordFive = '[1, 2, 3, 4, 5].forEach((n) => personalize.track("click", "item-" + n));';
const fiveItems = ['item-1', 'item-2', 'item-3', 'item-4', 'item-5'];

test('five events recorded in the task of a link click arrive once each, in every run', async ({
  page,
  aws,
  site,
}) => {
  // This test loads forty pages.
  test.slow();
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', '<h1>next</h1>');
  for (let run = 0; run < RUNS; run++) {
    await page.goto(site.url);
    // Confirms the events of the previous run; later events wait for the flush interval.
    await warmUp(page, IMMEDIATE_FLUSHES);
    aws.clear();
    await page.getByText('go').click();
    await expect(page.getByText('next')).toBeVisible();
    await expect
      .poll(() => aws.acknowledged.map(({ event }) => event.itemId), `run ${run + 1}`)
      .toEqual(fiveItems);
    expect(aws.acknowledged[0]?.form).toBe('query');
  }
});

test('a beacon is text/plain and needs no preflight', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().length).toBe(5);
  expect(aws.requests).toMatchObject([
    { method: 'POST', contentType: 'text/plain;charset=UTF-8', form: 'query' },
  ]);
});

test('with exitTransport keepalive an unloading page sends header-signed requests and calls no fetchLater() @own', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  const consoleMessages: string[] = [];
  page.on('console', (message) => consoleMessages.push(message.text()));
  await page.addInitScript(() =>
    Object.assign(window, { fetchLater: () => console.log('left with the browser') }),
  );
  site.add(
    '/',
    `${site.tag({ 'data-exit-transport': 'keepalive', ...LONG_FLUSH_INTERVAL })}<a href="/next" onclick='${recordFive}'>go</a>`,
  );
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().map((event) => event.itemId)).toEqual(fiveItems);
  expect(aws.requests).toMatchObject([{ method: 'POST', contentType: 'application/json', form: 'header' }]);
  expect(consoleMessages).toEqual([]);
});

for (const [exit, leavePage] of [
  ['closing the tab', (page) => page.close({ runBeforeUnload: true })],
  ['reloading', (page) => page.reload()],
  ['typing an address', (page) => page.goto('about:blank')],
] as [string, (page: import('@playwright/test').Page) => Promise<unknown>][]) {
  test(`events recorded right before ${exit} arrive once`, async ({ page, aws, site }) => {
    site.add('/', site.tag(LONG_FLUSH_INTERVAL));
    await page.goto(site.url);
    await warmUp(page, IMMEDIATE_FLUSHES);
    aws.clear();
    await page.evaluate(recordFive);
    await leavePage(page);
    await expect.poll(() => aws.counted().map((event) => event.itemId)).toEqual(fiveItems);
  });
}

test('a hundred queued events are all sent at unload, ten per beacon', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  await page.evaluate(() => {
    document.querySelector('a')?.addEventListener('click', () => {
      for (let n = 0; n < 100; n++) window.personalize.track('click', `item-${n}`);
    });
  });
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().length).toBe(100);
});

test('a tab switch sends events by fetch with a signed header, and none twice', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  await page.evaluate(recordFive);
  await hide(page);
  await expect.poll(() => aws.counted().length).toBe(5);
  expect(aws.acknowledged.map((a) => a.form)).toEqual(Array(5).fill('header'));
  await show(page);
  await page.evaluate(() => window.personalize.track('click', 'item-6'));
  await hide(page);
  await expect.poll(() => aws.counted().length).toBe(6);
  await show(page);
  await page.evaluate(() => window.personalize.flush());
  await page.getByText('go').click();
  await expect(page.getByText('next')).toBeVisible();
  expect(aws.acknowledged).toHaveLength(6);
});

test('without fetch keepalive, a beacon repeats the request in flight at unload', async ({
  page,
  aws,
  site,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(Request.prototype, 'keepalive'));
  site.add('/', `${site.tag({ 'data-flush-interval': '0' })}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page);
  aws.clear();
  aws.fail({ stall: true, times: 1 });
  await page.evaluate(recordFive);
  await expect.poll(() => aws.calls('/events').length).toBe(1);
  await page.getByText('go').click();
  await expect.poll(() => aws.acknowledged.map(({ event }) => event.itemId)).toEqual(fiveItems);
  expect(aws.acknowledged[0]?.form).toBe('query');
});

test('a failed request of a tab switch is retried', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  await page.route('**/events', (route) => route.abort(), { times: 1 });
  await page.evaluate(recordFive);
  await hide(page);
  await expect.poll(() => aws.counted().length).toBe(5);
});

test('the next visit sends the events of a visitor who left before credentials arrived', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', site.tag({ 'data-flush-interval': '0' }));
  // Cognito never answers the first page.
  await page.route(`${aws.url}/`, (route) =>
    route.request().frame().url().endsWith('/next') ? route.continue() : undefined,
  );
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await expect.poll(() => counted(aws)).toEqual(fiveItems);
  expect(aws.acknowledged).toHaveLength(5);
});

test('events recorded before storage answers survive an unload in the same task', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<script>${recordFive} location.href = '/next';</script>`);
  site.add('/next', site.tag(LONG_FLUSH_INTERVAL));
  // For a returning visitor: for a new one, the opt-out must be read from storage first.
  await page.goto(`${site.url}/next`);
  await page.evaluate(() => window.personalize.ready);
  await page.goto(site.url);
  await page.waitForURL('**/next');
  await page.evaluate(() => window.personalize.flush());
  await expect.poll(() => counted(aws)).toEqual(fiveItems);
  expect(new Set(aws.acknowledged.map((a) => a.sessionId))).toEqual(
    new Set([await page.evaluate(() => window.personalize.sessionId)]),
  );
});

test('the next batch confirms events sent by beacon, and only once', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', site.tag(LONG_FLUSH_INTERVAL));
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await expect.poll(() => aws.counted().length).toBe(5);
  await page.evaluate(async () => {
    window.personalize.track('view', 'item-6');
    await window.personalize.flush();
    window.personalize.track('view', 'item-7');
    await window.personalize.flush();
  });
  const fetched = aws.acknowledged.filter((a) => a.form === 'header');
  expect(fetched.map((a) => a.event.itemId).sort()).toEqual([...fiveItems, 'item-6', 'item-7']);
  expect(fetched.filter((a) => a.status === 'accepted').map((a) => a.event.itemId)).toEqual([
    'item-6',
    'item-7',
  ]);
  expect(new Set(fetched.slice(0, 6).map((a) => a.requestId)).size).toBe(1);
  expect(aws.counted()).toHaveLength(7);
});
