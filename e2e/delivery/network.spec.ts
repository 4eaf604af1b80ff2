import type { BrowserContext, Page } from '@playwright/test';
import type { Fault } from '../../demo/local-aws/faults.js';
import { test } from '../support/console-errors.js';
import { expect, hide, PROMPT_SENDS, type Service, show, warmUp } from '../support/fixtures.js';
import { ABANDONED_MS, setClock, stored } from '../support/visits.js';

declare global {
  interface Window {
    /** Every timer set, whether it has run or not. */
    timers: { ms: number; run(): void }[];
    heard: [name: string, itemId: string, reason?: string][];
  }
}

// Backoff waits are told from other timers by what they are multiples of, and are cut to nothing.
const UNIT_MS = 615;

const noteTimers = (unit: number) => {
  const { setTimeout } = window;
  const note = (run: () => void, ms = 0, ...given: unknown[]) => {
    window.timers.push({ ms, run });
    return setTimeout(run, ms % unit ? ms : 0, ...given);
  };
  window.timers = [];
  window.setTimeout = note as typeof setTimeout;
  // Of the first backoff, a second, half is sure and the rest at random.
  Math.random = () => (unit - 500) / 500;
};

test.beforeEach(({ context }) => context.addInitScript(noteTimers, UNIT_MS));

/** A renewal of credentials, an hour away, may be a multiple of the unit by chance. */
const backoffs = (page: Page) =>
  page.evaluate(
    (unit) => window.timers.map(({ ms }) => ms).filter((ms) => ms && ms <= 60_000 && ms % unit === 0),
    UNIT_MS,
  );

/** The last timer set for so long rings. */
const ring = (page: Page, ms: number) =>
  page.evaluate((of) => window.timers.findLast((timer) => timer.ms === of)?.run(), ms);

/** How often an attempt was put off for a minute. */
const minutes = (page: Page) => page.evaluate(() => window.timers.filter(({ ms }) => ms === 60_000).length);

/** For a page that is to keep what its tracker tells. */
const LISTEN = `<script>
  heard = [];
  personalize.on('delivered', ({ itemId }) => heard.push(['delivered', itemId]));
  personalize.on('rejected', ({ event, reason }) => heard.push(['rejected', event.itemId, reason]));
  personalize.on('error', ({ reason }) => heard.push(['error', '', reason]));
</script>`;

const heard = (page: Page) => page.evaluate(() => window.heard);

const rejected = async (page: Page) => (await heard(page)).filter(([name]) => name === 'rejected').sort();

const record = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
  }, items);

/** Each its own: of two alike in the same instant the service counts one. */
const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

/** In one task: between two of the test's, waits cut to nothing let all the attempts there are happen. */
const deliver = (page: Page, ...items: string[]) =>
  page.evaluate((items) => {
    for (const item of items) window.personalize.track('view', item);
    return window.personalize.flush();
  }, items);

const itemsOf = (aws: Service) => aws.counted().map((event) => event.itemId);

/** As a visitor does; resolves when the page is gone. */
const close = (page: Page) =>
  Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);

/** What the page asks of one address and gets no answer to. */
const unanswered = (page: Page, url: string) => {
  const urls: string[] = [];
  page.on('requestfailed', (request) => {
    if (request.url().startsWith(url)) urls.push(request.url());
  });
  return urls;
};

