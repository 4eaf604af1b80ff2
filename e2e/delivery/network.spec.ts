import type { BrowserContext, Page } from '@playwright/test';
import type { Fault } from 'personalize-beacon/local';
import { test } from '../support/console-errors.js';
import { expect, hide, IMMEDIATE_FLUSHES, type Service, show, warmUp } from '../support/fixtures.js';
import { PAST_LEASE_TIMEOUT_MS, setClock, stored } from '../support/visits.js';

declare global {
  interface Window {
    /** Every timer set so far, whether it has run or not. */
    timers: { ms: number; run(): void }[];
    reported: [name: string, itemId: string, reason?: string][];
  }
}

// Backoff waits are multiples of this unit, by which the tests recognise them and shorten them to zero.
const UNIT_MS = 615;

const recordTimers = (unit: number) => {
  const { setTimeout } = window;
  const recordTimer = (run: () => void, ms = 0, ...args: unknown[]) => {
    window.timers.push({ ms, run });
    return setTimeout(run, ms % unit ? ms : 0, ...args);
  };
  window.timers = [];
  window.setTimeout = recordTimer as typeof setTimeout;
  // Half of the first backoff of a second is fixed, the other half random.
  Math.random = () => (unit - 500) / 500;
};

test.beforeEach(({ context }) => context.addInitScript(recordTimers, UNIT_MS));

/** Excludes the renewal of credentials an hour later, which can be a multiple of the unit by chance. */
const backoffs = (page: Page) =>
  page.evaluate(
    (unit) => window.timers.map(({ ms }) => ms).filter((ms) => ms && ms <= 60_000 && ms % unit === 0),
    UNIT_MS,
  );

/** Runs the last timer of this duration. */
const runTimer = (page: Page, ms: number) =>
  page.evaluate((of) => window.timers.findLast((timer) => timer.ms === of)?.run(), ms);

/** Returns how many retries were scheduled a minute later. */
const countMinuteTimers = (page: Page) =>
  page.evaluate(() => window.timers.filter(({ ms }) => ms === 60_000).length);

/** A script that keeps the tracker's events on the page. */
const REPORT_SCRIPT = `<script>
  reported = [];
  personalize.on('delivered', ({ itemId }) => reported.push(['delivered', itemId]));
  personalize.on('rejected', ({ event, reason }) => reported.push(['rejected', event.itemId, reason]));
  personalize.on('error', ({ reason }) => reported.push(['error', '', reason]));
</script>`;

const reported = (page: Page) => page.evaluate(() => window.reported);

const rejected = async (page: Page) => (await reported(page)).filter(([name]) => name === 'rejected').sort();

const record = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
  }, items);

/** Returns distinct items: the service counts identical events of the same instant once. */
const numberedItems = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

/** Uses one task: between two, the shortened waits would let all retries run. */
const deliver = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
    return window.personalize.flush();
  }, items);

const itemsOf = (aws: Service) => aws.counted().map((event) => event.itemId);

/** Closes the page as a visitor does. Resolves when it has closed. */
const close = (page: Page) =>
  Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);

/** Collects the page's failed requests to one address. */
const collectFailed = (page: Page, url: string) => {
  const urls: string[] = [];
  page.on('requestfailed', (request) => {
    if (request.url().startsWith(url)) urls.push(request.url());
  });
  return urls;
};

/** Resolves when the page's database has finished, and a request that follows from it is in flight. */
const waitForStorage = (page: Page) =>
  page.evaluate(async () => {
    // Before, the page would open a database without the tracker's parts.
    await window.personalize.ready;
    await new Promise((resolve) => {
      const open = indexedDB.open('personalize-beacon:demo-tracker');
      open.onsuccess = () => {
        const transaction = open.result.transaction('records', 'readwrite');
        transaction.objectStore('records').count();
        transaction.oncomplete = resolve;
      };
    });
    await fetch('/').catch(() => {});
  });

test('without a network the tracker makes five attempts, and sends everything once it is online', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  const failed = collectFailed(page, aws.url);
  await context.setOffline(true);
  await deliver(page, 'a', 'b', 'c');
  expect(failed).toHaveLength(5);
  await context.setOffline(false);
  await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a', 'b', 'c']);
  expect(aws.acknowledged).toHaveLength(4);
});

