import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { ANALYTICS_BLOCK, SEGMENT_BLOCKS } from '../docs/examples/segment.js';
import { docs } from '../docs/markdown.js';
import { bundleText } from './bundle.js';
import { expect, expectCounted, run, test } from './fixtures.js';

/** Runs statements that call Segment's library, after the plugin has loaded. */
const track = (page: Page, ...calls: [name: string, properties?: unknown, options?: object][]) =>
  page.evaluate(async (all) => {
    const { analytics } = window as unknown as { analytics: { track(...call: unknown[]): Promise<unknown> } };
    for (const call of all) await analytics.track(...call);
  }, calls as unknown[][]);

const products = (...ids: string[]) => ids.map((product_id) => ({ product_id }));
const SHELF = { list_id: 'shelf', recommendation_id: 'RID-1', products: products('a', 'b', 'c') };

test('a visit from a list to the order is recorded, with its recommendation', async ({ page, aws, open }) => {
  await open('segment.js', '', {});
  await track(
    page,
    ['Product List Viewed', SHELF],
    ['Product Clicked', { product_id: 'b', list_id: 'shelf' }],
    ['Product Viewed', { product_id: 'b', price: '9.99' }],
    ['Product Added', { product_id: 'b', price: 9.99, quantity: 2 }],
    [
      'Order Completed',
      {
        order_id: '55',
        products: [
          { product_id: 'b', price: 9.99 },
          { product_id: 'd', price: 5 },
        ],
      },
    ],
  );
  const impression = ['a', 'b', 'c'];
  await expectCounted(
    aws,
    ['eventType', 'itemId', 'eventValue', 'recommendationId', 'impression', 'eventId'],
    [
      ['click', 'b', undefined, 'RID-1', impression, expect.any(String)],
      ['view', 'b', 9.99, 'RID-1', impression, expect.any(String)],
      ['add_to_cart', 'b', 9.99, 'RID-1', impression, expect.any(String)],
      ['purchase', 'b', 9.99, 'RID-1', impression, '55-b'],
      ['purchase', 'd', 5, undefined, undefined, '55-d'],
    ],
  );
});

test('an order that is reported again counts once', async ({ page, aws, open }) => {
  await open('segment.js', '', {});
  const order = { order_id: '55', products: products('a') };
  await track(page, ['Order Completed', order]);
  await expectCounted(aws, ['itemId'], ['a']);
  await page.reload();
  await track(page, ['Order Completed', order], ['Product Viewed', { product_id: 'z' }]);
  // It is sent twice.
  await expect.poll(() => aws.acknowledged.map(({ event }) => event.itemId)).toEqual(['a', 'a', 'z']);
  await expectCounted(aws, ['itemId'], ['a', 'z']);
});

test('options name the events, the item and the properties', async ({ page, aws, open }) => {
  await open('segment.js', '', {
    domain: 'ECOMMERCE',
    events: { 'Product Shared': 'Share', 'Product Added': false },
    itemId: 'sku',
    properties: ['shelf_position'],
  });
  const product = { product_id: 'p', sku: 's', shelf_position: 3 };
  await track(page, ['Product Added', product], ['Product Viewed', product], ['Product Shared', product]);
  await expectCounted(
    aws,
    ['eventType', 'itemId', 'properties'],
    [
      ['View', 's', '{"shelfPosition":3}'],
      ['Share', 's', '{"shelfPosition":3}'],
    ],
  );
});

test('log-in and log-out are those of Segment', async ({ page, aws, open }) => {
  await open('segment.js', '', {});
  const view = (id: string) => track(page, ['Product Viewed', { product_id: id }]);
  await view('a');
  await page.evaluate(() =>
    (window as never as Record<string, { identify(id: string): void }>).analytics?.identify('ann'),
  );
  await view('b');
  await page.evaluate(() => (window as never as Record<string, { reset(): void }>).analytics?.reset());
  await view('c');
  await expectCounted(aws, ['itemId'], ['a', 'b', 'c']);
  const [before, during, after] = aws.acknowledged;
  expect([before, during, after].map((event) => event?.userId)).toEqual([undefined, 'ann', undefined]);
  expect(during?.sessionId).toBe(before?.sessionId);
  expect(after?.sessionId).not.toBe(before?.sessionId);
});

