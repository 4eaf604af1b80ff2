import type { Page } from '@playwright/test';
import { expect, IMMEDIATE_FLUSHES, type Service, type Site, test, warmUp } from '../support/fixtures.js';
import { counted, flush, LONG_FLUSH_INTERVAL, record } from '../support/visits.js';

/** Returns the names of all entries in the site's storage. */
const storedNames = (page: Page) =>
  page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...document.cookie.split(';').filter(Boolean),
  ]);

/** Names of an opt-out's entries: one in localStorage and one database. */
const OPT_OUT_NAMES = Array(2).fill('personalize-beacon-out:demo-tracker');

const TILE = '<button data-personalize-item="film">Film</button>';

/** Opens a page that requires consent. */
const openAsking = async (page: Page, site: Site, attributes = {}) => {
  site.add('/', site.tag({ 'data-consent': 'required', ...attributes }) + TILE);
  await page.goto(site.url);
};

const consent = (page: Page, isGranted: boolean) =>
  page.evaluate((is) => window.personalize.consent(is), isGranted);

/** Collects the reasons of rejections from now on. */
const listenForRejections = (page: Page) =>
  page.evaluate(() => {
    const reasons: string[] = [];
    window.personalize.on('rejected', ({ reason }: { reason: string }) => reasons.push(reason));
    Object.assign(window, { reasons });
  });
const reasons = (page: Page) => page.evaluate(() => (window as Window & { reasons?: string[] }).reasons);

const countRequests = (aws: Service) => aws.requests.length;

test('before consent the tracker stores, reads, requests and sends nothing; after it all events arrive with their own times', {
  tag: '@core',
}, async ({ page, site, aws }) => {
  await page.addInitScript(() => {
    const accessed: string[] = [];
    Object.assign(window, { accessed });
    for (const name of ['getItem', 'setItem', 'removeItem', 'key'] as const) {
      const own = Storage.prototype[name] as (...args: unknown[]) => unknown;
      Object.assign(Storage.prototype, {
        [name](...args: unknown[]) {
          accessed.push(`${name} ${args[0]}`);
          return own.apply(this, args);
        },
      });
    }
    const { open } = indexedDB;
    IDBFactory.prototype.open = function (...args) {
      accessed.push(`open ${args[0]}`);
      return open.apply(this, args);
    };
  });
  await openAsking(page, site);
  await page.getByRole('button').click();
  await record(page, 'early');
  const before = await page.evaluate(() => Date.now() / 1000);
  await page.waitForFunction((since) => Date.now() / 1000 > since + 1, before);
  expect(await page.evaluate(() => (window as Window & { accessed?: string[] }).accessed)).toEqual([]);
  expect(await storedNames(page)).toEqual([]);
  expect(countRequests(aws)).toBe(0);
  await consent(page, true);
  await flush(page);
  expect(counted(aws)).toEqual(['early', 'film']);
  for (const { sentAt } of aws.counted()) expect(sentAt).toBeLessThanOrEqual(before);
  expect(await storedNames(page)).toContain('personalize-beacon:demo-tracker');
});

test('at most a thousand events wait for consent, and the first ones are kept', async ({
  page,
  site,
  aws,
}) => {
  await openAsking(page, site);
  await listenForRejections(page);
  await page.evaluate(() => {
    for (let i = 0; i < 1003; i++) window.personalize.track('click', `item-${i}`);
  });
  expect(await reasons(page)).toEqual(Array(3).fill('over 1000 events wait for consent'));
  await consent(page, true);
  await flush(page);
  expect(aws.counted()).toHaveLength(1000);
});

test('a refusal rejects waiting events, and later consent delivers later events', {
  tag: '@core',
}, async ({ page, site, aws }) => {
  await openAsking(page, site);
  await listenForRejections(page);
  await record(page, 'waits');
  await consent(page, false);
  await record(page, 'late');
  expect(await reasons(page)).toEqual(['no consent', 'no consent']);
  await page.evaluate(() => window.personalize.flush());
  expect(countRequests(aws)).toBe(0);
  expect(await storedNames(page)).toEqual([]);
  await consent(page, true);
  await record(page, 'wanted');
  await flush(page);
  expect(counted(aws)).toEqual(['wanted']);
});