test('events of a page that is closed offline arrive on the next visit', {
  tag: '@core',
}, async ({ page, context, aws, site }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  const later = await context.newPage();
  await context.setOffline(true);
  await record(page, 'a', 'b', 'c');
  await close(page);
  await context.setOffline(false);
  // The closed page's last writes may still be in transit to the next page's process.
  const visit = async () => {
    await later.goto(site.url);
    await flush(later);
    return itemsOf(aws).sort();
  };
  await expect.poll(visit).toEqual(['a', 'b', 'c', 'none']);
});

for (const endpoint of ['data-endpoint', 'data-identity-endpoint']) {
  test(`a host in ${endpoint} that does not resolve costs five requests per page, and no event`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    site.add('/', `${site.tag({ [endpoint]: 'http://nowhere.invalid' })}${REPORT_SCRIPT}`);
    site.add('/repaired', site.tag());
    const failed = collectFailed(page, 'http://nowhere.invalid');
    await page.goto(site.url);
    await deliver(page, 'a', 'b', 'c');
    expect(failed.length).toBeGreaterThanOrEqual(5);
    const before = failed.length;
    expect(before).toBeLessThanOrEqual(6); // One more request asks for credentials in advance.
    await record(page, ...numberedItems('more', 30));
    await waitForStorage(page);
    expect(failed).toHaveLength(before);
    expect(await reported(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    await page.goto(`${site.url}/repaired`);
    await flush(page);
    expect(itemsOf(aws)).toHaveLength(33);
  });
}

test('a blocked endpoint is retried once online, once a minute, and once the page becomes visible', async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  const failed = collectFailed(page, aws.url);
  await context.route('**/events', (route) => route.abort('blockedbyclient'));
  await deliver(page, 'a');
  expect(failed).toHaveLength(5);
  expect(await backoffs(page)).toEqual([615, 1230, 2460, 4920]);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => failed.length).toBe(6);
  // The tracker also retries once a minute while the page is visible.
  // One more timer is the timeout of the request for credentials.
  await expect.poll(() => countMinuteTimers(page)).toBeGreaterThan(2);
  await runTimer(page, 60_000);
  await expect.poll(() => failed.length).toBe(7);
  await hide(page);
  await show(page);
  await expect.poll(() => failed.length).toBe(8);
  await waitForStorage(page);
  expect(failed).toHaveLength(8);
  await context.unroute('**/events');
  await hide(page);
  await show(page);
  await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a']);
});

for (const drop of ['request', 'answer'] as const) {
  test(`an event whose ${drop} is cut off is sent again and counted once`, async ({ page, aws, site }) => {
    site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
    await page.goto(site.url);
    await warmUp(page);
    aws.fail({ drop, times: 3 });
    await deliver(page, 'a');
    expect(aws.acknowledged.map((a) => a.event.itemId)).toEqual(
      drop === 'answer' ? ['none', 'a', 'a', 'a', 'a'] : ['none', 'a'],
    );
    expect(itemsOf(aws)).toEqual(['none', 'a']);
    expect(await reported(page)).toEqual([
      ['delivered', 'none'],
      ['delivered', 'a'],
    ]);
  });
}

/** Ignores aborts, as for a request in flight when Firefox puts a page into its back/forward cache. */
const ignoreAborts = () => {
  const { fetch } = window;
  window.fetch = (url, init) => fetch(url, { ...init, signal: null });
};

for (const [on, isAborted] of [
  ['events', true],
  ['events', false],
  ['GetId', true],
  ['GetCredentialsForIdentity', true],
] as const) {
  const what = isAborted ? on : `${on}, ignoring the abort`;
  const whose = on === 'events' ? '' : ' @own';
  test(`a server that never answers (${what}) times out after 30 seconds and is asked again${whose}`, async ({
    page,
    aws,
    site,
  }) => {
    if (!isAborted) await page.addInitScript(ignoreAborts);
    site.add('/', site.tag({ 'data-flush-interval': '0' }));
    aws.fail({ on, stall: true, times: 1 });
    await page.goto(site.url);
    await record(page, 'a');
    await expect.poll(() => aws.requests.filter((r) => r.fault === 'stall').length).toBe(1);
    expect(aws.acknowledged).toEqual([]);
    // Runs the timeout of the one request in flight: the other timeouts have been cleared.
    await page.evaluate(() => window.timers.findLast(({ ms }) => ms === 30_000)?.run());
    await expect.poll(() => itemsOf(aws)).toEqual(['a']);
  });
}

