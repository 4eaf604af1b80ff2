import { readStub } from '../../demo/script.js';
import { expect, test, warmUp } from '../support/fixtures.js';
import { counted, flush, LONG_FLUSH_INTERVAL, record } from '../support/visits.js';

test("with sessionId every event has the site's session, whoever logs in and out", { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', site.tag({ 'data-session-id': 'cart-1' }));
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track('click', 'anonymous');
    window.personalize.identify('ann');
    window.personalize.track('click', 'as ann');
    window.personalize.identify('bob');
    window.personalize.track('click', 'as bob');
    window.personalize.reset();
    window.personalize.track('click', 'anonymous again');
  });
  await flush(page);
  const users = Object.fromEntries(aws.acknowledged.map(({ event, userId }) => [event.itemId, userId]));
  expect(users).toEqual({
    anonymous: undefined,
    'as ann': 'ann',
    'as bob': 'bob',
    'anonymous again': undefined,
  });
  expect(new Set(aws.acknowledged.map(({ sessionId }) => sessionId))).toEqual(new Set(['cart-1']));
  expect(await page.evaluate(() => window.personalize.ready)).toBe('cart-1');
});

test('events recorded before setSession() keep their session, also when the next page sends them', {
  tag: '@core',
}, async ({ page, aws, site, context }) => {
  site.add('/', site.tag({ 'data-session-id': 'cart-1', ...LONG_FLUSH_INTERVAL }));
  site.add('/other', site.tag({ 'data-session-id': 'cart-3' }));
  await page.goto(site.url);
  const tab = await context.newPage();
  await tab.goto(site.url);
  for (const each of [page, tab]) await warmUp(each, 2);
  await page.evaluate(() => {
    window.personalize.identify('ann');
    window.personalize.track('click', 'before');
    window.personalize.setSession(' cart-2 ');
    window.personalize.track('click', 'after');
  });
  await expect.poll(() => tab.evaluate(() => window.personalize.sessionId)).toBe('cart-2');
  await record(tab, 'in the other tab');
  await flush(tab);
  await page.goto(`${site.url}/other`);
  await record(page, 'on the next page');
  await flush(page);
  const sessions = Object.fromEntries(
    aws.acknowledged
      .filter(({ event }) => event.itemId !== 'none')
      .map(({ event, sessionId, userId }) => [event.itemId, [sessionId, userId]]),
  );
  expect(sessions).toEqual({
    before: ['cart-1', 'ann'],
    after: ['cart-2', 'ann'],
    'in the other tab': ['cart-2', 'ann'],
    'on the next page': ['cart-3', 'ann'],
  });
  expect(counted(aws).filter((item) => item !== 'none')).toHaveLength(4);
});

test('setSession() before consent applies once consent is given', async ({ page, aws, site }) => {
  site.add('/', site.tag({ 'data-consent': 'required' }));
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.setSession('cart-1');
    window.personalize.consent(false);
    window.personalize.consent(true);
  });
  await record(page, 'film');
  await flush(page);
  expect(aws.acknowledged.map(({ sessionId }) => sessionId)).toEqual(['cart-1']);
});

test('an invalid session ID is reported, and the session goes on', async ({ page, site }) => {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  site.add('/', site.tag({ 'data-session-id': 'cart-1' }));
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.ready);
  for (const id of ['', 'x'.repeat(257), 5, undefined]) {
    await page.evaluate((value) => window.personalize.setSession(value), id);
  }
  expect(errors).toHaveLength(4);
  expect(errors[0]).toContain('sessionId must be a string of 1-256 characters; got ""');
  expect(await page.evaluate(() => window.personalize.sessionId)).toBe('cart-1');
});

test('the stub keeps setSession() until the script has loaded', async ({ page, aws, site }) => {
  site.add('/', `<script>${readStub()}; personalize.setSession('cart-1')</script>${site.tag()}`);
  await page.goto(site.url);
  await record(page, 'film');
  await flush(page);
  expect(aws.acknowledged.map(({ sessionId }) => sessionId)).toEqual(['cart-1']);
});

test('attribution belongs to the session that the site gives', async ({ page, aws, site }) => {
  site.add('/', site.tag({ 'data-session-id': 'cart-1' }));
  site.add('/next', site.tag({ 'data-session-id': 'cart-1' }));
  site.add(
    '/rotated',
    `${site.tag({ 'data-session-id': 'cart-2' })}<script>personalize.track('purchase', 'film')</script>`,
  );
  await page.goto(site.url);
  // A new visitor's events wait in memory until the opt-out has been read from storage.
  await page.evaluate(() => window.personalize.ready);
  await page.evaluate(() => window.personalize.track('click', 'film', { recommendationId: 'RID' }));
  await page.goto(`${site.url}/next`);
  await page.evaluate(() => window.personalize.track('view', 'film'));
  await flush(page);
  await page.goto(`${site.url}/rotated`);
  await flush(page);
  const sources = Object.fromEntries(aws.counted().map((event) => [event.eventType, event.recommendationId]));
  expect(sources).toEqual({ click: 'RID', view: 'RID', purchase: undefined });
});
