import { readFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import { build, type Plugin } from 'esbuild';
import { expect, type Service, type Site, warmUp } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';
import { type Block, docs, ROOT } from './markdown.js';

export interface World {
  page: Page;
  aws: Service;
  site: Site;
  serve: Serve;
  testInfo: TestInfo;
  /** Lines that the page has logged to the console. */
  said: string[];
}

/** The visible effect of a block. The events that must arrive follow the block in the docs, as JSON. */
export interface Example {
  /** HTML beside it on the page. */
  html?: string;
  /** Attributes of the tag, by their names in JavaScript, if the block has no tag. */
  options?: Record<string, string>;
  /** Code that uses a module's exports, from `./snippet`. */
  use?: string;
  /** Runs before the page is opened. */
  prepare?(world: World): unknown;
  /** The tracker cannot or may not send, so the page is not warmed up. */
  isCold?: boolean;
  visit?(page: Page, world: World): Promise<unknown>;
  /** The events that must arrive, if the docs have no JSON. */
  arrives?: object[];
  /** Checks a block that no page runs. */
  check?(block: Block, world: World): unknown;
}

const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

/** Placeholders of the docs, and their values in the tests. */
const fillIn = (code: string) =>
  code
    .replaceAll("your event tracker's ID", 'demo-tracker')
    .replaceAll("your second tracker's ID", 'second-tracker')
    .replaceAll('us-east-1:your-identity-pool', POOL_ID);

const tag = (options: Record<string, string> = {}) =>
  `<script src="/personalize.js" ${Object.entries({
    trackingId: 'demo-tracker',
    identityPoolId: POOL_ID,
    ...options,
  })
    .map(([name, value]) => `data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}="${value}"`)
    .join(' ')}></script>`;

/** Resolves the modules that blocks import: the build, other blocks, and the stand-in for Amplify. */
const modules = (block: Block): Plugin => ({
  name: 'docs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^personalize-beacon\b/ }, ({ path }) => ({
      path: `${ROOT}dist/${path.split('/').slice(1).join('-') || 'index'}.js`,
    }));
    onResolve({ filter: /^aws-amplify\// }, () => ({
      path: `${ROOT}e2e/docs/amplify.ts`,
    }));
    onResolve({ filter: /^\.\/(snippet|tracker\.js)$/ }, ({ path }) => ({ path, namespace: 'docs' }));
    onLoad({ filter: /./, namespace: 'docs' }, ({ path }) => {
      const name = path.slice('./'.length);
      const module = docs.flatMap(({ blocks }) => blocks).find(({ code }) => code.startsWith(`// ${name}`));
      const { code, language } = path === './snippet' ? block : (module as Block);
      return { contents: fillIn(code), loader: language as 'js' | 'ts' | 'tsx', resolveDir: ROOT };
    });
  },
});

export const bundle = async (block: Block, use: string, platform: 'browser' | 'node' = 'browser') => {
  const { outputFiles } = await build({
    stdin: { contents: use, loader: 'tsx', resolveDir: ROOT },
    bundle: true,
    write: false,
    format: platform === 'node' ? 'cjs' : 'esm',
    platform,
    // On a server it is beside the site's own code.
    external: platform === 'node' ? ['@aws-sdk/*'] : [],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [modules(block)],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
};

/** Matches a block's text, in which `…` stands for any text. */
export const patternOf = ({ code }: Block) =>
  new RegExp(
    code
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
    's',
  );

const counted = (aws: Service) => aws.counted().filter(({ eventType }) => eventType !== 'warm-up');

/** Flushes the queue without waiting for it. */
const flush = (page: Page) => page.evaluate(() => void window.personalize?.flush?.()).catch(() => {}); // The page may be unloading.

/** The share watched is reported soon after a quarter: a player reports its time four times a second. */
const about = (event: object) =>
  'eventType' in event && event.eventType === 'watch' && 'eventValue' in event
    ? { ...event, eventValue: expect.closeTo(Number(event.eventValue), 1) }
    : event;

const arrivals = ({ page, aws }: World) =>
  expect.poll(async () => {
    await flush(page);
    return counted(aws);
  });

/** Waits until this number of events has arrived. */
export const arrivedSoFar = (world: World, count: number) => arrivals(world).toHaveLength(count);

/** Opens a page with the block, by its language. */
const open = async ({ page, site, serve }: World, block: Block, { html = '', options, use }: Example) => {
  const code = fillIn(block.code);
  if (block.language === 'html') {
    site.add('/', html + (/personalize[\w.-]*\.js/.test(code) ? '' : tag(options)) + code);
  } else {
    const isModule = /^(import|export) /m.test(code) || block.language !== 'js';
    const body = isModule ? await bundle(block, use ?? "import './snippet'") : code;
    // From its own server: while requests are intercepted, those of a page that unloads may be lost.
    const port = await serve((_, response) => {
      const headers = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' };
      response.writeHead(200, headers).end(body);
    });
    const script = `<script type="module" src="http://127.0.0.1:${port}/example.js"></script>`;
    site.add('/', html + (isModule ? '' : tag(options)) + script);
  }
  await page.goto(site.url);
};

export const runInPage = async (world: World, block: Block, example: Example) => {
  const { page } = world;
  const film = await readFile(`${ROOT}demo/storefront/public/leader.webm`);
  if (block.code.includes('trailer.webm'))
    await page.route('**/trailer.webm', (route) => route.fulfill({ contentType: 'video/webm', body: film }));
  await example.prepare?.(world);
  await open(world, block, example);
  if (/html|js/.test(block.language) && !example.isCold && !/^import /m.test(block.code)) {
    await page.waitForFunction(() => window.personalize?.flush);
    await warmUp(page);
  }
  await example.visit?.(page, world);
  const events = example.arrives ?? block.arrives;
  if (events) await arrivals(world).toMatchObject(events.map(about));
};
