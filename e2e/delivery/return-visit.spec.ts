import { spawn } from 'node:child_process';
import type { LaunchOptions, Page } from '@playwright/test';
import { findBrowser } from '../support/browser.js';
import {
  test as base,
  expect,
  hide,
  IMMEDIATE_FLUSHES,
  type Service,
  type Site,
  warmUp,
} from '../support/fixtures.js';
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
  refuseBeacons,
  setClock,
  stored,
  withoutFetchLater,
} from '../support/visits.js';

// Playwright disables the back/forward cache by default.
const test = base.extend<object, { launchOptions: LaunchOptions }>({
  launchOptions: [
    ({ launchOptions }, use) =>
      use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    { scope: 'worker' },
  ],
});

declare global {
  interface Window {
    restored?: boolean;
  }
}

/** Adds a page with a link to the next page, `/next`. */
const addPage = (site: Site) => {
  site.add(
    '/',
    `${site.tag(LONG_FLUSH_INTERVAL)}<a href="/next">go</a>
     <script>addEventListener('pageshow', (event) => { restored = event.persisted; })</script>`,
  );
  site.add('/next', '<h1>next</h1>');
};

/** Opens a page with a link to the next page, and loads credentials. */
const open = async (page: Page, aws: Service, site: Site) => {
  addPage(site);
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  aws.clear();
};

const go = async (page: Page) => {
  await page.getByText('go').click();
  await page.waitForURL('**/next');
};

/** A restored page fires no load event, so the test waits for `pageshow`. */
const goBack = async (page: Page) => {
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => window.restored)).toBe(true);
};

const timesOf = (aws: Service, item: string) => arrived(aws).filter((other) => other === item).length;

test('a page restored from the back/forward cache continues its session and sends new events', async ({
  page,
  aws,
  site,
}) => {
  await open(page, aws, site);
  const session = await page.evaluate(() => window.personalize.sessionId);
  for (const item of ['first', 'second', 'third']) {
    await record(page, item);
    await go(page);
    await expect.poll(() => counted(aws)).toContain(item);
    await goBack(page);
  }
  await record(page, 'last');
  await flush(page);
  expect(await page.evaluate(() => window.personalize.sessionId)).toBe(session);
  expect(counted(aws)).toEqual(['first', 'last', 'second', 'third']);
  // A beacon sends each item, and a later request whose answer can be read confirms it.
  expect(timesOf(aws, 'first')).toBe(2);
  expect(timesOf(aws, 'last')).toBe(1);
  expect(await stored(page)).toBe(0);
  await go(page);
  await goBack(page);
  await record(page, 'more');
  await flush(page);
  expect(timesOf(aws, 'first')).toBe(2);
});

// Stands for Firefox and WebKit, which `npm run delivery` covers: Chromium reports the request as failed.
test('a restored page sends again if its request in flight never settles', async ({ page, aws, site }) => {
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (...of) =>
      new Promise((resolve, reject) => {
        let isUnloaded = false;
        addEventListener(
          'pagehide',
          () => {
            isUnloaded = true;
          },
          { once: true },
        );
        fetch(...of).then(
          (response) => isUnloaded || resolve(response),
          (error) => isUnloaded || reject(error),
        );
      });
  });
  await open(page, aws, site);
  const heal = aws.fail({ stall: true, times: 1 });
  await record(page, ...items(10));
  await expect.poll(() => aws.calls('/events').length).toBe(1);
  await go(page);
  heal();
  await goBack(page);
  await record(page, 'more');
  await flush(page);
  expect(counted(aws)).toEqual([...items(10), 'more']);
});

test('a page that unloads while it requests credentials keeps no other page waiting, and can be restored @own', async ({
  page,
  aws,
  site,
}) => {
  addPage(site);
  site.add('/next', `<h1>next</h1>${site.tag()}`);
  aws.fail({ on: 'GetId', stall: true, times: 1 });
  await page.goto(site.url);
  await expect.poll(() => aws.requests.filter(({ fault }) => fault === 'stall')).toHaveLength(1);
  await go(page);
  await record(page, 'next');
  await expect.poll(() => counted(aws)).toEqual(['next']);
  await goBack(page);
  await record(page, 'more');
  await flush(page);
  expect(counted(aws)).toEqual(['more', 'next']);
});

test('a restore begins another page view and idle period: its first event is sent at once', async ({
  page,
  aws,
  site,
}) => {
  await open(page, aws, site);
  await go(page);
  await goBack(page);
  await record(page, 'first');
  await expect.poll(() => counted(aws)).toEqual(['first']);
});