test('a batch is sent again when a fetch() that the page has replaced throws @own', async ({
  page,
  aws,
  site,
}) => {
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (url, init) => {
      if (!`${url}`.endsWith('/events')) return fetch(url, init);
      window.fetch = fetch;
      throw new TypeError('wrapped in haste');
    };
  });
  site.add('/', site.tag());
  await page.goto(site.url);
  await deliver(page, 'a');
  expect(itemsOf(aws)).toEqual(['a']);
});

for (const status of [408, 429, 500, 502, 503, 504]) {
  test(`after status ${status} the backoff doubles up to a minute, and half of it is random`, async ({
    page,
    aws,
    site,
  }) => {
    site.add('/', site.tag());
    await page.goto(site.url);
    await warmUp(page);
    // Chromium itself repeats requests answered with 408, so the number of requests is not checked.
    aws.fail({ status });
    await record(page, 'a', 'b');
    const delivered = flush(page);
    await expect.poll(async () => (await backoffs(page)).length).toBeGreaterThan(7);
    aws.heal();
    await delivered;
    expect((await backoffs(page)).slice(0, 8)).toEqual([615, 1230, 2460, 4920, 9840, 19_680, 36_900, 36_900]);
    expect(itemsOf(aws)).toEqual(['none', 'a', 'b']);
    aws.fail({ status: 503, times: 1 });
    await deliver(page, 'c');
    expect((await backoffs(page)).at(-1)).toBe(615);
  });
}

test('two flushes of an idle period are immediate; later events share a request at the end of the interval', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  const interval = 1_000_000;
  site.add('/', site.tag({ 'data-flush-interval': `${interval}` }));
  await page.goto(site.url);
  for (const item of ['a', 'b']) {
    await record(page, item);
    await expect.poll(() => itemsOf(aws)).toContain(item);
  }
  await record(page, 'c');
  await record(page, 'd');
  await runTimer(page, interval);
  await expect.poll(() => itemsOf(aws)).toEqual(['a', 'b', 'c', 'd']);
  // Events came in this interval, so it was not idle.
  await record(page, 'e');
  await waitForStorage(page);
  expect(itemsOf(aws)).not.toContain('e');
  await runTimer(page, interval);
  await expect.poll(() => itemsOf(aws)).toContain('e');
  // No events came in this interval.
  await runTimer(page, interval);
  for (const item of ['f', 'g']) {
    await record(page, item);
    await expect.poll(() => itemsOf(aws)).toContain(item);
  }
  expect(aws.calls('/events').map((r) => r.eventCount)).toEqual([1, 1, 2, 1, 1, 1]);
});

test('an interval with only unsendable events counts as idle', async ({ page, aws, site }) => {
  const interval = 1_000_000;
  site.add(
    '/',
    site.tag({ 'data-flush-interval': `${interval}`, 'data-action-tracking-id': 'demo-action-tracker' }),
  );
  await page.goto(site.url);
  aws.fail({ on: 'actions', status: 403, type: 'AccessDeniedException' });
  await page.evaluate(() => {
    window.personalize.trackAction('Viewed', 'join');
    return window.personalize.flush();
  });
  await warmUp(page);
  await page.evaluate(() => window.personalize.trackAction('Viewed', 'leave'));
  await runTimer(page, interval);
  await record(page, 'a');
  await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a']);
});

const RETRY_AFTER: Fault = { status: 429, retryAfter: 77, exposeRetryAfter: true, times: 1 };

/** Triggers every retry reason except elapsed time and flush(). */
const triggerRetries = async (page: Page) => {
  await hide(page);
  await show(page);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await record(page, ...numberedItems('more', 10));
  await hide(page);
  await waitForStorage(page);
};

test('nothing is sent before Retry-After has passed', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', site.tag({ 'data-flush-interval': '0' }));
  await page.goto(site.url);
  await warmUp(page);
  aws.clear();
  aws.fail(RETRY_AFTER);
  await record(page, 'a');
  await expect
    .poll(() => page.evaluate(() => window.timers.some(({ ms }) => ms >= 77_000 && ms <= 84_700)))
    .toBe(true);
  await triggerRetries(page);
  expect(aws.calls('/events')).toHaveLength(1);
  await page.evaluate(() => window.timers.find(({ ms }) => ms >= 77_000 && ms <= 84_700)?.run());
  await expect.poll(() => itemsOf(aws)).toHaveLength(11);
});

