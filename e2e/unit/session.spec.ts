import { expect, test } from '@playwright/test';
import type { Store } from '../../src/browser/platform/indexed-db.js';
import { createSession, type Session, type SessionOptions } from '../../src/browser/session.js';
import { memoryShared, memoryStore, type Tabs } from './doubles.js';

const MAX_AGE_MS = 1000;

let generatedIds = 0;
let time = 0;
let tabs: Tabs<Session>;
test.beforeEach(() => {
  generatedIds = 0;
  time = 5000;
  tabs = { listeners: new Set() };
});

const open = (store: Store = memoryStore(), options: Pick<SessionOptions, 'siteSessionId' | 'cookie'> = {}) =>
  createSession({
    ...options,
    database: store,
    shared: memoryShared(tabs),
    generateId: () => `s${++generatedIds}`,
    maxAgeMs: MAX_AGE_MS,
    now: () => time,
    knownOffset: () => undefined,
  });

const openLoaded = async (store?: Store, options?: Parameters<typeof open>[1]) => {
  const session = open(store, options);
  await session.load();
  return session;
};

/** Returns the session of a page that opens now. */
const sessionOf = async (store: Store) => (await openLoaded(store)).current();

test('there is no session before storage has answered', async () => {
  const session = open();
  expect(session.current()).toBeUndefined();
  await session.load();
  expect(session.current()).toEqual({ sessionId: 's1', createdAt: 5000 });
});

test('two pages share a session, one after the other and at once', async () => {
  const store = memoryStore();
  const [first, second] = await Promise.all([sessionOf(store), sessionOf(store)]);
  expect(first?.sessionId).toBe('s1');
  expect(second).toEqual(first);
  expect(await sessionOf(store)).toEqual(first);
  expect(generatedIds).toBe(1);
});

test('identify() adds the user to the current session', async () => {
  const session = await openLoaded();
  session.identify('u');
  expect(session.current()).toEqual({ sessionId: 's1', userId: 'u', createdAt: 5000 });
  session.identify('u');
  expect(session.current()?.sessionId).toBe('s1');
});

test('identify() starts a new session for another user', async () => {
  const session = await openLoaded();
  session.identify('u');
  time += 10;
  session.identify('v');
  expect(session.current()).toEqual({ sessionId: 's2', userId: 'v', createdAt: 5010 });
});

test('reset() removes the user and starts a new session', async () => {
  const session = await openLoaded();
  session.identify('u');
  session.reset();
  expect(session.current()).toEqual({ sessionId: 's2', createdAt: 5000 });
});

test('the next page continues the session after identify() and reset()', async () => {
  const store = memoryStore();
  const session = await openLoaded(store);
  session.identify('u');
  expect(await sessionOf(store)).toMatchObject({ sessionId: 's1', userId: 'u' });
  session.reset();
  expect(await sessionOf(store)).toEqual({ sessionId: 's2', createdAt: 5000 });
});

test('a session lasts up to its maximum age, across pages', async () => {
  const store = memoryStore();
  await openLoaded(store);
  time += MAX_AGE_MS - 1;
  expect((await sessionOf(store))?.sessionId).toBe('s1');
  time += 1;
  expect((await sessionOf(store))?.sessionId).toBe('s2');
  time += 1;
  expect((await sessionOf(store))?.sessionId).toBe('s2');
});

test('a page that opens with an expired session renews it and keeps the user', async () => {
  const store = memoryStore();
  (await openLoaded(store)).identify('u');
  time += MAX_AGE_MS;
  expect(await sessionOf(store)).toEqual({ sessionId: 's2', userId: 'u', createdAt: 6000 });
});