test('a restore begins another page view: its items count again', async ({ page, aws, site }) => {
  await open(page, aws, site);
  site.add(
    '/',
    `<main data-personalize-item="film" data-personalize-on="load"><a href="/next">go</a></main>
     <p data-personalize-item="tile" data-personalize-impression>tile</p>${site.tag({ 'data-impression-time': '0' })}
     <script>addEventListener('pageshow', (event) => { restored = event.persisted; })</script>`,
  );
  await page.goto(site.url);
  const shown = () =>
    aws
      .counted()
      .map(({ eventType, itemId }) => `${eventType} ${itemId}`)
      .sort();
  const once = ['impression tile', 'view film'];
  await expect
    .poll(async () => {
      await flush(page);
      return shown();
    })
    .toEqual(once);
  await go(page);
  await goBack(page);
  await expect
    .poll(async () => {
      await flush(page);
      return shown();
    })
    .toEqual([...once, ...once].sort());
});

test('a page restored by going forward sends new events', async ({ page, aws, site }) => {
  await open(page, aws, site);
  site.add('/before', '<h1>before</h1>');
  await page.goto(`${site.url}/before`);
  await page.goto(site.url);
  await warmUp(page);
  aws.clear();
  await record(page, 'left');
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => counted(aws)).toEqual(['left']);
  await page.goForward({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => window.restored)).toBe(true);
  await record(page, 'more');
  await flush(page);
  expect(counted(aws)).toEqual(['left', 'more']);
});

test('a restored page does not send events that the next page has adopted', async ({ page, aws, site }) => {
  await open(page, aws, site);
  site.add('/next', site.tag(LONG_FLUSH_INTERVAL));
  await record(page, ...items(5));
  await refuseBeacons(page);
  await go(page);
  await flush(page);
  expect(counted(aws)).toEqual(items(5));
  await goBack(page);
  await record(page, 'more');
  await flush(page);
  expect(arrived(aws)).toEqual([...items(5), 'more']);
});

for (const [how, fault] of [
  ['slow', { delayMs: 1000 }],
  ['unanswered', { stall: true }],
] as const) {
  test(`a request that is ${how} when its page unloads loses no event and counts each once`, async ({
    page,
    aws,
    site,
    sendWith,
  }) => {
    await open(page, aws, site);
    const heal = aws.fail({ ...fault, times: 1 });
    await record(page, ...items(10));
    await expect.poll(() => aws.calls('/events').length).toBe(1);
    await go(page);
    await goBack(page);
    heal();
    await record(page, 'more');
    await flush(page);
    expect(counted(aws)).toEqual([...items(10), 'more']);
    // The request sends each event, and a later one confirms it. The SDK's request may be cut off, so a beacon repeats
    // it.
    const copies = sendWith === 'aws-sdk' ? 3 : 2;
    expect(aws.acknowledged.length).toBeLessThanOrEqual(copies * 10 + 1);
    expect(await stored(page)).toBe(0);
  });
}

test('the next visit confirms events sent by beacon, and a third visit does not send them again', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  await open(page, aws, site);
  await record(page, ...items(5));
  await go(page);
  await expect.poll(() => counted(aws)).toEqual(items(5));
  for (const visit of ['second', 'third']) {
    await page.goto(site.url);
    await record(page, visit);
    await flush(page);
    await expect.poll(() => stored(page)).toBe(0);
  }
  expect(arrived(aws)).toEqual([...items(5), ...items(5), 'second', 'third'].sort());
});

// The SDK's own request of ten does not use keepalive, and may succeed.
test('the next visit sends events that fit into no beacon while another script uses up the quota @own', async ({
  page,
  aws,
  site,
  serve,
}) => {
  await open(page, aws, site);
  const port = await serve(() => {});
  await page.evaluate(
    ([url, details]) => {
      fetch(url, { method: 'POST', mode: 'no-cors', keepalive: true, body: '-'.repeat(60 * 1024) });
      document.querySelector('a')?.addEventListener('click', () => {
        for (let n = 0; n < 100; n++) {
          window.personalize.track('click', `item-${`${n}`.padStart(3, '0')}`, details);
        }
      });
    },
    // The remaining 4 KiB hold five of these events, but not ten.
    [`http://127.0.0.1:${port}`, { properties: { text: '-'.repeat(500) } }] as const,
  );
  await go(page);
  await expect.poll(() => Math.max(...aws.calls('/events').map((call) => call.eventCount))).toBe(5);
  await page.goto(site.url);
  await flush(page);
  expect(counted(aws)).toEqual(items(100));
});