/** Resolves when what the page had the tracker's database do is done, and a request made because of it is under way. */
const settled = (page: Page) =>
  page.evaluate(async () => {
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

test('without a network five attempts are made, and all arrives when it is back', { tag: '@core' }, async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  const failed = unanswered(page, aws.url);
  await context.setOffline(true);
  await deliver(page, 'a', 'b', 'c');
  expect(failed).toHaveLength(5);
  await context.setOffline(false);
  await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a', 'b', 'c']);
  expect(aws.accepted).toHaveLength(4);
});

test('what waits when a page without a network is closed arrives on the next visit', {
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
  // Its last words may still be on the way from its process to the next one's.
  const visit = async () => {
    await later.goto(site.url);
    await flush(later);
    return itemsOf(aws).sort();
  };
  await expect.poll(visit).toEqual(['a', 'b', 'c', 'none']);
});

for (const endpoint of ['data-endpoint', 'data-identity-endpoint']) {
  test(`a name in ${endpoint} that does not resolve costs five requests a page, and no event`, async ({
    page,
    aws,
    site,
    said,
  }) => {
    site.add('/', `${site.tag({ [endpoint]: 'http://nowhere.invalid' })}${LISTEN}`);
    site.add('/repaired', site.tag());
    const failed = unanswered(page, 'http://nowhere.invalid');
    await page.goto(site.url);
    await deliver(page, 'a', 'b', 'c');
    expect(failed.length).toBeGreaterThanOrEqual(5);
    const before = failed.length;
    expect(before).toBeLessThanOrEqual(6); // One asks for credentials ahead of need.
    await record(page, ...numbered('more', 30));
    await settled(page);
    expect(failed).toHaveLength(before);
    expect(await heard(page)).toEqual([]);
    expect(said).toEqual([]);
    await page.goto(`${site.url}/repaired`);
    await flush(page);
    expect(itemsOf(aws)).toHaveLength(33);
  });
}

test('a blocked endpoint is tried again once online, once a minute, once on becoming visible', async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  const failed = unanswered(page, aws.url);
  await context.route('**/events', (route) => route.abort('blockedbyclient'));
  await deliver(page, 'a');
  expect(failed).toHaveLength(5);
  expect(await backoffs(page)).toEqual([615, 1230, 2460, 4920]);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => failed.length).toBe(6);
  // And once a minute, while it is looked at.
  // One more is the time limit of the request for credentials.
  await expect.poll(() => minutes(page)).toBeGreaterThan(2);
  await ring(page, 60_000);
  await expect.poll(() => failed.length).toBe(7);
  await hide(page);
  await show(page);
  await expect.poll(() => failed.length).toBe(8);
  await settled(page);
  expect(failed).toHaveLength(8);
  await context.unroute('**/events');
  await hide(page);
  await show(page);
  await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a']);
});

for (const drop of ['request', 'answer'] as const) {
  test(`an event whose ${drop} is cut off is sent again, and counted once`, async ({ page, aws, site }) => {
    site.add('/', `${site.tag()}${LISTEN}`);
    await page.goto(site.url);
    await warmUp(page);
    aws.fail({ drop, times: 3 });
    await deliver(page, 'a');
    expect(aws.accepted.map((a) => a.event.itemId)).toEqual(
      drop === 'answer' ? ['none', 'a', 'a', 'a', 'a'] : ['none', 'a'],
    );
    expect(itemsOf(aws)).toEqual(['none', 'a']);
    expect(await heard(page)).toEqual([
      ['delivered', 'none'],
      ['delivered', 'a'],
    ]);
  });
}

/** Nothing comes of an abort: a stand-in for what was under way as a page went into the back/forward cache of Firefox. */
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
  const what = isAborted ? on : `${on}, though it be aborted`;
  const whose = on === 'events' ? '' : ' @own';
  test(`a server that never answers (${what}) is given up after 30 seconds and asked again${whose}`, async ({
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
    expect(aws.accepted).toEqual([]);
    // The time limit of the one request under way: the others' have been cleared.
    await page.evaluate(() => window.timers.findLast(({ ms }) => ms === 30_000)?.run());
    await expect.poll(() => itemsOf(aws)).toEqual(['a']);
  });
}

