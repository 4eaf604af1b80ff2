import { readFile } from 'node:fs/promises';
import { expect, IMMEDIATE_FLUSHES, test, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

const errorsOf = (page: import('@playwright/test').Page) => {
  const messages: string[] = [];
  page.on('console', (message) => message.type() === 'error' && messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(`uncaught ${error.message}`));
  return messages;
};

test('the script defines one global', { tag: '@core' }, async ({ page, site }) => {
  site.add('/without', '<h1>bare</h1>');
  site.add('/with', site.tag());
  const globals = () => Object.getOwnPropertyNames(window).sort();
  await page.goto(`${site.url}/without`);
  const before = await page.evaluate(globals);
  await page.goto(`${site.url}/with`);
  expect((await page.evaluate(globals)).filter((name) => !before.includes(name))).toEqual(['personalize']);
});

test('every member of a built-in that the built script uses exists', {
  tag: ['@core', '@chromium'],
}, async ({ page, site }) => {
  const script = await readFile(new URL('../../dist/personalize.js', import.meta.url), 'utf8');
  site.add('/', '<h1>bare</h1>');
  await page.goto(site.url);
  const members = await page.evaluate((code) => {
    const names = [...new Set(code.match(/(?<![\w.$])[A-Za-z]{3,}\.[\w$]+/g))].map((name) => name.split('.'));
    return names.flatMap(([owner = '', name = '']) => {
      const builtIn = Reflect.get(window, owner);
      return builtIn ? [{ name: `${owner}.${name}`, isThere: name in Object(builtIn) }] : [];
    });
  }, script);
  expect(members).toContainEqual({ name: 'Math.random', isThere: true });
  // Missing in some browsers.
  const optional = ['navigator.globalPrivacyControl'];
  expect(members.filter(({ name, isThere }) => !isThere && !optional.includes(name))).toEqual([]);
});

for (const [what, attributes, message] of [
  ['no trackingId', { 'data-tracking-id': undefined }, 'trackingId is missing'],
  ['an invalid region', { 'data-region': 'Ireland' }, 'region must be like us-east-1; got "Ireland"'],
  ['a flushSize of 11', { 'data-flush-size': '11' }, 'flushSize must be 1-10 events; got 11'],
  [
    'a flushInterval in words',
    { 'data-flush-interval': 'soon' },
    'flushInterval must be 0-3600000 milliseconds; got "soon"',
  ],
] as const) {
  test(`a tag with ${what} logs one message that names the option, and the page keeps working`, async ({
    page,
    site,
  }) => {
    const errors = errorsOf(page);
    site.add(
      '/',
      `${site.tag(attributes)}<script>personalize.track('view', 'a'); document.title = 'went on'</script>`,
    );
    await page.goto(site.url);
    await expect(page).toHaveTitle('went on');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`personalize-beacon: `);
    expect(errors[0]).toContain(message);
  });
}

test('every field arrives; an event beyond a limit is reported with field, limit and value', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  const printed: string[] = [];
  page.on('console', (message) => printed.push(message.text()));
  site.add('/', site.tag({ 'data-debug': '' }));
  await page.goto(site.url);
  const reported = await page.evaluate(async () => {
    const rejected: unknown[] = [];
    window.personalize.on('rejected', (detail: { reason: string }) => rejected.push(detail.reason));
    const ids = [
      window.personalize.track({
        eventType: 'purchase',
        itemId: 'a',
        eventValue: 9.99,
        properties: { numberOfRatings: 12, isNew: true },
        recommendationId: 'RID',
        impression: ['a', 'b'],
        metricAttribution: { eventAttributionSource: 'mail' },
        eventId: 'own-id',
        sentAt: 1_700_000_000.5,
      }),
      window.personalize.track('click', 'x'.repeat(257)),
    ];
    await window.personalize.flush();
    return { ids, rejected };
  });
  const reason = `itemId must be a string of 1-256 characters; got "${'x'.repeat(59)}... (259 characters)`;
  expect(reported).toEqual({ ids: ['own-id', undefined], rejected: [reason] });
  await expect.poll(() => printed.some((text) => text.includes(reason))).toBe(true);
  expect(aws.counted()).toEqual([
    {
      eventType: 'purchase',
      itemId: 'a',
      eventValue: 9.99,
      properties: '{"numberOfRatings":12,"isNew":true}',
      recommendationId: 'RID',
      impression: ['a', 'b'],
      metricAttribution: { eventAttributionSource: 'mail' },
      eventId: 'own-id',
      sentAt: 1_700_000_000.5,
    },
  ]);
});

test('the tracker works under a strict Content-Security-Policy', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  const errors = errorsOf(page);
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" data-personalize-item="a">go</a>`, {
    'content-security-policy': `default-src 'none'; script-src 'self'; img-src data:; connect-src ${aws.url}; require-trusted-types-for 'script'`,
  });
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await page.getByText('go').click();
  await expect.poll(() => aws.counted().length).toBe(3);
  expect(aws.acknowledged.map((a) => a.form)).toEqual(['header', 'header', 'query']);
  expect(errors).toEqual([]);
});

test('page code can call init() if the tag has no options', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', '<script src="/personalize.js"></script>');
  await page.goto(site.url);
  await page.evaluate(
    ([endpoint, trackingId, identityPoolId]) => {
      window.personalize.init({ trackingId, identityPoolId, endpoint, identityEndpoint: endpoint });
    },
    [aws.url, 'demo-tracker', 'us-east-1:00000000-0000-4000-8000-000000000000'] as const,
  );
  await warmUp(page);
  expect(aws.counted()).toHaveLength(1);
});

test("the module build sends with a site's own credentials and defines no global", { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.issueCredentials();
  site.add('/', '<h1>module</h1>');
  await page.goto(site.url);
  const globals = await page.evaluate(
    async ([endpoint, accessKeyId, secretAccessKey, sessionToken]) => {
      const { init } = await import(`${location.origin}/index.js`);
      const tracker = init({
        trackingId: 'demo-tracker',
        region: 'us-east-1',
        endpoint,
        credentials: async () => ({ accessKeyId, secretAccessKey, sessionToken }),
      });
      tracker.track('view', 'a');
      await tracker.flush();
      return 'personalize' in window;
    },
    [aws.url, accessKeyId, secretAccessKey, sessionToken] as const,
  );
  expect(globals).toBe(false);
  expect(aws.acknowledged).toMatchObject([{ form: 'header', status: 'accepted' }]);
  expect(aws.calls('GetId')).toHaveLength(0);
});

test("AWS's answers correct a clock two hours behind, in signatures and in sentAt", async ({
  page,
  aws,
  site,
}) => {
  await page.clock.install({ time: Date.now() - 2 * 3600_000 });
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" data-personalize-item="a">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await page.getByText('go').click();
  await expect.poll(() => aws.acknowledged.map((a) => a.form)).toEqual(['header', 'header', 'query']);
  for (const { event, receivedAt } of aws.acknowledged) {
    expect(Math.abs(event.sentAt - receivedAt / 1000)).toBeLessThan(30);
  }
});