test('nothing is sent before the Retry-After of half a batch has passed', async ({ page, aws, site }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  aws.clear();
  aws.fail({ status: 400, type: 'InvalidInputException', times: 1 });
  aws.fail(RETRY_AFTER);
  await record(page, 'a', 'b');
  await hide(page);
  await expect
    .poll(() => page.evaluate(() => window.timers.some(({ ms }) => ms >= 77_000 && ms <= 84_700)))
    .toBe(true);
  await triggerRetries(page);
  expect(aws.calls('/events').map((r) => r.status)).toEqual([400, 429]);
  await page.evaluate(() => window.timers.find(({ ms }) => ms >= 77_000 && ms <= 84_700)?.run());
  await expect.poll(() => itemsOf(aws)).toHaveLength(12);
});

test('nothing is sent before Retry-After has passed, even if another request of a tab switch succeeds', async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
  aws.fail(RETRY_AFTER);
  await page.evaluate(() => {
    window.personalize.track('view', 'anonymous');
    window.personalize.identify('ann');
    window.personalize.track('view', 'as-ann');
  });
  await hide(page);
  await expect
    .poll(() =>
      aws
        .calls('/events')
        .map((r) => r.status)
        .sort(),
    )
    .toEqual([200, 429]);
  await expect.poll(() => reported(page)).toHaveLength(IMMEDIATE_FLUSHES + 1);
  await show(page);
  await triggerRetries(page);
  expect(aws.calls('/events')).toHaveLength(2);
});

test('a refused batch is split, and only the invalid event is rejected', { tag: '@core' }, async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  await page.goto(site.url);
  aws.fail({ refuseItem: 'bad' });
  await deliver(page, 'a', 'b', 'c', 'bad', 'd', 'e', 'f');
  expect(itemsOf(aws).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(await rejected(page)).toEqual([
    ['rejected', 'bad', "400 InvalidInputException Item 'bad' is refused."],
  ]);
  aws.heal();
  await page.reload();
  await deliver(page, 'g');
  expect(itemsOf(aws)).not.toContain('bad');
  expect(consoleErrors).toEqual([]);
});

test('a batch that is too large is split, and a single event that is too large is rejected', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  await page.goto(site.url);
  await warmUp(page);
  // The faults meet all four events, then the first two, then the first.
  aws.fail({ status: 413, message: 'Too large', times: 3 });
  await deliver(page, 'a', 'b', 'c', 'd');
  expect(itemsOf(aws)).toEqual(['none', 'b', 'c', 'd']);
  expect(await rejected(page)).toEqual([['rejected', 'a', '413 Too large']]);
});

for (const [what, invalidate, asked] of [
  ['they have expired', (aws) => aws.expireCredentials(), { GetId: 1, GetCredentialsForIdentity: 2 }],
  ['they are revoked', (aws) => aws.revokeCredentials(), { GetId: 1, GetCredentialsForIdentity: 2 }],
  [
    'their identity is deleted',
    (aws) => {
      aws.deleteIdentities();
      aws.revokeCredentials();
    },
    // The new identity takes one more of each.
    { GetId: 2, GetCredentialsForIdentity: 3 },
  ],
] as [string, (aws: Service) => void, Record<'GetId' | 'GetCredentialsForIdentity', number>][]) {
  // The SDK's own provider keeps asking for its first identity.
  const whose = asked.GetId > 1 ? ' @own' : '';
  test(`credentials are renewed once if ${what}, and the batch is sent again${whose}`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    site.add('/', site.tag());
    await page.goto(site.url);
    await warmUp(page);
    invalidate(aws);
    await deliver(page, ...numberedItems('item', 12));
    expect(itemsOf(aws)).toHaveLength(13);
    expect(aws.calls('/events').map((r) => r.status)).toEqual([200, 403, 200, 200]);
    expect({
      GetId: aws.calls('GetId').length,
      GetCredentialsForIdentity: aws.calls('GetCredentialsForIdentity').length,
    }).toEqual(asked);
    expect(consoleErrors).toEqual([]);
  });
}

const BUSY: Fault = { on: 'cognito', status: 400, type: 'TooManyRequestsException' };

