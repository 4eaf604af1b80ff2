import { expect, hide, PROMPT_SENDS, show, test, warmUp } from '../support/fixtures.js';
import { PATIENT } from '../support/visits.js';

const RUNS = 20;

const recordFive = '[1, 2, 3, 4, 5].forEach((n) => personalize.track("click", "item-" + n));';
const fiveItems = ['item-1', 'item-2', 'item-3', 'item-4', 'item-5'];

test('five events recorded in the task of a link click arrive once each, every time', async ({
  page,
  aws,
  site,
}) => {
  // Forty page loads.
  test.slow();
  site.add('/', `${site.tag(PATIENT)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', '<h1>next</h1>');
  for (let run = 0; run < RUNS; run++) {
    await page.goto(site.url);
    // It confirms the events of the run before; what comes after it waits.
    await warmUp(page, PROMPT_SENDS);
    aws.reset();
    await page.getByText('go').click();
    await expect(page.getByText('next')).toBeVisible();
    await expect
      .poll(() => aws.accepted.map(({ event }) => event.itemId), `run ${run + 1}`)
      .toEqual(fiveItems);
    expect(aws.accepted[0]?.form).toBe('query');
  }
});

test('a beacon is text/plain and asks for no preflight', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', `${site.tag(PATIENT)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().length).toBe(5);
  expect(aws.requests).toMatchObject([
    { method: 'POST', contentType: 'text/plain;charset=UTF-8', form: 'query' },
  ]);
});

test('with exitTransport keepalive a page is left by requests signed in headers, and nothing is left with the browser @own', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.addInitScript(() =>
    Object.assign(window, { fetchLater: () => console.log('left with the browser') }),
  );
  site.add(
    '/',
    `${site.tag({ 'data-exit-transport': 'keepalive', ...PATIENT })}<a href="/next" onclick='${recordFive}'>go</a>`,
  );
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().map((event) => event.itemId)).toEqual(fiveItems);
  expect(aws.requests).toMatchObject([{ method: 'POST', contentType: 'application/json', form: 'header' }]);
  expect(said).toEqual([]);
});

for (const [way, leave] of [
  ['closing the tab', (page) => page.close({ runBeforeUnload: true })],
  ['reloading', (page) => page.reload()],
  ['typing an address', (page) => page.goto('about:blank')],
] as [string, (page: import('@playwright/test').Page) => Promise<unknown>][]) {
  test(`events recorded right before ${way} arrive once`, async ({ page, aws, site }) => {
    site.add('/', site.tag(PATIENT));
    await page.goto(site.url);
    await warmUp(page, PROMPT_SENDS);
    aws.reset();
    await page.evaluate(recordFive);
    await leave(page);
    await expect.poll(() => aws.counted().map((event) => event.itemId)).toEqual(fiveItems);
  });
}

test('a hundred events waiting all leave, ten a beacon', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', `${site.tag(PATIENT)}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
  await page.evaluate(() => {
    document.querySelector('a')?.addEventListener('click', () => {
      for (let n = 0; n < 100; n++) window.personalize.track('click', `item-${n}`);
    });
  });
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().length).toBe(100);
});

test('a tab switch sends by fetch, with a signed header, and nothing twice', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag(PATIENT)}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
  await page.evaluate(recordFive);
  await hide(page);
  await expect.poll(() => aws.counted().length).toBe(5);
  expect(aws.accepted.map((a) => a.form)).toEqual(Array(5).fill('header'));
  await show(page);
  await page.evaluate(() => window.personalize.track('click', 'item-6'));
  await hide(page);
  await expect.poll(() => aws.counted().length).toBe(6);
  await show(page);
  await page.evaluate(() => window.personalize.flush());
  await page.getByText('go').click();
  await expect(page.getByText('next')).toBeVisible();
  expect(aws.accepted).toHaveLength(6);
});

test('where the browser has no keepalive, what is under way as the page is left goes by a beacon, too', async ({
  page,
  aws,
  site,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(Request.prototype, 'keepalive'));
  site.add('/', `${site.tag({ 'data-flush-interval': '0' })}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page);
  aws.reset();
  aws.fail({ stall: true, times: 1 });
  await page.evaluate(recordFive);
  await expect.poll(() => aws.calls('/events').length).toBe(1);
  await page.getByText('go').click();
  await expect.poll(() => aws.accepted.map(({ event }) => event.itemId)).toEqual(fiveItems);
  expect(aws.accepted[0]?.form).toBe('query');
});

test('a tab switch whose request fails is tried again', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', site.tag(PATIENT));
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
  await page.route('**/events', (route) => route.abort(), { times: 1 });
  await page.evaluate(recordFive);
  await hide(page);
  await expect.poll(() => aws.counted().length).toBe(5);
});

test('who leaves before his credentials came is served on the next visit', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag(PATIENT)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', site.tag({ 'data-flush-interval': '0' }));
  // A Cognito that never answers the first page: the request is left hanging.
  await page.route(`${aws.url}/`, (route) =>
    route.request().frame().url().endsWith('/next') ? route.continue() : undefined,
  );
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await expect
    .poll(() =>
      aws
        .counted()
        .map((event) => event.itemId)
        .sort(),
    )
    .toEqual(fiveItems);
  expect(aws.accepted).toHaveLength(5);
});

test('what is recorded before storage has answered survives leaving in the same task', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add('/', `${site.tag(PATIENT)}<script>${recordFive} location.href = '/next';</script>`);
  site.add('/next', site.tag(PATIENT));
  // Of a visitor who was here before: of a new one it must first be known that he has not opted out.
  await page.goto(`${site.url}/next`);
  await page.evaluate(() => window.personalize.ready);
  await page.goto(site.url);
  await page.waitForURL('**/next');
  await page.evaluate(() => window.personalize.flush());
  expect(
    aws
      .counted()
      .map((event) => event.itemId)
      .sort(),
  ).toEqual(fiveItems);
  expect(new Set(aws.accepted.map((a) => a.sessionId))).toEqual(
    new Set([await page.evaluate(() => window.personalize.sessionId)]),
  );
});

test('what a beacon took is confirmed along with the next batch, and only once', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag(PATIENT)}<a href="/next" onclick='${recordFive}'>go</a>`);
  site.add('/next', site.tag(PATIENT));
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await expect.poll(() => aws.counted().length).toBe(5);
  await page.evaluate(async () => {
    window.personalize.track('view', 'item-6');
    await window.personalize.flush();
    window.personalize.track('view', 'item-7');
    await window.personalize.flush();
  });
  const fetched = aws.accepted.filter((a) => a.form === 'header');
  expect(fetched.map((a) => a.event.itemId).sort()).toEqual([...fiveItems, 'item-6', 'item-7']);
  expect(fetched.filter((a) => a.counted).map((a) => a.event.itemId)).toEqual(['item-6', 'item-7']);
  expect(new Set(fetched.slice(0, 6).map((a) => a.requestId)).size).toBe(1);
  expect(aws.counted()).toHaveLength(7);
});
