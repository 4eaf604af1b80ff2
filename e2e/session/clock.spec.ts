import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, IMMEDIATE_FLUSHES, type Service, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

declare global {
  interface Window {
    /** Sets the visitor's clock off by this many milliseconds. */
    setClock(ms: number): void;
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 8766 * HOUR;

const installClock = (initially: number) => {
  const { now } = Date;
  let offsetMs = initially;
  window.setClock = (ms) => {
    offsetMs = ms;
  };
  class VisitorsDate extends Date {
    constructor(...given: [number]) {
      super(...(given.length ? given : ([VisitorsDate.now()] as [number])));
    }
    static override now() {
      return now() + offsetMs;
    }
  }
  window.Date = VisitorsDate as DateConstructor;
};

const setClock = (page: Page, ms: number) => page.evaluate((ms) => window.setClock(ms), ms);

const track = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
  }, items);

const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

/** The `Date` header has whole seconds, and the tracker ignores offsets of up to ten seconds. */
const TOLERANCE_S = 15;

/** Asserts that exactly these items are counted, with times within the tolerance. */
const expectTrueTimes = (aws: Service, ...items: string[]) => {
  const counted = aws.counted().map((event) => event.itemId);
  expect(counted.sort()).toEqual(items.sort());
  for (const { event, receivedAt } of aws.acknowledged)
    expect(Math.abs(event.sentAt - receivedAt / 1000), event.itemId).toBeLessThan(TOLERANCE_S);
};

const OFFSETS: [what: string, ms: number][] = [
  ['seven minutes ahead', 7 * MINUTE],
  ['seven minutes behind', -7 * MINUTE],
  ['five hours ahead', 5 * HOUR],
  ['five hours behind', -5 * HOUR],
  ['three years ahead', 3 * YEAR],
  ['three years behind', -3 * YEAR],
];

/** Returns a page with credentials of its own, so that the first batch gets the first answer. */
const ownCredentials = (aws: Service) => {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = aws.issueCredentials();
  const credentials = JSON.stringify({ accessKeyId, secretAccessKey, sessionToken });
  return `<script src="/personalize.js"></script><script>
    asked = 0;
    personalize.init({
      trackingId: 'demo-tracker', region: 'us-east-1', endpoint: '${aws.url}',
      credentials: async () => (asked++, { ...${credentials}, expiration: new Date(${+expiration}) }),
    });
  </script>`;
};

for (const [what, ms] of OFFSETS) {
  test(`a clock ${what} is corrected by the first answer, and the batch is sent again`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    await page.addInitScript(installClock, ms);
    site.add('/', ownCredentials(aws));
    await page.goto(site.url);
    await track(page, 'a', 'b');
    await flush(page);
    expect(aws.calls('/events').map((r) => r.errorType ?? r.status)).toEqual([
      'InvalidSignatureException',
      200,
    ]);
    expectTrueTimes(aws, 'a', 'b');
    expect(consoleErrors).toEqual([]);
  });

  test(`a clock ${what} is known on the next visit, and credentials expire by the true time`, async ({
    page,
    aws,
    site,
  }) => {
    await page.addInitScript(installClock, ms);
    site.add('/', site.tag());
    await page.goto(site.url);
    await track(page, 'a');
    await flush(page);
    await page.reload();
    await track(page, 'b');
    await flush(page);
    expectTrueTimes(aws, 'a', 'b');
    expect(aws.calls('/events').map((r) => r.status)).toEqual([200, 200]);
    expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(1);
  });

  test(`events before and after the clock is set ${what} during a visit have the true time`, async ({
    page,
    aws,
    site,
  }) => {
    await page.addInitScript(installClock, 0);
    site.add('/', site.tag(LONG_FLUSH_INTERVAL));
    await page.goto(site.url);
    await warmUp(page, IMMEDIATE_FLUSHES);
    await track(page, 'before');
    await setClock(page, ms);
    await track(page, 'after');
    await flush(page);
    expectTrueTimes(aws, 'none', 'none', 'before', 'after');
    expect(new Set(aws.acknowledged.slice(IMMEDIATE_FLUSHES).map((a) => a.requestId)).size).toBe(1);
  });

  test(`queued events have the true time when a clock ${what} is corrected before the next visit`, async ({
    page,
    context,
    aws,
    site,
  }) => {
    await page.addInitScript(installClock, ms);
    site.add('/', site.tag());
    await page.goto(site.url);
    await track(page, 'a');
    await flush(page);
    aws.fail({ status: 503 });
    await track(page, 'b');
    await page.goto('about:blank');
    aws.heal();
    const later = await context.newPage();
    await later.goto(site.url);
    await track(later, 'c');
    await flush(later);
    expectTrueTimes(aws, 'a', 'b', 'c');
  });
}