test('throttled renewal of credentials is retried with a growing backoff', async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  aws.expireCredentials();
  aws.fail({ ...BUSY, times: 4 });
  await deliver(page, 'a');
  expect(itemsOf(aws)).toEqual(['none', 'a']);
  expect(await backoffs(page)).toEqual([615, 1230, 2460, 4920]);
  expect(consoleErrors).toEqual([]);
});

for (const [what, fault, operation] of [
  ['is throttled with 400', BUSY, 'GetId'],
  ['is throttled with 429', { ...BUSY, status: 429 }, 'GetId'],
  ['is throttled for credentials', { ...BUSY, on: 'GetCredentialsForIdentity' }, 'GetCredentialsForIdentity'],
  ['is down', { on: 'cognito', status: 503 }, 'GetId'],
] as [string, Fault, 'GetId' | 'GetCredentialsForIdentity'][]) {
  test(`while Cognito ${what}, events wait, and each attempt costs one request`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
    aws.fail({ ...fault, times: 5 });
    await page.goto(site.url);
    await deliver(page, ...numberedItems('item', 30));
    expect(itemsOf(aws)).toHaveLength(30);
    expect(aws.calls(operation).map((r) => r.status)).toEqual([...Array(5).fill(fault.status), 200]);
    expect(aws.calls('/events')).toHaveLength(3);
    expect((await reported(page)).every(([name]) => name === 'delivered')).toBe(true);
    expect(consoleErrors).toEqual([]);
  });
}

for (const [what, fault, message] of [
  [
    'the role lacks the permission',
    { status: 403, type: 'AccessDeniedException', message: 'Not authorized' },
    /403 AccessDeniedException Not authorized .*grant the role this action on Resource "\*"/,
  ],
  ['the tracker does not exist', { status: 404, type: 'ResourceNotFoundException' }, /check trackingId/],
  [
    'the pool has no guest access',
    { on: 'cognito', status: 400, type: 'NotAuthorizedException' },
    /allow guest access/,
  ],
  [
    'the pool does not exist',
    { on: 'cognito', status: 400, type: 'ResourceNotFoundException' },
    /check .*identityPoolId/,
  ],
  [
    'the pool has no role',
    {
      on: 'GetCredentialsForIdentity',
      status: 400,
      type: 'InvalidIdentityPoolConfigurationException',
      message: 'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    },
    /Check assigned IAM roles/,
  ],
  ['Cognito refuses access', { on: 'cognito', status: 403 }, /403/],
] as [string, Fault, RegExp][]) {
  test(`when ${what}, sending stops, the console shows the reason once, and no event is lost`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
    aws.fail(fault);
    await page.goto(site.url);
    await deliver(page, 'a', 'b', 'c');
    const faultyRequests = () => aws.requests.filter((r) => r.fault).length;
    const before = faultyRequests();
    await triggerRetries(page);
    await flush(page);
    expect(faultyRequests()).toBe(before);
    const reason = expect.stringMatching(message);
    expect(consoleErrors).toEqual([reason]);
    expect(await reported(page)).toEqual([['error', '', reason]]);
    aws.heal();
    await page.reload();
    await flush(page);
    expect(itemsOf(aws)).toHaveLength(13);
    expect(consoleErrors).toHaveLength(1);
  });
}

/** Opens a later page whose clock and the service's are this many days ahead. */
const visitAfter = async (days: number, context: BrowserContext, aws: Service, url: string) => {
  const ms = days * 86_400_000;
  await Promise.all(context.pages().map(close));
  aws.skew(ms);
  const page = await context.newPage();
  await page.addInitScript((ms) => {
    const { now } = Date;
    Date.now = () => now() + ms;
  }, ms);
  await page.goto(url);
  return page;
};

test('events that wait for a configuration fix are rejected after a day', async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  aws.fail({ status: 403, type: 'AccessDeniedException' });
  await page.goto(site.url);
  await deliver(page, 'a', 'b');
  const soon = await visitAfter(0.9, context, aws, site.url);
  await flush(soon);
  expect((await reported(soon)).map(([name]) => name)).toEqual(['error']);
  const later = await visitAfter(1.1, context, aws, site.url);
  await record(later, 'c');
  await flush(later);
  expect(await rejected(later)).toEqual([
    ['rejected', 'a', expect.stringContaining('24 hours')],
    ['rejected', 'b', expect.stringContaining('24 hours')],
  ]);
  aws.heal();
  aws.skew(1.1 * 86_400_000);
  await flush(await visitAfter(1.1, context, aws, site.url));
  expect(itemsOf(aws)).toEqual(['c']);
});