test('events recorded in the task of an unload survive without beacons and IndexedDB', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  await open(page, aws, site);
  await refuseBeacons(page);
  await page.evaluate((all) => {
    // Aborts every further write.
    IDBObjectStore.prototype.put = function () {
      this.transaction.abort();
      throw new Error('aborted');
    };
    document.querySelector('a')?.addEventListener('click', () => {
      for (const item of all) window.personalize.track('click', item);
    });
  }, items(5));
  await go(page);
  expect(aws.acknowledged).toHaveLength(0);
  await page.goto(site.url);
  await flush(page);
  expect(arrived(aws)).toEqual(items(5));
});

for (const [when, isRefused] of [
  ['at once in another beacon', false],
  ['on the next visit if beacons are refused', true],
] as const) {
  test(`events recorded by the page's own unload listeners arrive ${when}`, async ({ page, aws, site }) => {
    await open(page, aws, site);
    if (isRefused) await refuseBeacons(page);
    await page.evaluate(() => {
      addEventListener('pagehide', () => void window.personalize.track('leave', 'pagehide'));
      document.addEventListener('visibilitychange', () => {
        if (document.hidden) window.personalize.track('leave', 'visibilitychange');
      });
    });
    await go(page);
    const both = ['pagehide', 'visibilitychange'];
    if (isRefused) {
      await page.goto(site.url);
      await flush(page);
    }
    await expect.poll(() => arrived(aws)).toEqual(both);
  });
}

test('an online event during unload does not reactivate the page', async ({ page, aws, site }) => {
  await open(page, aws, site);
  await refuseBeacons(page);
  aws.fail({ on: 'events', drop: 'request' });
  await page.evaluate((all) => {
    for (const item of all) window.personalize.track('click', item);
    addEventListener('pagehide', () => dispatchEvent(new Event('online')));
  }, items(5));
  await go(page);
  aws.heal();
  await page.goto(site.url);
  await flush(page);
  expect(arrived(aws)).toEqual(items(5));
});

// A site's AWS SDK keeps no credentials for the popup, and may still request them when it closes.
test('events recorded right before a window closes itself arrive once', { tag: '@own' }, async ({
  page,
  aws,
  site,
}) => {
  await open(page, aws, site);
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void window.open('/'));
  const popup = await opened;
  await popup.waitForURL('**/');
  await popup.evaluate(() => window.personalize.ready);
  await warmUp(popup, IMMEDIATE_FLUSHES);
  aws.clear();
  const closed = popup.waitForEvent('close');
  await popup.evaluate((all) => {
    for (const item of all) window.personalize.track('click', item);
    setTimeout(() => window.close());
  }, items(5));
  await closed;
  await expect.poll(() => arrived(aws)).toEqual(items(5));
});

for (const [what, target] of [
  ['a click that opens a new tab', '<a target="_blank" href="/next" data-personalize-item="tile">open</a>'],
  [
    'a click that opens a window',
    '<button data-personalize-item="tile" onclick="window.open(\'/next\')">open</button>',
  ],
] as const) {
  test(`${what} is recorded once, and the page stays active`, async ({ page, aws, site }) => {
    await open(page, aws, site);
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), target);
    const opened = page.waitForEvent('popup');
    await page.getByText('open').click();
    await (await opened).waitForURL('**/next');
    await record(page, 'more');
    await flush(page);
    await page.reload();
    await flush(page);
    expect(arrived(aws)).toEqual(['more', 'tile']);
  });
}

test('on a phone, events sent when the visitor switches apps have arrived before the page is killed', async ({
  page,
  context,
  aws,
  site,
}) => {
  await withoutFetchLater(context);
  await open(page, aws, site);
  await record(page, ...items(5));
  await hide(page);
  await expect.poll(() => arrived(aws)).toEqual(items(5));
  await expect.poll(() => stored(page)).toBe(0);
  await crash(page);

  const later = await context.newPage();
  await setClock(later, PAST_LEASE_TIMEOUT_MS);
  await later.goto(site.url);
  await record(later, 'more');
  await flush(later);
  expect(arrived(aws)).toEqual([...items(5), 'more']);
});

