// Tests of repeated start-up: by a second tag, a second init(), a router that swaps the body, or document.write().
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { pathOf, readScript } from '../../demo/script.js';
import { test } from '../support/console-errors.js';
import { expect, IMMEDIATE_FLUSHES, type Service, warmUp } from '../support/fixtures.js';
import { arrived, counted, flush, LONG_FLUSH_INTERVAL, record } from '../support/visits.js';

const TILE = '<p data-personalize-item="tile">tile</p>';
const RESTART_MESSAGE =
  'personalize-beacon: started again for demo-tracker: ignored, with its options; stop() comes first';

const optionsOf = (aws: Service, more = {}) => ({
  trackingId: 'demo-tracker',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
  endpoint: aws.url,
  identityEndpoint: aws.url,
  ...more,
});

/** Asserts that one click makes one event. */
const expectOneEvent = async (page: Page, aws: Service) => {
  await page.getByText('tile').click();
  await flush(page);
  expect(counted(aws)).toEqual(['tile']);
};

test('a second init() returns the running tracker and logs this once', { tag: '@core' }, async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  site.add('/', site.tag() + TILE);
  await page.goto(site.url);
  const same = await page.evaluate((options) => {
    const { personalize } = window;
    return [1, 2].map((flushSize) => personalize.init({ ...options, flushSize }) === personalize);
  }, optionsOf(aws));
  expect(same).toEqual([true, true]);
  await expectOneEvent(page, aws);
  expect(consoleErrors).toEqual([RESTART_MESSAGE]);
});

test('copies of the module and the tag share one tracker', { tag: '@core' }, async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  site.add('/', TILE + site.tag());
  await page.goto(site.url);
  const same = await page.evaluate(async (options) => {
    const copies = await Promise.all([1, 2].map((n) => import(`${location.origin}/index.js?copy=${n}`)));
    return copies.map(({ init }) => init(options) === window.personalize);
  }, optionsOf(aws));
  expect(same).toEqual([true, true]);
  await expectOneEvent(page, aws);
  expect(consoleErrors).toEqual([RESTART_MESSAGE]);
});

test('the tag adopts the tracker that a module has started', async ({ page, aws, site, consoleErrors }) => {
  site.add('/', TILE);
  await page.goto(site.url);
  await page.evaluate(
    async ([options, attributes]) => {
      const { init } = await import(`${location.origin}/index.js`);
      Object.assign(window, { ofModule: init(options) });
      await new Promise((resolve) => {
        const script = document.createElement('script');
        for (const [, name, value] of attributes?.matchAll(/([\w-]+)="([^"]*)"/g) ?? [])
          script.setAttribute(name as string, value as string);
        script.onload = resolve;
        document.head.append(script);
      });
    },
    [optionsOf(aws), site.tag()] as const,
  );
  await expectOneEvent(page, aws);
  expect(await page.evaluate(() => Reflect.get(window, 'ofModule') === window.personalize)).toBe(true);
  expect(consoleErrors).toEqual([RESTART_MESSAGE]);
});

test('init() after stop() starts another tracker', { tag: '@core' }, async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  site.add('/', site.tag() + TILE);
  await page.goto(site.url);
  const isAnother = await page.evaluate((options) => {
    const before = window.personalize;
    before.stop();
    window.personalize = before.init(options);
    return window.personalize !== before;
  }, optionsOf(aws));
  expect(isAnother).toBe(true);
  await expectOneEvent(page, aws);
  expect(consoleErrors).toEqual([]);
});

test('calls queued in the stub run once, even if init() is called twice', { tag: '@core' }, async ({
  page,
  aws,
  site,
}) => {
  const stub = readFileSync(new URL('../../dist/stub.js', import.meta.url), 'utf8');
  const bare = '<script src="/personalize.js"></script>';
  site.add('/', `<script>${stub}; personalize.track('click', 'early')</script>${bare}`);
  await page.goto(site.url);
  await page.evaluate((options) => {
    const { personalize } = window;
    personalize.init(options);
    personalize.init(options);
  }, optionsOf(aws));
  await flush(page);
  expect(arrived(aws)).toEqual(['early']);
});

test('a router that swaps the body with the tag keeps the tracker and logs nothing', {
  tag: '@core',
}, async ({ page, aws, site, consoleErrors }) => {
  site.add('/', TILE + site.tag());
  await page.goto(site.url);
  const isSame = await page.evaluate(async () => {
    const before = window.personalize;
    // Turbo replaces the body and creates its scripts again, so that the browser runs them.
    const body = document.body.cloneNode(true) as HTMLElement;
    document.body.replaceWith(body);
    const old = body.querySelector('script') as HTMLScriptElement;
    const script = document.createElement('script');
    for (const { name, value } of old.attributes) script.setAttribute(name, value);
    await new Promise((resolve) => {
      script.onload = resolve;
      old.replaceWith(script);
    });
    return before === window.personalize;
  });
  expect(isSame).toBe(true);
  await expectOneEvent(page, aws);
  expect(consoleErrors).toEqual([]);
});

