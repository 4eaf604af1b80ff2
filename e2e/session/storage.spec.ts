import { chromium, type Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Service, warmUp } from '../support/fixtures.js';
import { LONG_FLUSH_INTERVAL } from '../support/visits.js';

const DATABASE = 'personalize-beacon:demo-tracker';

/** Init scripts that break storage before the page's first script. */
const BROKEN = {
  'IndexedDB is absent': () => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  },
  'IndexedDB is refused': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  'IndexedDB fails to open': () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...name) {
      const request = open.apply(this, name);
      // Runs after the tracker has set its handler.
      queueMicrotask(() => request.addEventListener('upgradeneeded', () => request.transaction?.abort()));
      return request;
    };
  },
  'the quota is exceeded': () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  },
  'transactions end in the middle': () => {
    // Prevents an earlier commit.
    Reflect.deleteProperty(IDBTransaction.prototype, 'commit');
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...names) {
      const started = transaction.apply(this, names);
      queueMicrotask(() => started.abort());
      return started;
    };
  },
  'IndexedDB hangs': () => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
  },
};

/** Shortens the tracker's storage timeout. */
const shortenTimeout = () => {
  const { setTimeout } = window;
  window.setTimeout = ((run: TimerHandler, ms = 0, ...given: unknown[]) =>
    setTimeout(run, ms === 3000 ? 100 : ms, ...given)) as typeof setTimeout;
};

const NO_LOCAL_STORAGE = {
  'localStorage is refused': () => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
  },
  'localStorage is absent': () => {
    Object.defineProperty(window, 'localStorage', { value: null });
  },
  'localStorage is full': () => {
    // Fills localStorage to the last character.
    for (let size = 2 ** 23; size >= 1; size /= 2) {
      try {
        localStorage.setItem(`full-${size}`, 'x'.repeat(size));
      } catch {}
    }
  },
};

const itemsOf = (aws: Service) => aws.counted().map((event) => event.itemId);

const track = (page: Page, item: string) =>
  page.evaluate((item) => window.personalize.track('view', item), item);

const flush = (page: Page) => page.evaluate(() => window.personalize.flush());

const sessionId = (page: Page) => page.evaluate(() => window.personalize.ready);

for (const [what, breakStorage] of Object.entries(BROKEN)) {
  test(`when ${what}, events are delivered and the session persists`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    await page.addInitScript(breakStorage);
    await page.addInitScript(shortenTimeout);
    site.add('/', site.tag());
    await page.goto(site.url);
    const session = await sessionId(page);
    expect(session).toMatch(/^[\w-]{21}$/);
    await track(page, 'a');
    await flush(page);
    await page.reload();
    expect(await sessionId(page)).toBe(session);
    await track(page, 'b');
    await flush(page);
    expect(aws.acknowledged.map((a) => [a.event.itemId, a.sessionId])).toEqual([
      ['a', session],
      ['b', session],
    ]);
    expect(consoleErrors).toEqual([]);
  });

  test(`when ${what}, events recorded right before an unload arrive on the next visit`, async ({
    page,
    aws,
    site,
  }) => {
    await page.addInitScript(breakStorage);
    await page.addInitScript(shortenTimeout);
    site.add('/', `${site.tag()}<a href="/next" onclick="personalize.track('click', 'a')">go</a>`);
    site.add('/next', site.tag());
    // Without credentials no event can be sent by beacon.
    aws.fail({ on: 'cognito', stall: true });
    await page.goto(site.url);
    await sessionId(page);
    await page.getByText('go').click();
    await page.waitForURL('**/next');
    expect(aws.acknowledged).toEqual([]);
    aws.heal();
    await page.reload();
    await flush(page);
    expect(itemsOf(aws)).toEqual(['a']);
  });
}

for (const [what, breakStorage] of Object.entries(NO_LOCAL_STORAGE)) {
  test(`when ${what}, events are delivered and the session persists`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    await page.addInitScript(breakStorage);
    site.add('/', site.tag());
    await page.goto(site.url);
    const session = await sessionId(page);
    await track(page, 'a');
    await flush(page);
    await page.reload();
    expect(await sessionId(page)).toBe(session);
    await track(page, 'b');
    await flush(page);
    expect(itemsOf(aws)).toEqual(['a', 'b']);
    expect(consoleErrors).toEqual([]);
  });

  test(`when ${what} and IndexedDB is refused, events are delivered during the page view`, async ({
    page,
    aws,
    site,
    consoleErrors,
  }) => {
    await page.addInitScript(breakStorage);
    await page.addInitScript(BROKEN['IndexedDB is refused']);
    site.add('/', `${site.tag()}<a href="/next" onclick="personalize.track('click', 'b')">go</a>`);
    site.add('/next', '<h1>next</h1>');
    await page.goto(site.url);
    expect(await sessionId(page)).toMatch(/^[\w-]{21}$/);
    await track(page, 'a');
    await flush(page);
    await page.getByText('go').click();
    await expect.poll(() => itemsOf(aws)).toEqual(['a', 'b']);
    expect(consoleErrors).toEqual([]);
  });
}