test('a discarded tab sends its events when it is loaded again', async ({ page, context, aws, site }) => {
  // A discard ends a hidden tab's process without an event, as a crash does. The service is down before it.
  await withoutFetchLater(context);
  await open(page, aws, site);
  aws.fail({ status: 503 });
  await record(page, ...items(5));
  await hide(page);
  await expect.poll(() => stored(page)).toBe(5);
  await crash(page);
  aws.heal();
  const reloaded = await context.newPage();
  await setClock(reloaded, PAST_LEASE_TIMEOUT_MS);
  await reloaded.goto(site.url);
  await flush(reloaded);
  expect(arrived(aws)).toEqual(items(5));
});

for (const [how, end] of [
  ['its parent navigates', (page: Page) => page.goto('about:blank')],
  ['it is removed', (page: Page) => page.evaluate(() => document.querySelector('iframe')?.remove())],
] as const) {
  // A site's AWS SDK keeps no credentials for the iframe.
  test(`events waiting in an iframe are sent when ${how}`, { tag: '@own' }, async ({ page, aws, site }) => {
    await open(page, aws, site);
    site.add('/parent', '<iframe src="/"></iframe>');
    await page.goto(`${site.url}/parent`);
    const frame = page.frame({ url: `${site.url}/` });
    await frame?.evaluate(() => window.personalize.ready);
    await frame?.evaluate((all) => {
      for (const item of all) window.personalize.track('click', item);
    }, items(5));
    await end(page);
    await expect.poll(() => arrived(aws)).toEqual(items(5));
  });
}

/**
 * Starts Chromium without Playwright, whose DevTools prevent prerendering, on a page that prerenders another one.
 * Both pages report to a control server, which sends the first page the address to open.
 */
const prerender = async (site: Site, serve: Serve, profile: string) => {
  const reports: { prerendering: boolean; kept: string[] }[] = [];
  let goTo = (_path: string) => {};
  const control = await serve((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'GET') {
      goTo = (path) => response.end(path);
      return;
    }
    request.setEncoding('utf8').on('data', (text) => reports.push(JSON.parse(text)));
    response.end();
  });
  const say = `<script>
    const say = async () => {
      const databases = await indexedDB.databases();
      const kept = [...Object.keys(localStorage), ...databases.map(({ name }) => name)];
      const body = JSON.stringify({ prerendering: document.prerendering, kept });
      fetch('http://127.0.0.1:${control}', { method: 'POST', body });
    };
    // After the tracker's own turn, which comes when the page is idle.
    requestIdleCallback(() => requestIdleCallback(say));
  </script>`;
  site.add('/other', say);
  site.add(
    '/prerendered',
    `${site.tag({ 'data-flush-size': '1' })}<script>personalize.track('view', 'seen')</script>${say}`,
  );
  site.add(
    '/',
    `<script type="speculationrules">
       { "prerender": [{ "source": "list", "urls": ["/prerendered"], "eagerness": "immediate" }] }
     </script>
     <script>
       fetch('http://127.0.0.1:${control}').then(async (answer) => { location.href = await answer.text(); });
     </script>`,
  );
  const browser = spawn(
    findBrowser() as string,
    ['--headless', '--no-sandbox', '--no-first-run', `--user-data-dir=${profile}`, site.url],
    { stdio: 'ignore', detached: true },
  );
  await expect.poll(() => reports).toEqual([{ prerendering: true, kept: [] }]);
  return {
    reports,
    goTo: (path: string) => goTo(path),
    // Kills the process group: the program may be a wrapper script around the browser.
    close: () => process.kill(-(browser.pid as number), 'SIGKILL'),
  };
};

test(
  'a prerendered page stores, requests and sends nothing before it is shown',
  { tag: '@core' },
  async ({ aws, site, serve }, testInfo) => {
    const { goTo, close } = await prerender(site, serve, testInfo.outputPath('profile'));
    expect(aws.requests).toHaveLength(0);
    const before = Date.now() / 1000;
    goTo('/prerendered');
    await expect.poll(() => counted(aws)).toEqual(['seen']);
    expect(aws.acknowledged).toHaveLength(1);
    expect(aws.acknowledged[0]?.event.sentAt).toBeGreaterThanOrEqual(before);
    close();
  },
);

test('a prerendered page that is never shown stores and sends nothing', async ({
  aws,
  site,
  serve,
}, testInfo) => {
  const { reports, goTo, close } = await prerender(site, serve, testInfo.outputPath('profile'));
  goTo('/other');
  await expect.poll(() => reports.slice(1)).toEqual([{ prerendering: false, kept: [] }]);
  expect(aws.requests).toHaveLength(0);
  close();
});
