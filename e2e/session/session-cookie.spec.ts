import type { BrowserContext, Page } from '@playwright/test';
import { expect, type Site, test } from '../support/fixtures.js';
import { flush, record } from '../support/visits.js';

const cookies = async (context: BrowserContext, name = 'personalize_session') =>
  (await context.cookies()).filter((cookie) => cookie.name === name);

const idOf = (page: Page) => page.evaluate(() => window.personalize.ready);

/** Serves the site under other host names, which subdomains need. */
const serveUnder = (context: BrowserContext, site: Site, pattern: string) =>
  context.route(pattern, async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: site.url + pathname }) });
  });

test('the session ID is in a cookie, with the session as the longest life', { tag: '@core' }, async ({
  page,
  context,
  site,
}) => {
  site.add('/', site.tag({ 'data-session-cookie': '', 'data-session-max-age': '2' }));
  await page.goto(site.url);
  const id = await idOf(page);
  await expect.poll(() => cookies(context)).toHaveLength(1);
  const [cookie] = await cookies(context);
  expect(cookie).toMatchObject({
    value: id,
    path: '/',
    sameSite: 'Lax',
    secure: false,
    httpOnly: false,
    domain: 'localhost',
  });
  const days = ((cookie?.expires ?? 0) - Date.now() / 1000) / 86_400;
  expect(days).toBeGreaterThan(1.9);
  expect(days).toBeLessThanOrEqual(2);
  await page.evaluate(() => window.personalize.reset());
  await expect
    .poll(async () => (await cookies(context))[0]?.value)
    .toBe(await page.evaluate(() => window.personalize.sessionId));
  expect((await cookies(context))[0]?.value).not.toBe(id);
});

test('the cookie is written after consent only, and erased with it', { tag: '@core' }, async ({
  page,
  context,
  site,
}) => {
  site.add('/', site.tag({ 'data-session-cookie': 'true', 'data-consent': 'required' }));
  // A consent that ended on another page has left it.
  await context.addCookies([{ name: 'personalize_session', value: 'earlier', url: site.url }]);
  await page.goto(site.url);
  await record(page, 'waits');
  expect((await cookies(context)).map(({ value }) => value)).toEqual(['earlier']);
  await page.evaluate(() => window.personalize.consent(true));
  expect(await idOf(page)).toBe('earlier');
  await page.evaluate(() => window.personalize.reset());
  await expect.poll(async () => (await cookies(context))[0]?.value).toMatch(/^[\w-]{21}$/);
  await page.evaluate(() => window.personalize.consent(false));
  await expect.poll(() => cookies(context)).toEqual([]);
  await page.evaluate(() => window.personalize.reset());
  expect(await cookies(context)).toEqual([]);
  await page.evaluate(() => window.personalize.consent(true));
  await expect.poll(() => cookies(context)).toHaveLength(1);
  await page.evaluate(() => window.personalize.optOut());
  await expect.poll(() => cookies(context)).toEqual([]);
  await page.reload();
  await page.evaluate(() => window.personalize.consent(true));
  await record(page, 'out');
  expect(await cookies(context)).toEqual([]);
});

test("a server's cookie is the session of a guest's first page", async ({ page, aws, site }) => {
  site.add('/', site.tag({ 'data-session-cookie': 'visitor; Max-Age=3600' }), {
    'set-cookie': 'visitor=guest-1; Path=/; Max-Age=3600',
  });
  await page.goto(site.url);
  await record(page, 'film');
  await flush(page);
  expect(aws.acknowledged.map(({ sessionId }) => sessionId)).toEqual(['guest-1']);
});

for (const value of [
  'undefined',
  'null',
  '',
  '%',
  '%E0%A4%A',
  '%3Cscript%3E',
  'a%20b',
  'a%00b',
  '{{session}}',
  'x'.repeat(257),
]) {
  test(`a cookie with ${value.slice(0, 20) || 'nothing'} is not believed, and replaced`, async ({
    page,
    context,
    site,
  }) => {
    site.add('/plain', '', { 'set-cookie': `personalize_session=${value}; Path=/` });
    site.add('/', site.tag({ 'data-session-cookie': '' }));
    await page.goto(`${site.url}/plain`);
    await page.goto(site.url);
    const id = await idOf(page);
    expect(id).toMatch(/^[\w-]{21}$/);
    await expect.poll(async () => (await cookies(context)).map((cookie) => cookie.value)).toEqual([id]);
  });
}

test('tabs opened together share one session and one cookie', async ({ context, site }) => {
  site.add('/', site.tag({ 'data-session-cookie': '' }));
  const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(site.url)));
  const ids = await Promise.all(tabs.map(idOf));
  expect(new Set(ids).size).toBe(1);
  await tabs[0]?.evaluate(() => window.personalize.reset());
  const next = await tabs[0]?.evaluate(() => window.personalize.sessionId);
  for (const tab of tabs) {
    await expect.poll(() => tab.evaluate(() => window.personalize.sessionId)).toBe(next);
  }
  expect((await cookies(context)).map(({ value }) => value)).toEqual([next]);
});

test('subdomains share a session, and a Secure cookie on HTTPS', { tag: '@chromium' }, async ({
  page,
  context,
  site,
}) => {
  await serveUnder(context, site, 'https://*.shop.example/**');
  site.add('/', site.tag({ 'data-session-cookie': 'visitor; Domain=.shop.example; Max-Age=86400' }));
  await page.goto('https://www.shop.example/');
  const id = await idOf(page);
  await page.evaluate(() => window.personalize.identify('ann'));
  const blog = await context.newPage();
  await blog.goto('https://blog.shop.example/');
  expect(await idOf(blog)).toBe(id);
  expect(await cookies(context, 'visitor')).toMatchObject([
    { value: id, domain: '.shop.example', secure: true, sameSite: 'Lax', path: '/' },
  ]);
  await blog.evaluate(() => window.personalize.reset());
  const next = await blog.evaluate(() => window.personalize.sessionId);
  await page.reload();
  expect(await idOf(page)).toBe(next);
  await page.evaluate(() => window.personalize.optOut());
  await expect.poll(() => cookies(context, 'visitor')).toEqual([]);
});

test('a form field named cookie hides nothing, and a page without cookies works', async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `<img name="cookie" src="data:,">${site.tag({ 'data-session-cookie': '' })}`);
  await page.goto(site.url);
  const id = await idOf(page);
  await expect.poll(async () => (await cookies(page.context())).map(({ value }) => value)).toEqual([id]);
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'cookie', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
      set() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.reload();
  await record(page, 'film');
  await flush(page);
  expect(aws.acknowledged.map(({ sessionId }) => sessionId)).toEqual([id]);
});

test('with debug, the console names a cookie that the browser refuses', async ({ page, site }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  site.add('/', site.tag({ 'data-session-cookie': 'visitor; Domain=other.example', 'data-debug': '' }));
  await page.goto(site.url);
  await expect
    .poll(() => said.join('\n'))
    .toContain('cookie refused by the browser: visitor; Domain=other.example');
});