test("a page's own fetch that throws is no answer: the batch goes again @own", async ({
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
  test(`after ${status} the wait doubles up to a minute, half of it at random`, async ({
    page,
    aws,
    site,
  }) => {
    site.add('/', site.tag());
    await page.goto(site.url);
    await warmUp(page);
    // Chromium itself sends once more what is answered 408: how many requests that makes is its affair.
    aws.fail({ status });
    await record(page, 'a', 'b');
    const delivered = flush(page);
    await expect.poll(async () => (await backoffs(page)).length, { timeout: 25_000 }).toBeGreaterThan(7);
    aws.heal();
    await delivered;
    expect((await backoffs(page)).slice(0, 8)).toEqual([615, 1230, 2460, 4920, 9840, 19_680, 36_900, 36_900]);
    expect(itemsOf(aws)).toEqual(['none', 'a', 'b']);
    aws.fail({ status: 503, times: 1 });
    await deliver(page, 'c');
    expect((await backoffs(page)).at(-1)).toBe(615);
  });
}

test('twice in an idle period events go at once; what follows shares a request at the end of the interval', {
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
  await ring(page, interval);
  await expect.poll(() => itemsOf(aws)).toEqual(['a', 'b', 'c', 'd']);
  // Events have come in this interval: it is no idle period yet.
  await record(page, 'e');
  await settled(page);
  expect(itemsOf(aws)).not.toContain('e');
  await ring(page, interval);
  await expect.poll(() => itemsOf(aws)).toContain('e');
  // In this one none have.
  await ring(page, interval);
  for (const item of ['f', 'g']) {
    await record(page, item);
    await expect.poll(() => itemsOf(aws)).toContain(item);
  }
  expect(aws.calls('/events').map((r) => r.eventCount)).toEqual([1, 1, 2, 1, 1, 1]);
});

test('an interval in which only what cannot be sent has come is quiet', async ({ page, aws, site }) => {
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
  await ring(page, interval);
  await record(page, 'a');
  await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a']);
});

const RETRY_AFTER: Fault = { status: 429, retryAfter: 77, exposeRetryAfter: true, times: 1 };

/** Whatever gives reason to try, except what must not be: time, and page code that calls flush(). */
const giveReasons = async (page: Page) => {
  await hide(page);
  await show(page);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await record(page, ...numbered('more', 10));
  await hide(page);
  await settled(page);
};

test('nothing is sent before Retry-After has passed', { tag: '@core' }, async ({ page, aws, site }) => {
  site.add('/', site.tag({ 'data-flush-interval': '0' }));
  await page.goto(site.url);
  await warmUp(page);
  aws.reset();
  aws.fail(RETRY_AFTER);
  await record(page, 'a');
  await expect
    .poll(() => page.evaluate(() => window.timers.some(({ ms }) => ms >= 77_000 && ms <= 84_700)))
    .toBe(true);
  await giveReasons(page);
  expect(aws.calls('/events')).toHaveLength(1);
  await page.evaluate(() => window.timers.find(({ ms }) => ms >= 77_000 && ms <= 84_700)?.run());
  await expect.poll(() => itemsOf(aws)).toHaveLength(11);
});

test('nor when it is the half of a batch that was told to wait', async ({ page, aws, site }) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  aws.reset();
  aws.fail({ status: 400, type: 'InvalidInputException', times: 1 });
  aws.fail(RETRY_AFTER);
  await record(page, 'a', 'b');
  await hide(page);
  await expect
    .poll(() => page.evaluate(() => window.timers.some(({ ms }) => ms >= 77_000 && ms <= 84_700)))
    .toBe(true);
  await giveReasons(page);
  expect(aws.calls('/events').map((r) => r.status)).toEqual([400, 429]);
  await page.evaluate(() => window.timers.find(({ ms }) => ms >= 77_000 && ms <= 84_700)?.run());
  await expect.poll(() => itemsOf(aws)).toHaveLength(12);
});

test('nor when another of the requests of a tab switch fared better', async ({ page, aws, site }) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  await page.goto(site.url);
  await warmUp(page, PROMPT_SENDS);
  aws.reset();
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
  await expect.poll(() => heard(page)).toHaveLength(PROMPT_SENDS + 1);
  await show(page);
  await giveReasons(page);
  expect(aws.calls('/events')).toHaveLength(2);
});

test('a batch that is refused is split, and only the culprit is dropped', { tag: '@core' }, async ({
  page,
  aws,
  site,
  said,
}) => {
  site.add('/', `${site.tag()}${LISTEN}`);
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
  expect(said).toEqual([]);
});

test('a batch that is too large is split; one event that is too large is dropped', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  await page.goto(site.url);
  await warmUp(page);
  // All four, the first two of them, the first of them.
  aws.fail({ status: 413, message: 'Too large', times: 3 });
  await deliver(page, 'a', 'b', 'c', 'd');
  expect(itemsOf(aws)).toEqual(['none', 'b', 'c', 'd']);
  expect(await rejected(page)).toEqual([['rejected', 'a', '413 Too large']]);
});