test('a visitor whom Segment knows from an earlier visit is identified', async ({ page, aws, open }) => {
  await open('segment.js', '');
  await page.evaluate(() => localStorage.setItem('ajs_user_id', '"ann"'));
  await run(page, 'start({})');
  await track(page, ['Product Viewed', { product_id: 'a' }]);
  await expect.poll(() => aws.acknowledged.map(({ userId }) => userId)).toEqual(['ann']);
});

test("a call's integrations can leave the plugin out", async ({ page, aws, open }) => {
  await open('segment.js', '', {});
  const view = (product_id: string, integrations: object) =>
    track(page, ['Product Viewed', { product_id }, { integrations }]);
  await view('a', { 'personalize-beacon': false });
  await view('b', { All: false });
  await view('c', { All: false, 'personalize-beacon': true });
  await expectCounted(aws, ['itemId'], ['c']);
});

test('what is wrong with a product is rejected, and the others of its order count', async ({
  page,
  aws,
  open,
}) => {
  await open('segment.js', '', {});
  await run(
    page,
    "window.reasons = []; window.personalize.on('rejected', ({ reason }) => window.reasons.push(reason))",
  );
  const wrong = [{}, null, { product_id: 'x'.repeat(257) }, { product_id: 'a', price: 1e39 }];
  await track(
    page,
    ['Order Completed', { products: [...wrong, { product_id: 'b', price: 'free' }] }],
    ['Order Completed'],
    ['Product Viewed', { product_id: 'c', recommendation_id: 'r'.repeat(41) }],
  );
  await expectCounted(aws, ['eventType', 'itemId', 'eventValue'], [['purchase', 'b', undefined]]);
  const reasons = await page.evaluate(() => (window as never as { reasons: string[] }).reasons);
  expect(reasons.map((reason) => reason.replace(/; got .*/, ''))).toEqual([
    'itemId must be a string of 1-256 characters',
    'itemId must be a string of 1-256 characters',
    'itemId must be a string of 1-256 characters',
    'eventValue must be a finite 32-bit number',
    'itemId must be a string of 1-256 characters',
    'recommendationId must be a string of 1-40 characters',
  ]);
});

test('the loader stub stands for the tracker until its script has loaded', async ({
  page,
  aws,
  site,
  load,
  tag,
}) => {
  const { script } = await load('segment.js');
  const stub = readFileSync(new URL('../../dist/stub.js', import.meta.url), 'utf8');
  site.add('/', `<script>${stub}</script>${script}<script>start({})</script><template>${tag()}</template>`);
  await page.goto(site.url);
  await track(page, ['Product Viewed', { product_id: 'a' }]);
  await run(
    page,
    `const late = document.createElement('script');
    const { attributes } = document.querySelector('template').content.firstElementChild;
    for (const { name, value } of attributes) late.setAttribute(name, value);
    document.head.append(late);`,
  );
  await page.waitForFunction(() => window.personalize.flush);
  await track(page, ['Product Viewed', { product_id: 'b' }]);
  await expectCounted(aws, ['itemId'], ['a', 'b']);
});

