import { expect, test, warmUp } from '../support/fixtures.js';

const sessionId = () => window.personalize.ready;

test('a session persists across reloads and is shared by tabs', { tag: '@core' }, async ({
  page,
  context,
  site,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  const first = await page.evaluate(sessionId);
  expect(first).toMatch(/^[\w-]{21}$/);
  await page.reload();
  expect(await page.evaluate(sessionId)).toBe(first);
  const tab = await context.newPage();
  await tab.goto(site.url);
  expect(await tab.evaluate(sessionId)).toBe(first);
  expect(await tab.evaluate(() => window.personalize.sessionId)).toBe(first);
});

test('tabs opened together share one session', { tag: '@core' }, async ({ context, site }) => {
  site.add('/', site.tag());
  const tabs = await Promise.all([1, 2, 3, 4].map(() => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(site.url)));
  const ids = await Promise.all(tabs.map((tab) => tab.evaluate(sessionId)));
  expect(new Set(ids).size).toBe(1);
});

test('identify() keeps the session; another user and reset() start new ones', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  // All calls run in the page's first task, before storage answers, and must keep their order.
  site.add(
    '/',
    `${site.tag()}<script>
      personalize.track('view', 'anonymous');
      personalize.identify('ann');
      personalize.track('view', 'as-ann');
      personalize.identify('bob');
      personalize.track('view', 'as-bob');
      personalize.reset();
      personalize.track('view', 'anonymous-again');
    </script>`,
  );
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.flush());
  const byItem = Object.fromEntries(aws.acknowledged.map((a) => [a.event.itemId, a]));
  expect(Object.keys(byItem)).toHaveLength(4);
  expect(byItem.anonymous?.userId).toBeUndefined();
  expect(byItem['as-ann']).toMatchObject({ userId: 'ann', sessionId: byItem.anonymous?.sessionId });
  expect(byItem['as-bob']?.userId).toBe('bob');
  expect(byItem['anonymous-again']?.userId).toBeUndefined();
  const sessions = ['anonymous', 'as-bob', 'anonymous-again'].map((item) => byItem[item]?.sessionId);
  expect(new Set(sessions).size).toBe(3);
});

test('the user ID persists on the next page until reset()', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.identify('ann'));
  await warmUp(page);
  await page.reload();
  await warmUp(page);
  await page.evaluate(() => window.personalize.reset());
  await warmUp(page);
  expect(aws.acknowledged.map((a) => a.userId)).toEqual(['ann', 'ann', undefined]);
});

test('the userId option sets the user ID', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', site.tag({ 'data-user-id': 'ann' }));
  await page.goto(site.url);
  await warmUp(page);
  expect(aws.acknowledged[0]?.userId).toBe('ann');
});

test('without IndexedDB the tracker works in memory and still sends', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  expect(aws.counted()).toHaveLength(1);
});