test.describe("the site's own session", () => {
  test('keeps its ID, whatever its age, its user and reset()', async () => {
    const store = memoryStore();
    const session = await openLoaded(store, { siteSessionId: 'cart-1' });
    session.identify('u');
    expect(session.current()).toMatchObject({ sessionId: 'cart-1', userId: 'u' });
    session.identify('v');
    expect(session.current()).toMatchObject({ sessionId: 'cart-1', userId: 'v' });
    time += 10 * MAX_AGE_MS;
    await session.load();
    expect(session.current()).toMatchObject({ sessionId: 'cart-1', userId: 'v' });
    session.reset();
    expect(session.current()).toEqual({ sessionId: 'cart-1', createdAt: time });
    expect(generatedIds).toBe(0);
  });

  test('replaces a stored one and keeps the user', async () => {
    const store = memoryStore();
    (await openLoaded(store)).identify('u');
    expect((await openLoaded(store, { siteSessionId: 'cart-1' })).current()).toMatchObject({
      sessionId: 'cart-1',
      userId: 'u',
    });
    expect((await openLoaded(store, { siteSessionId: 'cart-2' })).current()).toMatchObject({
      sessionId: 'cart-2',
      userId: 'u',
    });
  });

  test('is changed by setSession() in all tabs, and an older tab does not undo that when it returns', async () => {
    const store = memoryStore();
    const older = await openLoaded(store, { siteSessionId: 'cart-1' });
    const newer = await openLoaded(store, { siteSessionId: 'cart-1' });
    newer.identify('u');
    newer.setSession('cart-2');
    for (const session of [older, newer]) {
      expect(session.current()).toMatchObject({ sessionId: 'cart-2', userId: 'u' });
    }
    await older.load();
    older.reset();
    expect([older, newer].map((session) => session.current()?.sessionId)).toEqual(['cart-2', 'cart-2']);
    expect(generatedIds).toBe(0);
  });

  test('is the session of a page that starts while another tab changes its own', async () => {
    const store = memoryStore();
    const other = await openLoaded(store);
    const session = open(store, { siteSessionId: 'cart-1' });
    const loading = session.load();
    other.identify('u');
    await loading;
    expect(session.current()?.sessionId).toBe('cart-1');
  });

  test('is not taken back by a page that was frozen while another tab changed it', async () => {
    const store = memoryStore();
    const frozen = await openLoaded(store, { siteSessionId: 'cart-1' });
    tabs.listeners.clear();
    (await openLoaded(store, { siteSessionId: 'cart-1' })).setSession('cart-2');
    expect(frozen.current()?.sessionId).toBe('cart-1');
    await frozen.load();
    frozen.reset();
    expect(frozen.current()?.sessionId).toBe('cart-2');
  });

  test('begins again with its ID after withdrawn consent', async () => {
    const session = await openLoaded(memoryStore(), { siteSessionId: 'cart-1' });
    session.setSession('cart-2');
    session.clear();
    tabs = { listeners: new Set() };
    await session.load();
    expect(session.current()?.sessionId).toBe('cart-2');
    expect(generatedIds).toBe(0);
  });
});

test.describe('the cookie', () => {
  /** A cookie that a visitor's subdomains share; there may be others of the same name. */
  const openCookieOf = (ids: string[]) => ({
    get: () => [...ids],
    set(id: string) {
      if (!ids.includes(id)) ids[0] = id;
    },
    remove: () => void ids.splice(0),
  });

  test('gets the ID of each session', async () => {
    const ids: string[] = [];
    const session = await openLoaded(memoryStore(), { cookie: openCookieOf(ids) });
    expect(ids).toEqual(['s1']);
    session.reset();
    expect(ids).toEqual(['s2']);
    time += MAX_AGE_MS;
    await session.load();
    expect(ids).toEqual(['s3']);
  });

  test('wins over a stored session, whose user is not its own', async () => {
    const store = memoryStore();
    const ids: string[] = [];
    (await openLoaded(store, { cookie: openCookieOf(ids) })).identify('u');
    ids[0] = 'of-the-server';
    const session = await openLoaded(store, { cookie: openCookieOf(ids) });
    expect(session.current()).toEqual({ sessionId: 'of-the-server', createdAt: time });
    expect(generatedIds).toBe(1);
  });

  test('joins subdomains, each with a storage of its own, after their next load', async () => {
    const ids: string[] = [];
    const [shop, blog] = await Promise.all([
      openLoaded(memoryStore(), { cookie: openCookieOf(ids) }),
      (async () => {
        const own = tabs;
        tabs = { listeners: new Set() };
        const session = open(memoryStore(), { cookie: openCookieOf(ids) });
        tabs = own;
        await session.load();
        return session;
      })(),
    ]);
    await shop.load();
    await blog.load();
    expect(shop.current()?.sessionId).toBe(blog.current()?.sessionId);
    blog.reset();
    await shop.load();
    expect(shop.current()?.sessionId).toBe(blog.current()?.sessionId);
  });

  test('of a parent domain, which this page cannot write, does not undo reset()', async () => {
    const store = memoryStore();
    let own = 'none';
    const cookie = {
      get: () => ["a parent's", own],
      set(id: string) {
        own = id;
      },
      remove() {},
    };
    const session = await openLoaded(store, { cookie });
    expect(session.current()?.sessionId).toBe("a parent's");
    session.reset();
    await session.load();
    expect(session.current()?.sessionId).toBe('s1');
    expect((await openLoaded(store, { cookie })).current()?.sessionId).toBe('s1');
  });

  test("does not replace the site's own session", async () => {
    const ids = ['of-another'];
    const cookie = openCookieOf(ids);
    const session = await openLoaded(memoryStore(), { siteSessionId: 'cart-1', cookie });
    expect(session.current()?.sessionId).toBe('cart-1');
    expect(ids).toEqual(['cart-1']);
  });

  test('follows a change in another tab', async () => {
    const store = memoryStore();
    const ids: string[] = [];
    await openLoaded(store, { cookie: openCookieOf(ids) });
    const other = await openLoaded(store);
    other.reset();
    expect(ids).toEqual([other.current()?.sessionId]);
  });
});