test.describe('the code in the docs', () => {
  const codeOf = (page: string, name: string) => {
    const block = docs.find(({ file }) => file === page)?.blocks.find((each) => each.name === name);
    return block?.code ?? `throw new Error(${JSON.stringify(`${page} has no block ${name}`)})`;
  };

  interface Pages {
    /** Opens a page with a module's text, whose tracker sends to the local AWS. */
    openModule(code: string): Promise<void>;
  }

  const inDocs = test.extend<Pages>({
    openModule: async ({ page, aws, site }, use) => {
      const errors: Error[] = [];
      page.on('pageerror', (error) => errors.push(error));
      const options = {
        trackingId: 'demo-tracker',
        identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
        endpoint: aws.url,
        identityEndpoint: aws.url,
        flushInterval: 0,
      };
      await page.route('https://*.segment.{com,io}/**', (route) =>
        route.fulfill({ json: { integrations: { 'Segment.io': { apiKey: 'key' } } } }),
      );
      await use(async (code) => {
        const started = code.replace(/init\(\{[^}]*\}\)/, `init(${JSON.stringify(options)})`);
        site.addFile('/module.js', await bundleText(started), 'text/javascript');
        site.add('/', '<script src="/module.js"></script>');
        await page.goto(site.url);
      });
      expect(errors).toEqual([]);
    },
  });

  inDocs('of the page about Segment', async ({ aws, openModule }) => {
    const [register, events] = SEGMENT_BLOCKS.map((name) => codeOf('docs/segment.md', name));
    await openModule(`${register}\n${events}`);
    await expectCounted(
      aws,
      ['eventType', 'itemId', 'eventValue', 'impression', 'recommendationId'],
      [
        ['click', 'movie-7', undefined, ['movie-12', 'movie-7'], 'RID-4f1c'],
        ['view', 'movie-7', 9.99, ['movie-12', 'movie-7'], 'RID-4f1c'],
        ['purchase', 'movie-7', 9.99, ['movie-12', 'movie-7'], 'RID-4f1c'],
        ['purchase', 'movie-9', 4.99, undefined, undefined],
      ],
    );
  });

  inDocs('of its options', async ({ aws, openModule }) => {
    const [register = '', , options] = SEGMENT_BLOCKS.map((name) => codeOf('docs/segment.md', name));
    const product = '{ product_id: "p", sku: "s", shelf_position: 2 }';
    await openModule(
      `${register.replace(/analytics\.register.*/, '')}\n${options}
      for (const name of ['Product Added to Wishlist', 'Product Added', 'Product Viewed']) analytics.track(name, ${product});`,
    );
    await expectCounted(
      aws,
      ['eventType', 'itemId', 'properties'],
      [
        ['Wishlist', 's', '{"shelfPosition":2}'],
        ['View', 's', '{"shelfPosition":2}'],
      ],
    );
  });

  inDocs('of the recipe for the package analytics', async ({ aws, openModule }) => {
    await openModule(
      `${codeOf('docs/recipes.md', ANALYTICS_BLOCK)}
      (async () => {
        const order = { order_id: 5, products: [{ product_id: 'b', price: '3' }, { product_id: 'c' }] };
        await analytics.track('Product Viewed', { product_id: 'a', price: 9.99 });
        await analytics.identify('ann', { name: 'Ann' });
        await analytics.track('Trailer Played', { product_id: 'a' });
        await analytics.track('Order Completed', order);
        await analytics.reset();
        await analytics.track('Product Viewed', { product_id: 'd' });
      })();`,
    );
    await expectCounted(
      aws,
      ['eventType', 'itemId', 'eventValue'],
      [
        ['view', 'a', 9.99],
        ['trailer', 'a', undefined],
        ['purchase', 'b', 3],
        ['purchase', 'c', undefined],
        ['view', 'd', undefined],
      ],
    );
    const users = aws.acknowledged.map(({ userId }) => userId);
    expect([users[0], users.at(-2), users.at(-1)]).toEqual([undefined, 'ann', undefined]);
  });

  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's dependencies from this pattern
  inDocs('of the page about Segment has no error of types', async ({}, testInfo) => {
    const folder = testInfo.outputPath('types');
    await mkdir(folder, { recursive: true });
    const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
    const [register = '', ...others] = SEGMENT_BLOCKS.map((name) => codeOf('docs/segment.md', name));
    await writeFile(join(folder, 'block.ts'), [register, ...others].join('\n'));
    const paths = {
      'personalize-beacon': [path('../../dist/index.d.ts')],
      'personalize-beacon/segment': [path('../../dist/segment.d.ts')],
      '@segment/analytics-next': [path('node_modules/@segment/analytics-next')],
    };
    const compilerOptions = { paths, moduleResolution: 'bundler', module: 'esnext', types: [] };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: path('../tsconfig.json'), compilerOptions, include: ['*'] }),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [
      path('node_modules/typescript/bin/tsc'),
      '-p',
      folder,
    ]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  });
});
