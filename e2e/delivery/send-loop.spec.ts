import type { Page } from '@playwright/test';
import { readScript } from '../../demo/script.js';
import { expect, hide, type Service, test, warmUp } from '../support/fixtures.js';
import { stored } from '../support/visits.js';

// Regression tests: in each case sending once stopped, or events were lost.

const record = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
  }, items);

const itemsOf = (aws: Service) => aws.counted().map(({ itemId }) => itemId);

test('sending resumes when consent is withdrawn during a backoff and granted again', {
  tag: '@core',
}, async ({ page, site, aws }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  aws.clear();
  aws.fail({ status: 503 });
  await record(page, 'before');
  await expect.poll(() => aws.calls('/events').length).toBeGreaterThan(0);
  await page.evaluate(() => {
    window.personalize.consent(false);
    window.personalize.consent(true);
  });
  aws.heal();
  await record(page, 'after');
  await expect.poll(() => itemsOf(aws)).toEqual(['after']);
});

test('a malformed answer does not end the sending loop', async ({ page, site, serve }) => {
  const seen: string[] = [];
  const port = await serve((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (request.method === 'OPTIONS') return void response.end();
    seen.push(request.url as string);
    if (seen.length === 1) response.writeHead(503, { 'content-type': 'application/json' });
    response.end(seen.length === 1 ? '{"__type":{"toString":1},"message":{"toString":1,"valueOf":1}}' : '');
  });
  site.add('/', site.tag({ 'data-endpoint': `http://127.0.0.1:${port}` }));
  await page.goto(site.url);
  await record(page, 'a');
  await expect.poll(() => seen.length).toBe(2);
  await record(page, 'b');
  await expect.poll(() => seen.length).toBe(3);
});

for (const [how, empty] of [
  [
    'deletes',
    (name: string) =>
      new Promise<void>((resolve, reject) => {
        const deletion = indexedDB.deleteDatabase(name);
        deletion.onsuccess = () => resolve();
        deletion.onerror = () => reject(deletion.error);
      }),
  ],
  [
    'empties',
    (name: string) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open(name);
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const clearing = open.result.transaction('records', 'readwrite');
          clearing.objectStore('records').clear();
          clearing.oncomplete = () => resolve();
          clearing.onabort = () => reject(clearing.error);
          open.result.close();
        };
      }),
  ],
] as const) {
  test(`when another page ${how} the database, this page stores its events again and sends them`, async ({
    page,
    context,
    site,
    aws,
  }) => {
    site.add('/', site.tag());
    site.add('/other', '<h1>log-out</h1>');
    await page.goto(site.url);
    await warmUp(page);
    aws.fail({ status: 503 });
    await record(page, 'a', 'b', 'c');
    await expect.poll(() => stored(page)).toBe(3);
    const other = await context.newPage();
    await other.goto(`${site.url}/other`);
    await other.evaluate(empty, 'personalize-beacon:demo-tracker');
    // The page checks its storage when it becomes visible.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(() => stored(other)).toBe(3);
    aws.heal();
    await expect.poll(() => itemsOf(aws).sort()).toEqual(['a', 'b', 'c', 'none']);
  });
}

test('with 1,000 queued events a tab switch makes ten requests at once, and the rest follow', async ({
  page,
  site,
  aws,
}) => {
  test.slow();
  site.add('/', site.tag({ 'data-flush-interval': '3600000' }));
  await page.goto(site.url);
  await warmUp(page, 2);
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().startsWith(`${aws.url}/events`))
      posts.push(request.url());
  });
  aws.fail({ stall: true });
  await page.evaluate(() => {
    for (let i = 0; i < 1000; i++) window.personalize.track('view', `item-${i}`);
    // The same task, before anything is sent.
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => posts.length).toBe(10);
  await hide(page);
  await page.evaluate(() => fetch('/'));
  expect(posts).toHaveLength(10);
  aws.heal();
  await expect.poll(() => new Set(itemsOf(aws)).size, { timeout: 60_000 }).toBe(1001);
});

test("a service worker's answer to a failed request does not count as delivery", async ({
  page,
  serve,
  site,
  aws,
}) => {
  const WORKER = `
    oninstall = () => skipWaiting();
    onactivate = (event) => event.waitUntil(clients.claim());
    onfetch = (event) => event.respondWith(fetch(event.request).catch(() =>
      new Response('<h1>You are offline</h1>', { headers: { 'content-type': 'text/html' } })));`;
  const port = await serve((request, response) => {
    const path = request.url as string;
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        `<!doctype html><link rel="icon" href="data:,"><script>navigator.serviceWorker.register('/sw.js')</script>${site.tag()}`,
      );
    } else {
      response
        .writeHead(200, { 'content-type': 'text/javascript' })
        .end(path === '/sw.js' ? WORKER : readScript(path));
    }
  });
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await warmUp(page);
  aws.clear();
  const undo = aws.fail({ drop: 'request', on: 'events' });
  await page.evaluate(() => {
    Object.assign(window, { reported: [] });
    for (const name of ['delivered', 'error'] as const) {
      window.personalize.on(name, () => (window as unknown as { reported: string[] }).reported.push(name));
    }
    window.personalize.track('view', 'a');
  });
  const reported = () => page.evaluate(() => (window as unknown as { reported: string[] }).reported);
  await expect.poll(reported).toEqual(['error']);
  undo();
  await expect.poll(reported).toEqual(['error', 'delivered']);
  expect(itemsOf(aws)).toEqual(['a']);
});
