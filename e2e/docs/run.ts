import { readFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import { build, type Plugin } from 'esbuild';
import { compileScript, parse as parseVue } from 'vue/compiler-sfc';
import { expect, type Service, type Site, warmUp } from '../support/fixtures.js';
import type { Serve } from '../support/serve.js';
import { type Block, docs, ROOT } from './markdown.js';

export interface World {
  page: Page;
  aws: Service;
  site: Site;
  serve: Serve;
  testInfo: TestInfo;
  /** What the page has printed in the console. */
  said: string[];
}

/** What is to be seen of a block. What must arrive stands behind it in the docs, as JSON. */
export interface Example {
  /** Stands on the page with it. */
  html?: string;
  /** Attributes of the tag, in JavaScript's names, where the block has no tag of its own. */
  options?: Record<string, string>;
  /** Of a module: code that uses what it exports, from `./snippet`. */
  use?: string;
  /** Before the page is opened. */
  prepare?(world: World): unknown;
  /** The tracker has nothing to send with, or may not: the page is not warmed up. */
  isCold?: boolean;
  visit?(page: Page, world: World): Promise<unknown>;
  /** In place of JSON in the docs. */
  arrives?: object[];
  /** Of a block that no page runs. */
  check?(block: Block, world: World): unknown;
}

const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

/** What readers put in the place of, with what is put there here. */
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

/** Modules that docs import: the build, other blocks, and what stands in for Amplify. */
const modules = (block: Block): Plugin => ({
  name: 'docs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^personalize-beacon\b/ }, ({ path }) => ({
      path: `${ROOT}dist/${path.split('/').slice(1).join('-') || 'index'}.js`,
    }));
    onResolve({ filter: /^aws-amplify\// }, () => ({
      path: `${ROOT}e2e/docs/amplify.ts`,
    }));
    onResolve({ filter: /^\.\/(snippet|personalize)$/ }, ({ path }) => ({ path, namespace: 'docs' }));
    onLoad({ filter: /./, namespace: 'docs' }, ({ path }) => {
      const module = docs
        .flatMap(({ blocks }) => blocks)
        .find(({ code }) => code.startsWith('// personalize.ts'));
      const { code, language } = path === './snippet' ? block : (module as Block);
      const contents = fillIn(code);
      if (language !== 'vue') {
        return { contents, loader: language as 'js' | 'ts' | 'tsx', resolveDir: ROOT };
      }
      const { descriptor } = parseVue(contents);
      return {
        contents: compileScript(descriptor, { id: 'snippet', inlineTemplate: true }).content,
        resolveDir: ROOT,
      };
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
    // A server has it beside the site's own code.
    external: platform === 'node' ? ['@aws-sdk/*'] : [],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
    plugins: [modules(block)],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
};

/** The text in a block, whose `…` stands for whatever is there. */
export const patternOf = ({ code }: Block) =>
  new RegExp(
    code
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
    's',
  );

const counted = (aws: Service) => aws.counted().filter(({ eventType }) => eventType !== 'warm-up');

/** Sends what waits, and does not wait for it. */
const flush = (page: Page) => page.evaluate(() => void window.personalize?.flush?.()).catch(() => {}); // The page may be on its way.

/** The share that is watched is told soon after a quarter, by a player that tells of itself four times a second. */
const about = (event: object) =>
  'eventType' in event && event.eventType === 'watch' && 'eventValue' in event
    ? { ...event, eventValue: expect.closeTo(Number(event.eventValue), 1) }
    : event;

const arrivals = ({ page, aws }: World) =>
  expect.poll(async () => {
    await flush(page);
    return counted(aws);
  });

/** Waits until so many events have arrived. */
export const arrivedSoFar = (world: World, count: number) => arrivals(world).toHaveLength(count);

/** Opens a page with the block in it, as its language has it. */
const open = async ({ page, site, serve }: World, block: Block, { html = '', options, use }: Example) => {
  const code = fillIn(block.code);
  if (block.language === 'html') {
    site.add('/', html + (/personalize[\w.-]*\.js/.test(code) ? '' : tag(options)) + code);
  } else {
    const isModule = /^(import|export) /m.test(code) || block.language !== 'js';
    const body = isModule ? await bundle(block, use ?? "import './snippet'") : code;
    // By a server of its own: where requests are held up, those of a page that is left may be lost.
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