test('a withdrawal erases all data in every tab, and the next session is a new one', {
  tag: '@core',
}, async ({ page, site, aws, context }) => {
  await openAsking(page, site, LONG_FLUSH_INTERVAL);
  const other = await context.newPage();
  await other.goto(site.url);
  const sessions: string[] = [];
  for (const tab of [page, other]) {
    await consent(tab, true);
    sessions.push(await tab.evaluate(() => window.personalize.ready));
    await warmUp(tab, IMMEDIATE_FLUSHES);
  }
  expect(sessions[0]).toBe(sessions[1]);
  await record(page, 'sent');
  await page.getByRole('button').click();
  await flush(page);
  await record(other, 'sent, too');
  await flush(other);
  await record(page, 'waits');
  await record(other, 'waits, too');
  await listenForRejections(other);
  await consent(page, false);
  await expect.poll(() => storedNames(page)).toEqual([]);
  // The other tab has heard of the withdrawal, and stores nothing again.
  await expect.poll(() => other.evaluate(() => window.personalize.sessionId)).toBeUndefined();
  await record(other, 'late');
  expect(await reasons(other)).toEqual(['no consent']);
  expect(await storedNames(other)).toEqual([]);
  const sent = aws.requests.length;
  await other.close({ runBeforeUnload: true });
  await consent(page, true);
  await record(page, 'anew');
  await flush(page);
  expect(counted(aws).filter((item) => item !== 'none')).toEqual(['anew', 'film', 'sent', 'sent, too']);
  // The new session has a new identity.
  expect(aws.requests.slice(sent).map(({ target }) => target)).toContain('GetId');
  expect(new Set(aws.acknowledged.map(({ sessionId }) => sessionId)).size).toBe(2);
});

test('identify() during a refusal applies once consent is given', async ({ page, site, aws }) => {
  await openAsking(page, site);
  await consent(page, false);
  await page.evaluate(() => window.personalize.identify('ann'));
  expect(await storedNames(page)).toEqual([]);
  await consent(page, true);
  await record(page, 'film');
  await flush(page);
  expect(aws.acknowledged.map(({ userId }) => userId)).toEqual(['ann']);
});

test('identify() and reset() before consent apply only to events recorded after them', async ({
  page,
  site,
  aws,
}) => {
  await openAsking(page, site);
  await page.evaluate(() => {
    window.personalize.track('view', 'anonymous');
    window.personalize.identify('ann');
    window.personalize.track('view', 'as ann');
    window.personalize.reset();
    window.personalize.track('view', 'anonymous again');
  });
  await consent(page, true);
  await flush(page);
  const users = Object.fromEntries(aws.acknowledged.map(({ event, userId }) => [event.itemId, userId]));
  expect(users).toEqual({ anonymous: undefined, 'as ann': 'ann', 'anonymous again': undefined });
});

test('a Cognito answer after a withdrawal is ignored', async ({ page, site, aws }) => {
  const held: (() => void)[] = [];
  await page.route(`${aws.url}/`, async (route) => {
    if (!held.length) await new Promise<void>((release) => held.push(release));
    await route.continue();
  });
  await openAsking(page, site);
  await consent(page, true);
  await record(page, 'film');
  await expect.poll(() => held.length).toBe(1);
  await consent(page, false);
  await expect.poll(() => storedNames(page)).toEqual([]);
  const answered = page.waitForResponse(`${aws.url}/`);
  held[0]?.();
  await (await answered).finished();
  await consent(page, true);
  await record(page, 'anew');
  await flush(page);
  expect(counted(aws)).toEqual(['anew']);
  expect(aws.calls('GetId')).toHaveLength(2);
  expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(1);
});

test('flush() waits for events recorded as consent is given again', async ({ page, site, aws }) => {
  await openAsking(page, site);
  await consent(page, true);
  await record(page, 'film');
  await flush(page);
  await page.evaluate(async () => {
    window.personalize.consent(false);
    // Creates the tracker's database and keeps it busy.
    const opening = indexedDB.open('personalize-beacon:demo-tracker');
    opening.onupgradeneeded = () => {
      const records = opening.result.createObjectStore('records');
      const keepBusy = (times: number) => {
        if (times) records.count().onsuccess = () => keepBusy(times - 1);
      };
      keepBusy(500);
    };
    opening.onsuccess = () => opening.result.close();
    window.personalize.consent(true);
    window.personalize.track('click', 'anew');
    await window.personalize.flush();
  });
  expect(counted(aws)).toEqual(['anew', 'film']);
});

