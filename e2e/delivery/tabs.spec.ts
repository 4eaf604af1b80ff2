import type { BrowserContext, Page } from '@playwright/test';
import {
  expect,
  hide,
  IMMEDIATE_FLUSHES,
  type Service,
  type Site,
  show,
  test,
  warmUp,
} from '../support/fixtures.js';
import {
  arrived,
  counted,
  crash,
  flush,
  items,
  LONG_FLUSH_INTERVAL,
  PAST_LEASE_TIMEOUT_MS,
  record,
  refuseBeacons,
  setClock,
  stored,
  withoutFetchLater,
} from '../support/visits.js';

const openTabs = (context: BrowserContext, url: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const tab = await context.newPage();
      await tab.goto(url);
      return tab;
    }),
  );

const sessionId = (tab: Page) => tab.evaluate(() => window.personalize.ready);

/** Returns the session and user ID that a tab sends now. */
const sentVisitor = async (tab: Page, aws: Service) => {
  await warmUp(tab);
  const { sessionId, userId } = aws.acknowledged.at(-1) as Service['events'][number];
  return { sessionId, userId };
};

/** Freezes a tab, as Chrome does with tabs hidden for minutes. Returns a function that thaws it. */
const freeze = async (tab: Page) => {
  await hide(tab);
  const session = await tab.context().newCDPSession(tab);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async (shift = 0) => {
    await tab.evaluate((ms) => {
      window.shift = ms;
    }, shift);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await show(tab);
  };
};

for (const [where, prepare] of [
  ['', async () => {}],
  [
    ' without Web Locks',
    (context) => context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks')),
  ],
] as [string, (context: BrowserContext) => Promise<unknown>][]) {
  test(`ten tabs opened at once share a session, and each sends its own events once${where}`, async ({
    context,
    aws,
    site,
  }) => {
    await prepare(context);
    aws.fail({ on: 'cognito', delayMs: 500 });
    site.add('/', site.tag(LONG_FLUSH_INTERVAL));
    const tabs = await openTabs(context, site.url, 10);
    await Promise.all(tabs.map((tab, n) => record(tab, ...items(3, `tab-${n}`)).then(() => flush(tab))));
    expect(arrived(aws)).toEqual(tabs.flatMap((_, n) => items(3, `tab-${n}`)));
    expect(new Set(await Promise.all(tabs.map(sessionId))).size).toBe(1);
    expect(new Set(aws.acknowledged.map((a) => a.sessionId)).size).toBe(1);
    // Each tab makes one request. If one had sent another's events, there would be fewer requests, or duplicates.
    expect(aws.calls('/events').map((call) => call.eventCount)).toEqual(Array(10).fill(3));
  });
}

test('tabs request credentials one at a time and share them, even if the answer is slow', {
  tag: '@core',
}, async ({ context, aws, site, serve }) => {
  let inFlight = 0;
  let maxInFlight = 0;
  const port = await serve((request, response) => {
    if (request.method === 'POST') {
      maxInFlight = Math.max(maxInFlight, ++inFlight);
      response.on('close', () => inFlight--);
    }
    aws.handler(request, response);
  });
  // The first answers fail, so each tab has a reason to request credentials.
  aws.fail({ on: 'cognito', delayMs: 300 });
  aws.fail({ on: 'cognito', status: 500, times: 3 });
  await context.addInitScript(() => {
    Math.random = () => 0; // Removes the backoff.
  });
  site.add('/', site.tag({ 'data-identity-endpoint': `http://127.0.0.1:${port}` }));
  const tabs = await openTabs(context, site.url, 5);
  await Promise.all(tabs.map((tab, n) => record(tab, `tab-${n}`).then(() => flush(tab))));
  expect(counted(aws)).toEqual(tabs.map((_, n) => `tab-${n}`));
  expect(maxInFlight).toBe(1);
  const answered = aws.requests.filter((call) => call.target && call.status === 200);
  expect(answered.map((call) => call.target)).toEqual(['GetId', 'GetCredentialsForIdentity']);
});

test('identify() and reset() in one tab apply to all tabs at once', { tag: '@core' }, async ({
  context,
  aws,
  site,
}) => {
  site.add('/', site.tag());
  const [first, ...others] = (await openTabs(context, site.url, 3)) as [Page, ...Page[]];
  const anonymous = await sentVisitor(first, aws);
  expect(anonymous.userId).toBeUndefined();
  await first.evaluate(() => window.personalize.identify('ann'));
  for (const tab of others) {
    await expect.poll(() => sentVisitor(tab, aws)).toEqual({ ...anonymous, userId: 'ann' });
  }
  await first.evaluate(() => window.personalize.reset());
  const after = await sentVisitor(first, aws);
  expect(after.sessionId).not.toBe(anonymous.sessionId);
  for (const tab of others) await expect.poll(() => sentVisitor(tab, aws)).toEqual(after);
});