test('events are delivered while another page blocks the database', { tag: '@core' }, async ({
  page,
  context,
  aws,
  site,
}) => {
  await page.addInitScript(shortenTimeout);
  site.add('/holder', '');
  site.add('/', site.tag());
  const holder = await context.newPage();
  await holder.goto(`${site.url}/holder`);
  // An open connection blocks a deletion, and the deletion blocks later openings.
  await holder.evaluate(async (name) => {
    await new Promise((resolve) => {
      indexedDB.open(name).onsuccess = resolve;
    });
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).onblocked = resolve;
    });
  }, DATABASE);
  await page.goto(site.url);
  await track(page, 'a');
  await flush(page);
  expect(itemsOf(aws)).toEqual(['a']);
  await holder.close();
  await page.reload();
  await track(page, 'b');
  await flush(page);
  expect(itemsOf(aws)).toEqual(['a', 'b']);
});

test('events are delivered if the database has no object store', async ({ page, aws, site }) => {
  site.add('/holder', '');
  site.add('/', site.tag());
  await page.goto(`${site.url}/holder`);
  await page.evaluate(
    (name) =>
      new Promise((resolve) => {
        indexedDB.open(name).onsuccess = resolve;
      }),
    DATABASE,
  );
  await page.goto(site.url);
  await track(page, 'a');
  await flush(page);
  expect(itemsOf(aws)).toEqual(['a']);
});

for (const [how, end] of [
  [
    'closes the connection',
    (page) => page.evaluate(() => (window as unknown as { opened: IDBDatabase }).opened.close()),
  ],
  [
    'clears the data',
    async (page) => {
      const devtools = await page.context().newCDPSession(page);
      const origin = new URL(page.url()).origin;
      await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    },
  ],
] as [string, (page: Page) => Promise<unknown>][]) {
  test(`when the browser ${how} during a visit, later events are stored again`, { tag: '@chromium' }, async ({
    page,
    aws,
    site,
  }) => {
    await page.addInitScript(() => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...name) {
        const request = open.apply(this, name);
        request.addEventListener('success', () => Object.assign(window, { opened: request.result }));
        return request;
      };
    });
    site.add('/', site.tag());
    await page.goto(site.url);
    await warmUp(page);
    aws.fail({ status: 503 });
    await end(page);
    await track(page, 'a');
    await track(page, 'b');
    const stored = () =>
      page.evaluate(
        (name) =>
          new Promise<string[]>((resolve) => {
            const request = indexedDB.open(name);
            // The tracker must create it again, not this test.
            request.onupgradeneeded = () => request.transaction?.abort();
            request.onerror = () => resolve([]);
            request.onsuccess = () => {
              const database = request.result;
              const all = database.transaction('records').objectStore('records').getAll();
              all.onsuccess = () => {
                database.close();
                resolve(all.result.flatMap(({ event }) => event?.itemId ?? []).sort());
              };
            };
          }),
        DATABASE,
      );
    await expect.poll(stored).toContain('b');
    await page.goto('about:blank');
    aws.heal();
    await page.goto(site.url);
    await flush(page);
    expect(itemsOf(aws).sort()).toEqual(['a', 'b', 'none']);
  });
}

for (const [what, breakStorage] of Object.entries({
  'Web Locks are absent': () => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  },
  'Web Locks are refused': () => {
    // Firefox has no LockManager on `about:blank`.
    if (typeof LockManager === 'undefined') return;
    LockManager.prototype.request = async () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  'BroadcastChannel is absent': () => {
    Object.defineProperty(window, 'BroadcastChannel', { value: undefined });
  },
})) {
  test(`when ${what}, events are delivered with one request for credentials`, async ({ page, aws, site }) => {
    await page.addInitScript(breakStorage);
    site.add('/', site.tag());
    await page.goto(site.url);
    await track(page, 'a');
    await flush(page);
    expect(itemsOf(aws)).toEqual(['a']);
    expect(aws.calls('GetCredentialsForIdentity')).toHaveLength(1);
  });
}

test(
  'everything works on plain http under a host other than localhost',
  { tag: '@chromium' },
  async ({ aws, site }, { project }) => {
    const { launchOptions } = project.use;
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions?.args ?? []), '--host-resolver-rules=MAP shop.test 127.0.0.1'],
    });
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    site.add('/', `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next" data-personalize-item="b">go</a>`);
    site.add('/next', site.tag());
    await page.goto(site.url.replace('localhost', 'shop.test'));
    expect(await page.evaluate(() => [isSecureContext, crypto.subtle, navigator.locks])).toEqual([
      false,
      undefined,
      undefined,
    ]);
    await warmUp(page);
    await track(page, 'a');
    await flush(page);
    const session = await sessionId(page);
    await page.getByText('go').click();
    await page.waitForURL('**/next');
    await expect.poll(() => itemsOf(aws)).toEqual(['none', 'a', 'b']);
    expect(aws.acknowledged.map((a) => a.form)).toEqual(['header', 'header', 'query']);
    expect(await sessionId(page)).toBe(session);
    expect(errors).toEqual([]);
    await browser.close();
  },
);
