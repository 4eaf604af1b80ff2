import { defineConfig } from '@playwright/test';
import { findBrowser, findPlaywrights } from './browser.js';

const specOf = (name: string) => `${name}.spec.ts`;

/** Of no engine, or long and the same in each. */
const ONCE = [
  'unit/**',
  ...['bundlers', 'faults', 'local-aws', 'package', 'peers', 'relay', 'relay-examples', 'soak'].map(specOf),
];

/**
 * What only Chromium can be made to do: to crash, to keep pages in the back/forward cache, to take AWS's names for
 * another address. In other files such tests are tagged `@chromium`.
 */
const CHROMIUM = ['crash', 'docs', 'gtm', 'returning', 'security', 'tls'].map(specOf);

export default defineConfig({
  testDir: '.',
  outputDir: '.results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  timeout: 30_000,
  expect: { timeout: 10_000 },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath: findBrowser(),
          args: [
            '--no-sandbox',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
          ],
        },
      },
    },
    // The system's own of these two Playwright cannot drive.
    ...(['firefox', 'webkit'] as const).filter(findPlaywrights).map((name) => ({
      name,
      use: { browserName: name },
      testIgnore: [...ONCE, ...CHROMIUM],
      grepInvert: /@chromium/,
    })),
  ],
});
