import type { BrowserContext, Page } from '@playwright/test';
import { expect, IMMEDIATE_FLUSHES, type Service, test, warmUp } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';
import {
  arrived,
  counted,
  crash,
  flush,
  items,
  LONG_FLUSH_INTERVAL,
  PAST_LEASE_TIMEOUT_MS,
  record,
  setClock,
  stored,
  whenIdle,
  withoutFetchLater,
} from '../support/visits.js';

/** Opens a page and loads credentials, without which the tracker schedules no fetchLater() request. */
const open = async (page: Page, aws: Service, url: string) => {
  await page.goto(url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
};

/**
 * Crashes the page. Resolves when the browser has sent its fetchLater() requests: the test's own, scheduled last,
 * arrives.
 */
const crashAndWait = async (page: Page, serve: Serve) => {
  // The tracker schedules its requests in idle time.
  await whenIdle(page);
  let isSent = false;
  const port = await serve((_, response) => {
    isSent = true;
    response.end();
  });
  await page.evaluate((url) => {
    // @ts-expect-error: not in the types of the DOM yet
    fetchLater(url, { method: 'POST' });
  }, `http://127.0.0.1:${port}`);
  await crash(page);
  await expect.poll(() => isSent).toBe(true);
};

const visitLater = async (context: BrowserContext, url: string) => {
  const later = await context.newPage();
  await setClock(later, PAST_LEASE_TIMEOUT_MS);
  await later.goto(url);
  await flush(later);
};

test('events recorded in the moment before a crash arrive without another visit', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await whenIdle(page);
  await crash(page);
  await expect.poll(() => counted(aws)).toEqual(items(5));
  expect(aws.acknowledged.map((a) => a.form)).toEqual(Array(5).fill('query'));
});

test('later events are also handed to fetchLater(), in one request with the earlier ones', async ({
  page,
  aws,
  site,
  serve,
}) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  for (const item of items(5)) await record(page, item);
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual(items(5));
  expect(aws.calls('/events')).toHaveLength(1);
});

/** Counts the page's calls of fetchLater(). Returns a function that reads the count. */
const countFetchLater = async (page: Page) => {
  await page.evaluate(() => {
    const own = window as unknown as { fetchLater(...of: unknown[]): unknown; fetchLaterCalls: number };
    const { fetchLater } = own;
    own.fetchLaterCalls = 0;
    own.fetchLater = (...of) => {
      own.fetchLaterCalls++;
      return fetchLater(...of);
    };
  });
  return () => page.evaluate(() => (window as unknown as { fetchLaterCalls: number }).fetchLaterCalls);
};

test('an unchanged batch is handed to fetchLater() once', async ({ page, aws, site, serve }) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  const fetchLaterCalls = await countFetchLater(page);
  const [first, ...others] = items(10, 'a') as [string, ...string[]];
  // The service refuses the event and asks for a long wait, so later events queue up.
  aws.fail({ status: 503, retryAfter: 60, exposeRetryAfter: true, times: 1 });
  await page.evaluate((item) => {
    window.personalize.track('click', item);
    window.personalize.flush();
  }, first);
  await expect.poll(fetchLaterCalls).toBe(1);
  await record(page, ...others);
  await expect.poll(fetchLaterCalls).toBe(2);
  await record(page, ...items(3, 'b'));
  await expect.poll(fetchLaterCalls).toBe(3);
  await crashAndWait(page, serve);
  await expect.poll(() => counted(aws)).toEqual([...items(10, 'a'), ...items(3, 'b')]);
});

test('events are handed to fetchLater() in idle time, together and not in their own task', async ({
  page,
  aws,
  site,
}) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  await countFetchLater(page);
  const callsByTime = await page.evaluate(async () => {
    const own = window as unknown as { fetchLaterCalls: number };
    for (const item of ['one', 'two', 'three']) window.personalize.track('click', item);
    const idle = new Promise<number>((resolve) =>
      requestIdleCallback(() => resolve(own.fetchLaterCalls), { timeout: 2000 }),
    );
    return [own.fetchLaterCalls, await Promise.resolve().then(() => own.fetchLaterCalls), await idle];
  });
  expect(callsByTime).toEqual([0, 0, 1]);
});