test('an opt-out outlives visits and consent, and ends with optOut(false)', { tag: '@core' }, async ({
  page,
  site,
  aws,
}) => {
  site.add('/', site.tag() + TILE);
  await page.goto(site.url);
  await record(page, 'before');
  await flush(page);
  await page.evaluate(() => window.personalize.optOut());
  await expect.poll(() => storedNames(page)).toEqual(OPT_OUT_NAMES);
  await page.reload();
  await listenForRejections(page);
  const requestsBefore = countRequests(aws);
  await record(page, 'out');
  await page.getByRole('button').click();
  await consent(page, true);
  await record(page, 'still out');
  expect(await reasons(page)).toEqual(Array(3).fill('opted out'));
  expect(await page.evaluate(() => window.personalize.sessionId)).toBeUndefined();
  expect(await storedNames(page)).toEqual(OPT_OUT_NAMES);
  expect(countRequests(aws)).toBe(requestsBefore);
  await page.evaluate(() => window.personalize.optOut(false));
  await record(page, 'back');
  await flush(page);
  expect(counted(aws)).toEqual(['back', 'before']);
  expect(await storedNames(page)).not.toEqual(expect.arrayContaining([OPT_OUT_NAMES[0] as string]));
});

/** Ways to lose an opt-out's entries. */
const LOSSES: [what: string, lose: () => unknown][] = [
  ['localStorage is cleared', () => localStorage.clear()],
  [
    'its items are removed one by one',
    () => {
      for (const key of Object.keys(localStorage)) localStorage.removeItem(key);
    },
  ],
  [
    'IndexedDB is deleted',
    async () => {
      for (const { name = '' } of await indexedDB.databases()) {
        await new Promise((resolve) => {
          indexedDB.deleteDatabase(name).onsuccess = resolve;
        });
      }
    },
  ],
];

for (const [what, lose] of LOSSES) {
  test(`an opt-out persists in all tabs when ${what}, and its entries are restored`, async ({
    page,
    site,
    aws,
    context,
  }) => {
    site.add('/', site.tag() + TILE);
    await page.goto(site.url);
    const other = await context.newPage();
    await other.goto(site.url);
    for (const tab of [page, other]) await tab.evaluate(() => window.personalize.ready);
    await page.evaluate(() => window.personalize.optOut());
    await expect.poll(() => storedNames(page)).toEqual(OPT_OUT_NAMES);
    const requestsBefore = countRequests(aws);
    for (let visits = 0; visits < 2; visits++) {
      await page.evaluate(lose);
      await listenForRejections(other);
      await record(other, 'out');
      await expect.poll(() => reasons(other)).toEqual(['opted out']);
      await page.reload();
      await listenForRejections(page);
      await record(page, 'out');
      await page.getByRole('button').click();
      await expect.poll(() => reasons(page)).toEqual(Array(2).fill('opted out'));
      await expect.poll(() => storedNames(page)).toEqual(OPT_OUT_NAMES);
      expect(await page.evaluate(() => window.personalize.sessionId)).toBeUndefined();
    }
    expect(countRequests(aws)).toBe(requestsBefore);
    await page.evaluate(() => window.personalize.optOut(false));
    await page.evaluate(() => window.personalize.ready);
    await page.reload();
    await record(page, 'back');
    await flush(page);
    expect(counted(aws)).toEqual(['back']);
  });
}

test('clearing localStorage without an opt-out keeps tracking and the session', async ({
  page,
  site,
  aws,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  const session = await page.evaluate(() => window.personalize.ready);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await record(page, 'film');
  await flush(page);
  expect(aws.acknowledged.map(({ event, sessionId }) => [event.itemId, sessionId])).toEqual([
    ['film', session],
  ]);
  expect(await storedNames(page)).not.toContain(OPT_OUT_NAMES[0] as string);
  // From now on localStorage shows at once that there is no opt-out.
  await page.addInitScript(() => {
    indexedDB.databases = () => new Promise(() => {});
  });
  await page.reload();
  expect(await page.evaluate(() => window.personalize.ready)).toBe(session);
});

test('tracking works if the browser cannot list its databases', async ({ page, site, aws }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(IDBFactory.prototype, 'databases');
  });
  site.add('/', site.tag());
  await page.goto(site.url);
  await record(page, 'film');
  await flush(page);
  expect(counted(aws)).toEqual(['film']);
});