test('a document rewritten by document.write() is tracked, and waiting events arrive once', async ({
  page,
  aws,
  site,
  consoleErrors,
}) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL) + TILE);
  await page.goto(site.url);
  await warmUp(page, IMMEDIATE_FLUSHES);
  await record(page, 'waits');
  await page.evaluate((html) => {
    Object.assign(window, { before: window.personalize });
    document.open();
    document.write(`<p data-personalize-item="loaded" data-personalize-on="load">loaded</p>${html}`);
    document.close();
    window.personalize.track('click', 'between');
  }, site.tag(LONG_FLUSH_INTERVAL) + TILE);
  await page.waitForFunction(() => window.personalize !== Reflect.get(window, 'before'));
  await page.getByText('tile').click();
  await flush(page);
  await expect.poll(() => counted(aws)).toEqual(['between', 'loaded', 'none', 'none', 'tile', 'waits']);
  expect(arrived(aws)).toEqual(counted(aws));
  expect(consoleErrors).toEqual([]);
});

test('a document rewritten by a script with an inline copy of the tracker is tracked', async ({
  page,
  aws,
  site,
}) => {
  const text = (readScript('/personalize.js') as Buffer)
    .toString()
    .replaceAll('./personalize', '/personalize');
  site.add('/', '<h1>bare</h1>');
  await page.goto(site.url);
  for (const item of ['first', 'second']) {
    await page.evaluate(
      ([item, text, options]) => {
        document.open();
        document.write(
          `<p data-personalize-item="${item}">${item}</p><script type="application/json" id="personalize-config">${options}</script>`,
        );
        document.close();
        const script = document.createElement('script');
        script.text = text as string;
        document.body.append(script);
      },
      [item, text, JSON.stringify(optionsOf(aws))],
    );
    await page.getByText(item).click();
    await page.getByText(item).click();
  }
  await flush(page);
  // Events in flight when the document was replaced arrive twice and count once.
  await expect.poll(() => counted(aws)).toEqual(['first', 'first', 'second', 'second']);
});

test.describe('a script from another origin', () => {
  /** Serves the script from another origin than the page's. */
  const host = async (
    serve: (run: never) => Promise<number>,
    headers: () => Record<string, string> | undefined,
  ) => {
    const run = (request: { url: string }, response: import('node:http').ServerResponse) => {
      const script = readScript(request.url);
      const more = headers();
      if (!script || (!more && request.url !== '/personalize.js')) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-type': 'text/javascript', ...more }).end(script);
    };
    return `http://127.0.0.1:${await serve(run as never)}`;
  };
  const CORS = { 'access-control-allow-origin': '*' };

  test('delivers without crossorigin', { tag: '@core' }, async ({
    page,
    aws,
    site,
    serve,
    consoleErrors,
  }) => {
    const origin = await host(serve, () => CORS);
    site.add('/', site.tag({ 'data-debug': '' }).replace('src="', `src="${origin}`) + TILE);
    const printed = page.waitForEvent('console', (message) => message.text().includes('delivered'));
    await page.goto(site.url);
    await expectOneEvent(page, aws);
    await printed;
    expect(consoleErrors).toEqual([]);
  });

  test('logs once the address of a chunk that fails to load, still delivers, and retries the chunk', {
    tag: '@core',
  }, async ({ page, aws, site, serve, consoleErrors }) => {
    let headers: typeof CORS | undefined;
    const origin = await host(serve, () => headers);
    await page.clock.install();
    site.add('/', site.tag({ 'data-debug': '' }).replace('src="', `src="${origin}`) + TILE);
    const printed = page.waitForEvent('console', (message) => message.text().includes('delivered'));
    await page.goto(site.url);
    await page.getByText('tile').click();
    await expect.poll(() => counted(aws)).toEqual(['tile']);
    await expect.poll(() => consoleErrors).toHaveLength(1);
    expect(consoleErrors[0]).toContain(
      `personalize-beacon: could not load ${origin}${pathOf('debug')} (is it there, with CORS?)`,
    );
    await page.clock.runFor(20_000);
    await page.clock.runFor(60_000);
    headers = CORS;
    await page.clock.runFor(120_000);
    await printed;
    expect(consoleErrors).toHaveLength(1);
  });

  test('loads its chunks from `chunkUrl`, also if it is inline', async ({
    page,
    aws,
    site,
    serve,
    consoleErrors,
  }) => {
    const origin = await host(serve, () => CORS);
    const options = { ...optionsOf(aws), debug: true, chunkUrl: origin };
    site.add(
      '/',
      `<script type="application/json" id="personalize-config">${JSON.stringify(options)}</script><script>${readScript('/personalize.js')}</script>${TILE}`,
    );
    const printed = page.waitForEvent('console', (message) => message.text().includes('delivered'));
    await page.goto(site.url);
    await expectOneEvent(page, aws);
    await printed;
    expect(consoleErrors).toEqual([]);
  });
});