test('a frozen tab learns of identify() and reset() when it is shown again', {
  tag: '@chromium',
}, async ({ context, aws, site }) => {
  site.add('/', site.tag());
  const [tab, frozen] = (await openTabs(context, site.url, 2)) as [Page, Page];
  await warmUp(frozen);
  const thaw = await freeze(frozen);
  await tab.evaluate(() => {
    window.personalize.reset();
    window.personalize.identify('bob');
  });
  const bob = await sentVisitor(tab, aws);
  await thaw();
  await expect.poll(() => sentVisitor(frozen, aws)).toEqual(bob);
  expect(bob.userId).toBe('bob');
});

test('one page loaded or shown later adopts the events of a closed tab, and no page before', async ({
  context,
  aws,
  site,
}) => {
  await withoutFetchLater(context);
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  const waiting = await context.newPage();
  await waiting.clock.install();
  await waiting.goto(site.url);
  const [closed, ...others] = (await openTabs(context, site.url, 4)) as [Page, ...Page[]];
  await Promise.all([closed, waiting, ...others].map((tab) => warmUp(tab, IMMEDIATE_FLUSHES)));
  aws.clear();
  await record(closed, ...items(5));
  await refuseBeacons(closed);
  await closed.close();

  // Elapsed time alone makes no page adopt them.
  await waiting.clock.fastForward('01:00:00');
  await flush(waiting);
  expect(aws.acknowledged).toHaveLength(0);

  const loaded = Promise.all([1, 2].map(() => openTabs(context, site.url, 1)));
  await Promise.all(others.map((tab) => hide(tab).then(() => show(tab))));
  const all = [...others, ...(await loaded).flat()];
  await Promise.all(all.map(flush));
  await expect
    .poll(async () => {
      await Promise.all(all.map(flush));
      return arrived(aws);
    })
    .toEqual(items(5));
  await expect.poll(() => stored(waiting)).toBe(0);
  expect(arrived(aws)).toEqual(items(5));
});

test('a crashed tab keeps its lease for a minute, then one page adopts its events', {
  tag: ['@core', '@chromium'],
}, async ({ context, aws, site }) => {
  await withoutFetchLater(context);
  await setClock(context);
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  const [crashed, ...others] = (await openTabs(context, site.url, 4)) as [Page, ...Page[]];
  await Promise.all([crashed, ...others].map((tab) => warmUp(tab, IMMEDIATE_FLUSHES)));
  aws.clear();
  await record(crashed, ...items(5));
  await expect.poll(() => stored(crashed)).toBe(5);
  await crash(crashed);
  await openTabs(context, site.url, 1).then(([tab]) => flush(tab as Page));
  expect(aws.acknowledged).toHaveLength(0);

  const showAfterTimeout = async (tab: Page) => {
    await tab.evaluate((ms) => {
      window.shift = ms;
    }, PAST_LEASE_TIMEOUT_MS);
    await hide(tab);
    await show(tab);
  };
  await Promise.all(others.map(showAfterTimeout));
  await expect
    .poll(async () => {
      await Promise.all(others.map(flush));
      return arrived(aws);
    })
    .toEqual(items(5));
  await expect.poll(() => stored(others[0] as Page)).toBe(0);
  expect(arrived(aws)).toEqual(items(5));
});

test('a live tab keeps its events', { tag: '@core' }, async ({ context, aws, site }) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  const [holder] = (await openTabs(context, site.url, 1)) as [Page];
  await warmUp(holder, IMMEDIATE_FLUSHES);
  aws.clear();
  await record(holder, ...items(5));
  await expect.poll(() => stored(holder)).toBe(5);
  const [other] = (await openTabs(context, site.url, 1)) as [Page];
  await record(other, 'own');
  await flush(other);
  expect(arrived(aws)).toEqual(['own']);
  await flush(holder);
  expect(arrived(aws)).toEqual([...items(5), 'own']);
});

