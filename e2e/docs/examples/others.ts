import { existsSync, readFileSync } from 'node:fs';
import { expect } from '../../support/fixtures.js';
import type { Block } from '../markdown.js';
import { type Example, runInPage } from '../run.js';
import { usesTemplate } from './aws.js';
import { clickOn, playThrough } from './markup.js';
import { TAG } from './troubleshooting.js';

const ROOT = new URL('../../../', import.meta.url);
const { name, scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));

/** Checks that each command belongs to this package or its tools, and that its files exist: from the root, or in e2e. */
export const isOfThisPackage = ({ code }: Block) => {
  const commands = code
    .split('\n')
    .flatMap((line) => line.replace(/\s#.*$/, '').split('&&'))
    .map((command) => command.trim())
    .filter(Boolean);
  for (const command of commands) {
    const [program, first = '', second = ''] = command.split(/\s+/);
    if (program === 'npm' && first === 'run') expect(Object.keys(scripts), command).toContain(second);
    else if (program === 'npm' && ['start', 'test'].includes(first)) expect(scripts).toHaveProperty(first);
    else if (program === 'npm' && first === 'install') expect(['', name]).toContain(second);
    else if (program === 'npm') expect(['version', 'publish', 'pack'], command).toContain(first);
    else expect(['npx', 'node', 'git', 'openssl', 'cat'], command).toContain(program);
    const files = command.match(/[\w./-]+\/[\w.-]+\.(ts|js|json|mjs)\b/g) ?? [];
    for (const file of files) {
      const exists = [file, `e2e/${file}`].some((path) => existsSync(new URL(path, ROOT)));
      expect(exists, `${command}: ${file}`).toBe(true);
    }
  }
};

export const readme: Record<string, Example> = {
  'Quick start': usesTemplate,
  'Quick start (2)': {
    visit: (page) => page.locator('[data-personalize-item]').first().click(),
    arrives: [
      {
        eventType: 'click',
        itemId: 'movie-12',
        recommendationId: 'RID-from-GetRecommendations',
        impression: ['movie-12', 'movie-7'],
      },
    ],
  },
  'Quick start (3)': { check: isOfThisPackage },
  Development: { check: isOfThisPackage },
};

export const waysIn: Record<string, Example> = {
  // The loader stub, and calls before the script has loaded.
  'Script tag': {
    check: (block, world) =>
      runInPage(
        world,
        { ...block, code: `${block.code}<script>personalize.track('view', 'movie-12')</script>${TAG}` },
        { arrives: [{ eventType: 'view', itemId: 'movie-12' }] },
      ),
  },
};

export const delivery: Record<string, Example> = {
  'The life of an event': { check: ({ code }) => expect(code).toContain('Personalize') },
};

export const contributing: Record<string, Example> = {
  Contributing: { check: isOfThisPackage },
  Tests: { check: isOfThisPackage },
  'Tests (2)': { check: isOfThisPackage },
  'The benchmark': { check: isOfThisPackage },
  'Before a pull request': { check: isOfThisPackage },
  'A release': { check: isOfThisPackage },
};

export const migration: Record<string, Example> = {
  'Old call, new call': {
    arrives: [{ eventType: 'rate', itemId: 'movie-12', eventValue: 4, properties: '{"genre":"noir"}' }],
  },
  'Old call, new call (2)': { visit: playThrough },
  'What differs': { arrives: [{ eventType: 'view', itemId: 'movie-12' }] },
  'Changing over without counting twice': {
    use: `import { trackWithBoth } from './snippet'; trackWithBoth('view', 'movie-12');`,
    async visit(_, { aws }) {
      // Both scripts have loaded.
      await expect.poll(() => aws.acknowledged.length).toBe(2);
    },
    arrives: [{ eventType: 'view' }],
  },
};

const VIEW = [{ eventType: 'view', itemId: 'movie-12' }];

export const awsSdk: Record<string, Example> = {
  'Set up': { check: isOfThisPackage },
  'Set up (2)': { arrives: VIEW },
  'Set up (3)': { arrives: VIEW },
};

export const faq: Record<string, Example> = {
  Credentials: {
    async prepare({ page, aws, serve }) {
      const port = await serve(aws.collectHandler);
      await page.route('**/collect/events', (route) =>
        route.continue({ url: `http://127.0.0.1:${port}/collect/events` }),
      );
    },
    visit: clickOn('The Third Man'),
  },
  "One event's delivery": {
    arrives: [{ eventType: 'purchase', itemId: 'movie-12', eventValue: 9.99 }],
    async visit(page) {
      await page.evaluate(() => window.personalize.flush());
      await expect(page).toHaveTitle('Thank you');
    },
  },
  'Two trackers on a page': { arrives: VIEW },
  Removal: { arrives: VIEW },
};