for (const [what, spoil, asked] of [
  ['expired', (aws) => aws.expireCredentials(), { GetId: 1, GetCredentialsForIdentity: 2 }],
  ['revoked', (aws) => aws.revokeCredentials(), { GetId: 1, GetCredentialsForIdentity: 2 }],
  [
    'those of an identity that is gone',
    (aws) => {
      aws.deleteIdentities();
      aws.revokeCredentials();
    },
    // One more of each for the new identity.
    { GetId: 2, GetCredentialsForIdentity: 3 },
  ],
] as [string, (aws: Service) => void, Record<'GetId' | 'GetCredentialsForIdentity', number>][]) {
  // The SDK's own provider keeps asking for the identity that it has had.
  const whose = asked.GetId > 1 ? ' @own' : '';
  test(`credentials that are ${what} are renewed once, and the batch goes again${whose}`, async ({
    page,
    aws,
    site,
    said,
  }) => {
    site.add('/', site.tag());
    await page.goto(site.url);
    await warmUp(page);
    spoil(aws);
    await deliver(page, ...numbered('item', 12));
    expect(itemsOf(aws)).toHaveLength(13);
    expect(aws.calls('/events').map((r) => r.status)).toEqual([200, 403, 200, 200]);
    expect({
      GetId: aws.calls('GetId').length,
      GetCredentialsForIdentity: aws.calls('GetCredentialsForIdentity').length,
    }).toEqual(asked);
    expect(said).toEqual([]);
  });
}

const BUSY: Fault = { on: 'cognito', status: 400, type: 'TooManyRequestsException' };