test('delivery cancels the fetchLater() request, so a crash sends no duplicates', {
  tag: '@core',
}, async ({ page, aws, site, serve }) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  await record(page, ...items(5, 'delivered'));
  await flush(page);
  await record(page, ...items(5, 'waiting'));
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual([...items(5, 'delivered'), ...items(5, 'waiting')]);
});

test('a beacon cancels the fetchLater() request of its events', async ({ page, aws, site, serve }) => {
  site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual(items(5));
});

test('the browser keeps what fits into its fetchLater() quota, and the next visit sends the rest', async ({
  page,
  context,
  aws,
  site,
  serve,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  // An unavailable service lets the events queue up.
  aws.fail({ stall: true, times: 1 });
  const large = items(50);
  await page.evaluate((all) => {
    const text = '-'.repeat(900);
    const details = {
      properties: { text },
      metricAttribution: { eventAttributionSource: text },
      impression: Array.from({ length: 25 }, (_, n) => `${n}`.padEnd(38, '-')),
    };
    for (const item of all) window.personalize.track('click', item, details);
  }, large);
  await expect.poll(() => aws.calls('/events').length).toBe(1);
  await crashAndWait(page, serve);
  await expect.poll(() => aws.acknowledged.length).toBeGreaterThan(0);
  expect(counted(aws).length).toBeLessThan(large.length);
  expect(errors).toEqual([]);
  aws.heal();
  await visitLater(context, site.url);
  expect(counted(aws)).toEqual(large);
});

test('without fetchLater(), the next visit sends the events of a crashed page', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await expect.poll(() => stored(page)).toBe(5);
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(items(5));
});

/** Runs `act` and blocks the page in the same task, so no database callback runs, until `count` events are stored. */
const busyUntilStored = async (
  page: Page,
  { context, url, count }: { context: BrowserContext; url: string; count: number },
  act: () => unknown,
) => {
  const other = await context.newPage();
  await other.goto(`${url}/other`);
  const busy = page.evaluate(async (code) => {
    await new Function(`return (${code})()`)();
    for (const end = Date.now() + 10_000; !document.cookie && Date.now() < end; ) await null;
    return document.cookie;
  }, `${act}`);
  await expect.poll(() => stored(other)).toBe(count);
  await context.addCookies([{ name: 'stored', value: '1', url }]);
  expect(await busy).toBe('stored=1');
};

test('events are stored while the page is still busy, and survive a crash', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  site.add('/other', '<h1>other</h1>');
  await open(page, aws, site.url);
  await busyUntilStored(page, { context, url: site.url, count: 1 }, () =>
    window.personalize.track('click', 'one'),
  );
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(['one']);
});

test('an event sent at once is handed to fetchLater() only when its request fails @own', async ({
  page,
  aws,
  site,
  serve,
}) => {
  site.add('/', site.tag({ 'data-flush-interval': '0' }));
  await open(page, aws, site.url);
  const fetchLaterCalls = await countFetchLater(page);
  await record(page, 'one');
  await expect.poll(() => arrived(aws)).toEqual(['one']);
  await flush(page);
  expect(await fetchLaterCalls()).toBe(0);
  aws.fail({ status: 503, retryAfter: 60, exposeRetryAfter: true, times: 1 });
  await record(page, 'two');
  await expect.poll(fetchLaterCalls).toBe(1);
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual(['one', 'two']);
});

test('delivered events are removed from storage while the page is still busy, so a crash causes no duplicates', async ({
  page,
  context,
  aws,
  site,
}) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  site.add('/other', '<h1>other</h1>');
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await expect.poll(() => stored(page)).toBe(5);
  await busyUntilStored(page, { context, url: site.url, count: 0 }, () => window.personalize.flush());
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(items(5));
});

test('events delivered before a crash are not sent again by the next visit', { tag: '@core' }, async ({
  page,
  context,
  aws,
  site,
}) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await flush(page);
  await expect.poll(() => stored(page)).toBe(0);
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(items(5));
});
