import type { BrowserContext, Page } from '@playwright/test';
import { expect, PROMPT_SENDS, type Service, test, warmUp } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';
import {
  ABANDONED_MS,
  arrived,
  counted,
  crash,
  flush,
  items,
  PATIENT,
  record,
  setClock,
  stored,
  withoutFetchLater,
} from '../support/visits.js';

/** Credentials in memory: from now on the page has something to arm with. */
const open = async (page: Page, aws: Service, url: string) => {
  await page.goto(url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
};

/** Crashes, and resolves when what was left with the browser has been sent: a note of the test's own, left last, is. */
const crashAndWait = async (page: Page, serve: Serve) => {
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
  await setClock(later, ABANDONED_MS);
  await later.goto(url);
  await flush(later);
};

test('what was recorded right before a crash arrives without another visit', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await crash(page);
  await expect.poll(() => counted(aws)).toEqual(items(5));
  expect(aws.accepted.map((a) => a.form)).toEqual(Array(5).fill('query'));
});

test('what has come since is left with the browser, too, in one request with the rest', async ({
  page,
  aws,
  site,
  serve,
}) => {
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  for (const item of items(5)) await record(page, item);
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual(items(5));
  expect(aws.calls('/events')).toHaveLength(1);
});

/** Counts what the page leaves with the browser from now on; returns what tells how often it has. */
const countLeft = async (page: Page) => {
  await page.evaluate(() => {
    const own = window as unknown as { fetchLater(...of: unknown[]): unknown; left: number };
    const { fetchLater } = own;
    own.left = 0;
    own.fetchLater = (...of) => {
      own.left++;
      return fetchLater(...of);
    };
  });
  return () => page.evaluate(() => (window as unknown as { left: number }).left);
};

test('what has not changed is left with the browser once', async ({ page, aws, site, serve }) => {
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  const left = await countLeft(page);
  const [first, ...others] = items(10, 'a') as [string, ...string[]];
  // Refused, and not to be sent again soon: what follows waits.
  aws.fail({ status: 503, retryAfter: 60, exposeRetryAfter: true, times: 1 });
  await page.evaluate((item) => {
    window.personalize.track('click', item);
    window.personalize.flush();
  }, first);
  await expect.poll(left).toBe(1);
  await record(page, ...others);
  await expect.poll(left).toBe(2);
  await record(page, ...items(3, 'b'));
  await expect.poll(left).toBe(3);
  await crashAndWait(page, serve);
  await expect.poll(() => counted(aws)).toEqual([...items(10, 'a'), ...items(3, 'b')]);
});

test('it is left with the browser in the next task, before others that wait', async ({ page, aws, site }) => {
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  await countLeft(page);
  const leftWhen = await page.evaluate(async () => {
    const own = window as unknown as { left: number };
    const later = new Promise<number>((resolve) => setTimeout(() => resolve(own.left)));
    window.personalize.track('click', 'one');
    return [own.left, await Promise.resolve().then(() => own.left), await later];
  });
  expect(leftWhen).toEqual([0, 0, 1]);
});

test('what was delivered is taken back from the browser: a crash repeats none of it', {
  tag: '@core',
}, async ({ page, aws, site, serve }) => {
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  await record(page, ...items(5, 'delivered'));
  await flush(page);
  await record(page, ...items(5, 'waiting'));
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual([...items(5, 'delivered'), ...items(5, 'waiting')]);
});

test('what a beacon takes is taken back from the browser', async ({ page, aws, site, serve }) => {
  site.add('/', `${site.tag(PATIENT)}<a href="/next">go</a>`);
  site.add('/next', '<h1>next</h1>');
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await page.getByText('go').click();
  await page.waitForURL('**/next');
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual(items(5));
});

test('the browser keeps as much as it has room for, and the next visit brings the rest', async ({
  page,
  context,
  aws,
  site,
  serve,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  // A service that is out of order lets them pile up.
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
  await expect.poll(() => aws.accepted.length).toBeGreaterThan(0);
  expect(counted(aws).length).toBeLessThan(large.length);
  expect(errors).toEqual([]);
  aws.heal();
  await visitLater(context, site.url);
  expect(counted(aws)).toEqual(large);
});

test('where the browser has no fetchLater, the next visit brings what a crash left', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await expect.poll(() => stored(page)).toBe(5);
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(items(5));
});

/** Does `act` in a page and keeps it busy, in one task that hears no answer of the database's, until `count` are stored. */
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

test('what is recorded is stored while the page is still busy, and a crash then loses none of it', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(PATIENT));
  site.add('/other', '<h1>other</h1>');
  await open(page, aws, site.url);
  await busyUntilStored(page, { context, url: site.url, count: 1 }, () =>
    window.personalize.track('click', 'one'),
  );
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(['one']);
});

test('what is sent at once is left with the browser only when its request fails @own', async ({
  page,
  aws,
  site,
  serve,
}) => {
  site.add('/', site.tag({ 'data-flush-interval': '0' }));
  await open(page, aws, site.url);
  const left = await countLeft(page);
  await record(page, 'one');
  await expect.poll(() => arrived(aws)).toEqual(['one']);
  await flush(page);
  expect(await left()).toBe(0);
  aws.fail({ status: 503, retryAfter: 60, exposeRetryAfter: true, times: 1 });
  await record(page, 'two');
  await expect.poll(left).toBe(1);
  await crashAndWait(page, serve);
  await expect.poll(() => arrived(aws)).toEqual(['one', 'two']);
});

test('what is answered is removed while the page is still busy, and a crash then repeats none of it', async ({
  page,
  context,
  aws,
  site,
}) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(PATIENT));
  site.add('/other', '<h1>other</h1>');
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await expect.poll(() => stored(page)).toBe(5);
  await busyUntilStored(page, { context, url: site.url, count: 0 }, () => window.personalize.flush());
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(items(5));
});

test('what was delivered before a crash is not sent again by the next visit', { tag: '@core' }, async ({
  page,
  context,
  aws,
  site,
}) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(PATIENT));
  await open(page, aws, site.url);
  await record(page, ...items(5));
  await flush(page);
  await expect.poll(() => stored(page)).toBe(0);
  await crash(page);
  await visitLater(context, site.url);
  expect(arrived(aws)).toEqual(items(5));
});