test('events that have waited for a week are rejected', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  aws.fail({ on: 'cognito', status: 503 });
  await page.goto(site.url);
  await record(page, 'a', 'b');
  await waitForStorage(page);
  await waitForStorage(await visitAfter(6.9, context, aws, site.url));
  const later = await visitAfter(7.1, context, aws, site.url);
  await record(later, 'c');
  await expect.poll(() => reported(later)).toHaveLength(2);
  expect(await rejected(later)).toEqual([
    ['rejected', 'a', expect.stringContaining('168 hours')],
    ['rejected', 'b', expect.stringContaining('168 hours')],
  ]);
  aws.heal();
  aws.skew(7.1 * 86_400_000);
  await flush(later);
  expect(itemsOf(aws)).toEqual(['c']);
});

test('at most a thousand events wait; the oldest are rejected', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  await page.goto(site.url);
  await warmUp(page);
  await context.setOffline(true);
  const items = numberedItems('item', 1100);
  await record(page, ...items.slice(0, 1000));
  await waitForStorage(page);
  expect(await reported(page)).toEqual([['delivered', 'none']]);
  await record(page, ...items.slice(1000));
  await waitForStorage(page);
  const dropped = (await reported(page)).slice(1);
  expect(dropped.length).toBeGreaterThanOrEqual(100);
  expect(dropped.length).toBeLessThanOrEqual(300);
  expect(new Set(dropped.map(([name, , reason]) => `${name}: ${reason}`))).toEqual(
    new Set(['rejected: over 1000 events or 1 MB wait']),
  );
  await context.setOffline(false);
  await flush(page);
  const lost = dropped.map(([, item]) => item);
  expect(lost.sort()).toEqual(items.slice(0, lost.length).sort());
  expect(itemsOf(aws).slice(1)).toEqual(items.slice(lost.length));
});

test('at most a megabyte of events waits; the oldest are rejected', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  await page.goto(site.url);
  await warmUp(page);
  await context.setOffline(true);
  const items = numberedItems('item', 450);
  await page.evaluate((items) => {
    const text = '-'.repeat(900);
    const details = {
      properties: { text },
      metricAttribution: { eventAttributionSource: text },
      impression: Array.from({ length: 25 }, (_, n) => `${n}`.padEnd(38, '-')),
    };
    for (const item of items) window.personalize.track('view', item, details);
  }, items);
  await waitForStorage(page);
  const dropped = (await reported(page)).slice(1);
  expect(dropped.every(([name, , reason]) => name === 'rejected' && /1 MB/.test(reason as string))).toBe(
    true,
  );
  await context.setOffline(false);
  await flush(page);
  const kept = aws.counted().slice(1);
  expect(kept.map((event) => event.itemId)).toEqual(items.slice(dropped.length));
  const size = JSON.stringify(kept).length;
  expect(size).toBeLessThan(1_050_000);
  expect(size).toBeGreaterThan(700_000);
});

test('at most a thousand events wait in all tabs together', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${REPORT_SCRIPT}`);
  await page.goto(site.url);
  await warmUp(page);
  const other = await context.newPage();
  await other.goto(site.url);
  await warmUp(other);
  await context.setOffline(true);
  const [older, newer] = [numberedItems('older', 600), numberedItems('newer', 600)];
  await record(page, ...older);
  await waitForStorage(page);
  await record(other, ...newer);
  await waitForStorage(other);
  await expect.poll(async () => (await reported(other)).length).toBeGreaterThan(200);
  const dropped = (await rejected(other)).map(([, item]) => item);
  await expect.poll(() => stored(other)).toBeLessThanOrEqual(1000);
  const later = await context.newPage();
  await Promise.all([page, other].map(close));
  await context.setOffline(false);
  // A closed tab may not have released its events, or may live on and send events that the other tab rejected.
  await setClock(later, PAST_LEASE_TIMEOUT_MS);
  await later.goto(site.url);
  await expect
    .poll(
      async () => {
        await hide(later);
        await show(later);
        await flush(later);
        const arrived = itemsOf(aws).filter((item) => item !== 'none');
        return new Set([...arrived, ...dropped]).size;
      },
      // Over a hundred requests, one after the other.
      { timeout: 60_000 },
    )
    .toBe(1200);
  expect(dropped.every((item) => older.includes(item))).toBe(true);
});