test.describe('open tabs', () => {
  test('see identify() and reset() at once', async () => {
    const store = memoryStore();
    const [one, other] = [await openLoaded(store), await openLoaded(store)];
    one.identify('u');
    expect(other.current()).toEqual({ sessionId: 's1', userId: 'u', createdAt: 5000 });
    other.reset();
    expect(one.current()).toEqual({ sessionId: 's2', createdAt: 5000 });
    expect(other.current()).toEqual(one.current());
  });

  test('read a change they missed on the next load()', async () => {
    const store = memoryStore();
    const frozen = await openLoaded(store);
    tabs.listeners.clear();
    (await openLoaded(store)).identify('u');
    expect(frozen.current()?.userId).toBeUndefined();
    await frozen.load();
    expect(frozen.current()).toEqual({ sessionId: 's1', userId: 'u', createdAt: 5000 });
  });

  test('keep a user identified during load()', async () => {
    const session = await openLoaded(memoryStore());
    const loading = session.load();
    session.identify('u');
    await loading;
    expect(session.current()?.userId).toBe('u');
  });
});

test('tabs and visits share the session even if storage fails', async () => {
  const dead: Store = {
    get: async () => undefined,
    update: async () => undefined,
    put: async () => undefined,
    remove: async () => undefined,
    onEmptied() {},
  };
  const session = await openLoaded(dead);
  expect(session.current()?.sessionId).toBe('s1');
  session.identify('u');
  expect(await sessionOf(dead)).toEqual(session.current());
  await session.load();
  expect(session.current()).toEqual({ sessionId: 's1', userId: 'u', createdAt: 5000 });
});

test.describe('after a wrong clock', () => {
  const DAY_MS = 86_400_000;
  const YEAR_MS = 365 * DAY_MS;
  const MONTH_MS = 30 * DAY_MS;
  const RIGHT = Date.UTC(2026, 10, 28);
  const OFF: [clock: string, ms: number][] = [
    ['in 2019', -7 * YEAR_MS],
    ['in 2035', 9 * YEAR_MS],
    ['40 days ahead', 40 * DAY_MS],
  ];
  let known: number | undefined;
  let records: Map<string, unknown>;
  test.beforeEach(() => {
    time = RIGHT;
    known = undefined;
    records = new Map();
  });

  const openPage = async () => {
    const session = createSession({
      database: memoryStore(records),
      shared: memoryShared(tabs),
      generateId: () => `s${++generatedIds}`,
      maxAgeMs: MONTH_MS,
      now: () => time,
      knownOffset: () => known,
    });
    await session.load();
    return session;
  };
  const visit = async () => (await openPage()).current()?.sessionId;

  for (const [clock, ms] of OFF) {
    test(`${clock} and corrected by a known offset, the session goes on and does not exceed its maximum age`, async () => {
      time += ms;
      const page = await openPage();
      known = -ms;
      page.correctOffset();
      known = undefined;
      // Opened by the uncorrected clock.
      expect(await visit()).toBe('s1');
      time += 5 * DAY_MS - ms;
      expect(await visit()).toBe('s1');
      time += 24 * DAY_MS;
      expect(await visit()).toBe('s1');
      time += DAY_MS;
      expect(await visit()).toBe('s2');
    });

    test(`${clock} and corrected with an unknown offset, the session lasts at most its maximum age from then on`, async () => {
      time += ms;
      await openPage();
      time -= ms;
      expect(await visit()).toBe('s1');
      time += 29 * DAY_MS;
      expect(await visit()).toBe('s1');
      time += DAY_MS;
      expect(await visit()).toBe('s2');
    });
  }

  for (const [clock, ms] of OFF.slice(0, 2)) {
    test(`${clock}, set while the page is open and then corrected, the session goes on`, async () => {
      const page = await openPage();
      time += ms;
      await page.load();
      expect(page.current()?.sessionId).toBe('s1');
      time -= ms;
      await page.load();
      expect(page.current()?.sessionId).toBe('s1');
      expect(await visit()).toBe('s1');
    });
  }

  test('at a time before the tracker existed, the session does not age until the clock is corrected', async () => {
    await openPage();
    for (let boot = 1; boot < 4; boot++) {
      time = Date.UTC(2019, 0, 1);
      expect(await visit()).toBe('s1');
      time = RIGHT + boot * 9 * DAY_MS;
      expect(await visit()).toBe('s1');
    }
    time = RIGHT + MONTH_MS;
    expect(await visit()).toBe('s2');
  });

  test('the session of another page keeps its own clock offset', async () => {
    await openPage();
    const page = await openPage();
    known = DAY_MS;
    page.correctOffset();
    expect(page.current()).toEqual({ sessionId: 's1', createdAt: RIGHT });
  });
});