test("a page's credentials are requested again only when they have expired by the true time", async ({
  page,
  aws,
  site,
}) => {
  await page.addInitScript(installClock, 2 * HOUR);
  site.add('/', ownCredentials(aws));
  await page.goto(site.url);
  await track(page, 'a');
  await flush(page);
  const asked = await page.evaluate('asked');
  await track(page, 'b');
  await flush(page);
  await track(page, 'c');
  await flush(page);
  expect(await page.evaluate('asked')).toBe(asked);
  expectTrueTimes(aws, 'a', 'b', 'c');
});

test('a cached answer does not change the clock offset', async ({ page, aws, site, serve }) => {
  const port = await serve((request, response) => {
    response.setHeader('cache-control', 'public, max-age=31536000');
    if (request.method !== 'GET') return aws.handler(request, response);
    response.setHeader('date', new Date(Date.now() - YEAR).toUTCString());
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'Date');
    response.end('{}');
  });
  const url = `http://127.0.0.1:${port}`;
  const tag = site.tag({ 'data-endpoint': url, 'data-identity-endpoint': url });
  site.add(
    '/',
    `${tag}<script>cached = Promise.all(['/', '/events'].map((path) => fetch('${url}' + path)))</script>`,
  );
  for (const [visit, skew] of [HOUR, 0, -HOUR].entries()) {
    aws.skew(skew);
    await page.goto(site.url);
    await page.evaluate('cached');
    await track(page, `item-${visit}`);
    await flush(page);
    expect(Math.abs((aws.acknowledged.at(-1)?.event.sentAt ?? 0) - (Date.now() + skew) / 1000)).toBeLessThan(
      TOLERANCE_S,
    );
  }
  expect(aws.counted()).toHaveLength(3);
});

test('a device that slept keeps its clock offset', { tag: '@core' }, async ({ page, aws, site }) => {
  await page.addInitScript(installClock, HOUR);
  // During sleep `performance.now()` stands still, and `Date.now()` does not.
  await page.addInitScript(() => {
    const now = performance.now.bind(performance);
    let slept = 0;
    Object.assign(window, {
      sleep(ms: number) {
        slept += ms;
      },
    });
    performance.now = () => now() - slept;
  });
  site.add('/', site.tag());
  await page.goto(site.url);
  await track(page, 'a');
  await flush(page);
  await page.evaluate('sleep(600000)');
  await track(page, 'b');
  await flush(page);
  expectTrueTimes(aws, 'a', 'b');
  expect(aws.calls('/events').map((r) => r.status)).toEqual([200, 200]);
});

/** Clocks that the tracker recognises as wrong without an answer. */
const ABSURD: [what: string, ms: number][] = [
  ['in 2019', Date.UTC(2019, 0, 1) - Date.now()],
  ['in 2035', Date.UTC(2035, 0, 1) - Date.now()],
];

for (const [what, ms] of ABSURD) {
  test(`session and events keep their true age when a clock ${what} is corrected`, async ({
    page,
    context,
    aws,
    site,
  }) => {
    await page.addInitScript(installClock, ms);
    site.add('/', site.tag());
    aws.fail({ status: 503 });
    aws.fail({ on: 'cognito', status: 503 });
    await page.goto(site.url);
    const session = await page.evaluate(() => window.personalize.ready);
    await track(page, 'a');
    await page.goto('about:blank');
    aws.heal();
    const later = await context.newPage();
    await later.goto(site.url);
    expect(await later.evaluate(() => window.personalize.ready)).toBe(session);
    await flush(later);
    expectTrueTimes(aws, 'a');
    // The session does not last as long as the clock was ahead.
    const month = 31 * 24 * HOUR;
    const last = await context.newPage();
    await last.addInitScript(installClock, month);
    await last.goto(site.url);
    expect(await last.evaluate(() => window.personalize.ready)).not.toBe(session);
  });
}
