import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runUserTests } from '../../playwright/run-user-tests.js';
import { createSite, TRACKING_ID } from '../../playwright/site.js';
import { expect } from '../../support/fixtures.js';
import { type Block, docs } from '../markdown.js';
import type { Example, World } from '../run.js';

const TESTING_PAGE = 'docs/testing.md';
const FIRST = 'Test your events with Playwright';

/** Adds the browser of this machine to the configuration of the page, or to an empty one. */
const CONFIG = `import config from './user-config.js';
export default {
  // For a machine that is busy with other work.
  timeout: 80_000,
  expect: { timeout: 20_000 },
  ...config,
  testMatch: '*.user.ts',
  outputDir: 'results',
  use: {
    ...config.use,
    launchOptions: { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] },
  },
};
`;

const column = (name: string) => ({ name, type: 'string' });

const SCHEMA = {
  type: 'record',
  name: 'Interactions',
  namespace: 'com.amazonaws.personalize.schema',
  fields: [
    ...['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'IMPRESSION', 'GENRE'].map(column),
    { name: 'TIMESTAMP', type: 'long' },
  ],
  version: '1.0',
};

/** Returns a block of the page. */
const blockOf = (name: string) =>
  docs.find(({ file }) => file === TESTING_PAGE)?.blocks.find((block) => block.name === name) as Block;

interface Project {
  config?: string;
  schema?: object;
}

/** Runs files with tests on the site; resolves to the errors of each file. */
const run = async (
  { serve, testInfo }: World,
  files: Record<string, string>,
  { config = 'export default {};', schema = SCHEMA }: Project = {},
) => {
  const url = `http://localhost:${await serve(createSite())}`;
  const folder = testInfo.outputPath(`user-${new URL(url).port}`);
  await mkdir(folder, { recursive: true });
  const write = (name: string, content: string) =>
    writeFile(join(folder, name), content.replaceAll('http://localhost:3000', url));
  await write('playwright.config.ts', CONFIG);
  await write('user-config.ts', config);
  await write('schema.json', JSON.stringify(schema));
  const schemaPath = JSON.stringify(join(folder, 'schema.json'));
  for (const [name, code] of Object.entries(files)) {
    // Results are by title.
    const titled = code.replace("\ntest('", `\ntest('${name}: `);
    await write(`${name}.user.ts`, titled.replaceAll("'schema.json'", schemaPath));
  }
  const results = Object.entries(await runUserTests(folder, '.user.ts'));
  return Object.fromEntries(
    Object.keys(files).map((name) => {
      const result = results.find(([title]) => title.startsWith(`${name}: `));
      return [name, result?.[1].errors ?? ['it has not run']];
    }),
  );
};

const FAILED = [expect.any(String)];

/** Runs the block, and beside it one with a change that must make it fail. */
const passes = (text: string, replacement: string, errors: unknown[] = FAILED): Example => ({
  async check({ code }, world) {
    expect(code).toContain(text);
    const results = await run(world, { block: code, changed: code.replace(text, replacement) });
    expect(results).toEqual({ block: [], changed: errors });
  },
});

const NOW = ', { timeout: 0 });';

export const testing: Record<string, Example> = {
  [FIRST]: {
    check({ code }) {
      expect(code).toBe(
        'npm install -D @playwright/test personalize-beacon\nnpx playwright install chromium',
      );
    },
  },
  [`${FIRST} (2)`]: passes("itemId: 'movie-12' });", `itemId: 'movie-7' }${NOW}`),
  [`${FIRST} (3)`]: {
    check({ code }) {
      expect(code).toBe('npx playwright test');
    },
  },
  [`${FIRST} (4)`]: {
    async check({ code }, world) {
      const test = blockOf(`${FIRST} (2)`).code;
      // With the default timeout.
      const changed = test.replace("itemId: 'movie-12'", "itemId: 'movie-7'");
      const config = 'export default { expect: {} };';
      expect(await run(world, { changed }, { config })).toEqual({ changed: [code] });
    },
  },
  'Expect an event': passes("genre: 'Drama' }", "genre: 'Crime' }, status: 'accepted'"),
  'Expect no event': passes("itemId: 'movie-12' }", "itemId: 'movie-7' }"),
  'Let the service fail': passes('{ times: 1 }', '{ times: 2, timeout: 500 }'),
  'Check a schema': {
    async check({ code }, world) {
      expect(await run(world, { block: code })).toEqual({ block: [] });
      const fields = SCHEMA.fields.filter(({ name }) => name !== 'GENRE');
      expect(await run(world, { block: code }, { schema: { ...SCHEMA, fields } })).toEqual({
        block: [expect.stringContaining('add GENRE to the schema')],
      });
    },
  },
  Options: {
    async check({ code }, world) {
      const config = code.replace("your event tracker's ID", TRACKING_ID);
      const test = `import { expect, test } from 'personalize-beacon/playwright';
\ntest('options', async ({ page, personalize }) => {
          await page.goto('/');
          await page.getByText('Metropolis').click();
          await expect.poll(() => personalize.events()[0]?.status).toBe('accepted');
        });`;
      const ofSite = config.replace("region: 'us-east-1'", "region: 'eu-west-1'");
      expect(await run(world, { test }, { config: ofSite })).toEqual({ test: [] });
      expect(await run(world, { test }, { config })).toEqual({
        test: [expect.stringContaining('"rejected"')],
      });
    },
  },
  'With your own fixtures, proxy or launch options': passes(
    "itemId: 'movie-12' });",
    `itemId: 'movie-7' }${NOW}`,
  ),
  Limits: passes("Navigator.prototype, 'webdriver'", "Navigator.prototype, 'other'"),
};