test.describe('a tab that was frozen for more than a minute with undelivered events', {
  tag: '@chromium',
}, () => {
  const freezeWithEvents = async ({
    context,
    aws,
    site,
  }: {
    context: BrowserContext;
    aws: Service;
    site: Site;
  }) => {
    site.add('/', site.tag(LONG_FLUSH_INTERVAL));
    const frozen = await context.newPage();
    await setClock(frozen);
    await frozen.goto(site.url);
    await warmUp(frozen, IMMEDIATE_FLUSHES);
    aws.clear();
    // The long Retry-After prevents a retry before the freeze.
    const heal = aws.fail({ status: 503, retryAfter: 60, exposeRetryAfter: true });
    await record(frozen, ...items(5));
    await expect.poll(() => stored(frozen)).toBe(5);
    const thaw = await freeze(frozen);
    // The hidden page's request. A frozen page cannot read a later answer.
    await expect.poll(() => aws.calls('/events').some(({ status }) => status === 503)).toBe(true);
    heal();
    return { frozen, thaw: () => thaw(PAST_LEASE_TIMEOUT_MS) };
  };

  /** The tab may read the 503 only now, and then waits for Retry-After again. */
  const flushUntilArrived = async (tab: Page, aws: Service, expected: string[]) => {
    await expect
      .poll(async () => {
        await tab.evaluate((ms) => {
          window.shift += ms;
          window.personalize.flush();
        }, PAST_LEASE_TIMEOUT_MS);
        return arrived(aws);
      })
      .toEqual(expected);
    await expect.poll(() => stored(tab)).toBe(0);
    expect(arrived(aws)).toEqual(expected);
  };

  test('does not send events that another page has adopted', async ({ context, aws, site }) => {
    const { frozen, thaw } = await freezeWithEvents({ context, aws, site });
    const other = await context.newPage();
    await setClock(other, PAST_LEASE_TIMEOUT_MS);
    await other.goto(site.url);
    await flush(other);
    expect(arrived(aws)).toEqual(items(5));
    await thaw();
    await record(frozen, 'more');
    await flushUntilArrived(frozen, aws, [...items(5), 'more']);
  });

  test('sends its events if no page has adopted them', async ({ context, aws, site }) => {
    const { frozen, thaw } = await freezeWithEvents({ context, aws, site });
    await thaw();
    await record(frozen, 'more');
    await flushUntilArrived(frozen, aws, [...items(5), 'more']);
  });
});

const close = (tab: Page) => tab.close();

/** Returns a generator of numbers from 0 to 1, the same in each run (https://github.com/cprosche/mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

for (const [pace, isSteady, ends] of [
  // No crashes here: events that neither storage nor fetchLater() has taken yet would be lost.
  ['faster than they can be sent, and are closed', false, Array(10).fill(close)],
  ['a few at a time, and four of them close or crash', true, [crash, close, crash, close]],
] as [string, boolean, ((tab: Page) => Promise<unknown>)[]][]) {
  test(`all events arrive when ten tabs record 200 each, ${pace} meanwhile`, { tag: '@chromium' }, async ({
    context,
    aws,
    site,
  }) => {
    // Hundreds of requests.
    test.slow();
    site.add('/', site.tag());
    const random = seeded(1);
    const recorded: string[] = [];
    const visit = async (name: string, end?: (tab: Page) => Promise<unknown>) => {
      let [tab] = (await openTabs(context, site.url, 1)) as [Page];
      // Without credentials nothing can be handed to fetchLater().
      await warmUp(tab);
      const lastTurn = end && 1 + Math.floor(random() * 49);
      const all = items(200, name);
      for (let turn = 0; turn < 50; turn++) {
        const chunk = all.splice(0, 4);
        const recording = record(tab, ...chunk)
          // The tracker hands the events to fetchLater() in the next task.
          .then(() => tab.evaluate(() => new Promise((resolve) => setTimeout(resolve))))
          .then(
            () => recorded.push(...chunk),
            () => {}, // The tab had gone before.
          );
        if (turn !== lastTurn) {
          await recording;
          if (isSteady) await flush(tab);
        } else {
          await Promise.all([recording, end?.(tab)]);
          [tab] = (await openTabs(context, site.url, 1)) as [Page];
        }
      }
      await flush(tab);
    };
    await Promise.all(items(10, 'tab').map((name, n) => visit(name, ends[n])));
    const last = await context.newPage();
    await setClock(last, PAST_LEASE_TIMEOUT_MS);
    await last.goto(site.url);
    await warmUp(last);
    const known = new Set(counted(aws));
    expect(recorded.filter((item) => !known.has(item))).toEqual([]);
    // Events that the browser sent for a crashed tab are sent again, because no page read the answer.
    const duplicates = aws.acknowledged.length - aws.counted().length;
    if (isSteady) expect(duplicates / aws.acknowledged.length).toBeLessThan(0.01);
  });
}