test('renewal that is throttled is tried again with longer and longer waits', async ({
  page,
  aws,
  site,
  said,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  await warmUp(page);
  aws.expireCredentials();
  aws.fail({ ...BUSY, times: 4 });
  await deliver(page, 'a');
  expect(itemsOf(aws)).toEqual(['none', 'a']);
  expect(await backoffs(page)).toEqual([615, 1230, 2460, 4920]);
  expect(said).toEqual([]);
});

for (const [what, fault, kinds] of [
  ['is throttled with 400', BUSY, 'GetId'],
  ['is throttled with 429', { ...BUSY, status: 429 }, 'GetId'],
  ['is throttled for credentials', { ...BUSY, on: 'GetCredentialsForIdentity' }, 'GetCredentialsForIdentity'],
  ['is down', { on: 'cognito', status: 503 }, 'GetId'],
] as [string, Fault, 'GetId' | 'GetCredentialsForIdentity'][]) {
  test(`while Cognito ${what} events wait, and cost it one request an attempt`, async ({
    page,
    aws,
    site,
    said,
  }) => {
    site.add('/', `${site.tag()}${LISTEN}`);
    aws.fail({ ...fault, times: 5 });
    await page.goto(site.url);
    await deliver(page, ...numbered('item', 30));
    expect(itemsOf(aws)).toHaveLength(30);
    expect(aws.calls(kinds).map((r) => r.status)).toEqual([...Array(5).fill(fault.status), 200]);
    expect(aws.calls('/events')).toHaveLength(3);
    expect((await heard(page)).every(([name]) => name === 'delivered')).toBe(true);
    expect(said).toEqual([]);
  });
}

for (const [what, fault, fix] of [
  [
    'the role may not',
    { status: 403, type: 'AccessDeniedException', message: 'Not authorized' },
    /403 AccessDeniedException Not authorized .*grant the role this action on Resource "\*"/,
  ],
  ['the tracker is gone', { status: 404, type: 'ResourceNotFoundException' }, /check trackingId/],
  [
    'the pool has no guest access',
    { on: 'cognito', status: 400, type: 'NotAuthorizedException' },
    /allow guest access/,
  ],
  [
    'the pool is gone',
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
  ['Cognito refuses', { on: 'cognito', status: 403 }, /403/],
] as [string, Fault, RegExp][]) {
  test(`when ${what} sending stops, the console says why once, and nothing is lost`, async ({
    page,
    aws,
    site,
    said,
  }) => {
    site.add('/', `${site.tag()}${LISTEN}`);
    aws.fail(fault);
    await page.goto(site.url);
    await deliver(page, 'a', 'b', 'c');
    const hits = () => aws.requests.filter((r) => r.fault).length;
    const before = hits();
    await giveReasons(page);
    await flush(page);
    expect(hits()).toBe(before);
    const reason = expect.stringMatching(fix);
    expect(said).toEqual([reason]);
    expect(await heard(page)).toEqual([['error', '', reason]]);
    aws.heal();
    await page.reload();
    await flush(page);
    expect(itemsOf(aws)).toHaveLength(13);
    expect(said).toHaveLength(1);
  });
}

/** A later visit, so many days on by the visitor's clock, which the service's agrees with. */
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

test('what waits for a repair is dropped after a day, and reported', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  aws.fail({ status: 403, type: 'AccessDeniedException' });
  await page.goto(site.url);
  await deliver(page, 'a', 'b');
  const soon = await visitAfter(0.9, context, aws, site.url);
  await flush(soon);
  expect((await heard(soon)).map(([name]) => name)).toEqual(['error']);
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

test('what has waited for a week is dropped, and reported', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  aws.fail({ on: 'cognito', status: 503 });
  await page.goto(site.url);
  await record(page, 'a', 'b');
  await settled(page);
  await settled(await visitAfter(6.9, context, aws, site.url));
  const later = await visitAfter(7.1, context, aws, site.url);
  await record(later, 'c');
  await expect.poll(() => heard(later)).toHaveLength(2);
  expect(await rejected(later)).toEqual([
    ['rejected', 'a', expect.stringContaining('168 hours')],
    ['rejected', 'b', expect.stringContaining('168 hours')],
  ]);
  aws.heal();
  aws.skew(7.1 * 86_400_000);
  await flush(later);
  expect(itemsOf(aws)).toEqual(['c']);
});

test('a thousand events wait at most; the oldest make way, and are reported', async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  await page.goto(site.url);
  await warmUp(page);
  await context.setOffline(true);
  const items = numbered('item', 1100);
  await record(page, ...items.slice(0, 1000));
  await settled(page);
  expect(await heard(page)).toEqual([['delivered', 'none']]);
  await record(page, ...items.slice(1000));
  await settled(page);
  const dropped = (await heard(page)).slice(1);
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

test('a megabyte waits at most; the oldest make way', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  await page.goto(site.url);
  await warmUp(page);
  await context.setOffline(true);
  const items = numbered('item', 450);
  await page.evaluate((items) => {
    const text = '-'.repeat(900);
    const details = {
      properties: { text },
      metricAttribution: { eventAttributionSource: text },
      impression: Array.from({ length: 25 }, (_, n) => `${n}`.padEnd(38, '-')),
    };
    for (const item of items) window.personalize.track('view', item, details);
  }, items);
  await settled(page);
  const dropped = (await heard(page)).slice(1);
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

test('a thousand wait at most in all tabs together', async ({ page, context, aws, site }) => {
  site.add('/', `${site.tag()}${LISTEN}`);
  await page.goto(site.url);
  await warmUp(page);
  const other = await context.newPage();
  await other.goto(site.url);
  await warmUp(other);
  await context.setOffline(true);
  const [older, newer] = [numbered('older', 600), numbered('newer', 600)];
  await record(page, ...older);
  await settled(page);
  await record(other, ...newer);
  await settled(other);
  await expect.poll(async () => (await heard(other)).length).toBeGreaterThan(200);
  const dropped = (await rejected(other)).map(([, item]) => item);
  await expect.poll(() => stored(other)).toBeLessThanOrEqual(1000);
  const later = await context.newPage();
  await Promise.all([page, other].map(close));
  await context.setOffline(false);
  // A tab may be gone without having let go of what it had, or live on for a moment and send what the other gave up.
  await setClock(later, ABANDONED_MS);
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
      { timeout: 20_000 },
    )
    .toBe(1200);
  expect(dropped.every((item) => older.includes(item))).toBe(true);
});
