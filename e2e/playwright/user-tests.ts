import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from '../support/packed-package.js';
import { runUserTests, type UserResult } from './run-user-tests.js';
import { createSite } from './site.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs tests of the folder \`user\` in a project with the packed package; resolves to their results by title. */
type RunTests = (file: string, env?: Record<string, string>) => Promise<Record<string, UserResult>>;

export const test = base.extend<{ siteUrl: string }, { runTests: RunTests }>({
  siteUrl: async ({ serve }, use) => use(`http://localhost:${await serve(createSite())}`),
  runTests: [
    async ({ packed }, use) => {
      const folder = join(packed.project, 'tests');
      await cp(join(ROOT, 'e2e/playwright/user'), folder, { recursive: true });
      const modules = join(packed.project, 'node_modules');
      await mkdir(join(modules, '@playwright'), { recursive: true });
      for (const name of ['@playwright/test', 'playwright', 'playwright-core']) {
        await symlink(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
      }
      await use((file, env) => runUserTests(folder, file, env));
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});