test.describe('two trackers, one named as a prefix of the other,', () => {
  type Tracker = typeof window.personalize;
  type Trackers = { trackers: [Tracker, ...Tracker[]] };
  const NAMES = ['shop', 'shop:2', 'shop:left', 'shop2'];
  test.use({ awsOptions: { trackingId: NAMES } });

  test('erase no data of each other or of other scripts', { tag: '@core' }, async ({ page, site, aws }) => {
    site.add('/', `<script src="/personalize.js"></script>`);
    await page.goto(site.url);
    const FOREIGN = ['personalize-beacon:shop:theirs', 'personalize-beacon:shop:left:theirs', 'theirs'];
    const start = () =>
      page.evaluate(
        async ([names, url]) => {
          const trackers = names.map((trackingId) => window.personalize.init({ trackingId, endpoint: url }));
          Object.assign(window, { trackers });
          for (const tracker of trackers) {
            tracker.track('click', 'film', { recommendationId: 'RID' });
            await tracker.ready;
          }
        },
        [NAMES, aws.url] as const,
      );
    await start();
    await page.evaluate((keys) => {
      for (const key of keys) localStorage.setItem(key, '1');
      // Handoffs of two trackers, one of whose names looks like a handoff of the other.
      localStorage.setItem(`personalize-beacon:shop:left:${'a'.repeat(21)}`, '{"sent":[],"items":[]}');
      localStorage.setItem(`personalize-beacon:shop:left:left:${'b'.repeat(21)}`, '{"sent":[],"items":[]}');
    }, FOREIGN);
    const others = async () =>
      (await storedNames(page)).filter((key) => !/:shop(:(session|sources|left:a+))?$/.test(`${key}`));
    const before = await others();
    expect(before).toEqual(expect.arrayContaining([...FOREIGN, 'personalize-beacon:shop:2:session']));
    await page.evaluate(() => (window as unknown as Trackers).trackers[0].consent(false));
    await expect.poll(() => storedNames(page)).toEqual(before);

    await page.evaluate(() => {
      const { trackers } = window as unknown as Trackers;
      for (const tracker of trackers.slice(1)) tracker.optOut();
      trackers[0].optOut();
      trackers[0].optOut(false);
    });
    const out = (name?: string) => `personalize-beacon-out:${name}`;
    for (const name of NAMES.slice(1)) {
      await expect
        .poll(async () => (await storedNames(page)).filter((key) => key === out(name)))
        .toHaveLength(2);
    }
    await expect.poll(async () => (await storedNames(page)).filter((key) => key === out('shop'))).toEqual([]);
  });
});

test('an opt-out and its end reach the other tabs', { tag: '@core' }, async ({
  page,
  site,
  aws,
  context,
}) => {
  site.add('/', site.tag());
  await page.goto(site.url);
  const other = await context.newPage();
  await other.goto(site.url);
  await flush(other);
  await page.evaluate(() => window.personalize.optOut());
  await expect.poll(() => other.evaluate(() => window.personalize.sessionId)).toBeUndefined();
  await record(other, 'out');
  await page.evaluate(() => window.personalize.optOut(false));
  await expect.poll(() => other.evaluate(() => window.personalize.sessionId)).toBeDefined();
  await record(other, 'back');
  await flush(other);
  expect(counted(aws)).toEqual(['back']);
});

test('an opt-out lasts for the page if storage is refused', async ({ page, site, aws }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  site.add('/', site.tag());
  await page.goto(site.url);
  await page.evaluate(() => window.personalize.optOut());
  await listenForRejections(page);
  await record(page, 'film');
  expect(await reasons(page)).toEqual(['opted out']);
  expect(aws.counted()).toEqual([]);
});

test.describe('Global Privacy Control', () => {
  test.beforeEach(({ context }) =>
    context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })),
  );

  test('counts as a refusal and erases the data of earlier visits', {
    tag: '@core',
  }, async ({ page, site, aws }) => {
    site.add('/', site.tag() + TILE);
    site.add('/other', '');
    await page.goto(`${site.url}/other`);
    await page.evaluate(() => localStorage.setItem('personalize-beacon:demo-tracker:session', '{}'));
    await page.goto(site.url);
    await listenForRejections(page);
    await page.getByRole('button').click();
    await consent(page, true);
    await record(page, 'film');
    await expect.poll(() => reasons(page)).toEqual(Array(2).fill('Global Privacy Control'));
    await page.evaluate(() => window.personalize.flush());
    await expect.poll(() => storedNames(page)).toEqual([]);
    expect(countRequests(aws)).toBe(0);
  });

  test('is ignored when respectGpc is false', async ({ page, site, aws }) => {
    site.add('/', site.tag({ 'data-respect-gpc': 'false' }));
    await page.goto(site.url);
    await record(page, 'film');
    await flush(page);
    expect(counted(aws)).toEqual(['film']);
  });
});
