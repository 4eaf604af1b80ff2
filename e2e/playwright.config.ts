import { defineConfig } from '@playwright/test';
import { findBrowser, findPlaywrights } from './browser.js';
import type { WayOut } from './fixtures.js';

const specOf = (name: string) => `${name}.spec.ts`;

/** Asks for packages of its own, which `npm run test:libraries` installs. */
const LIBRARIES = 'libraries/**';

/** Of no engine, or long and the same in each. */
const ONCE = [
  'unit/**',
  'bench/**',
  ...['aws-setup', 'bundlers', 'check', 'faults', 'local-aws', 'package', 'peers', 'put-events'].map(specOf),
  ...['relay', 'relay-examples', 'relay-kinesis', 'soak'].map(specOf),
];

/**
 * What only Chromium can be made to do: to crash, to keep pages in the back/forward cache, to take AWS's names for
 * another address. In other files such tests are tagged `@chromium`.
 */
const CHROMIUM = ['crash', 'docs', 'gtm', 'policy', 'returning', 'security', 'tls'].map(specOf);

/** What is delivered, and when. */
const DELIVERY = ['crash', 'leaving', 'network', 'returning'].map(specOf);

const chromium = {
  browserName: 'chromium' as const,
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
};

export default defineConfig<object, { wayOut: WayOut }>({
  testDir: '.',
  testIgnore: LIBRARIES,
  outputDir: '.results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  // For a machine that is busy with other work: a test that passes takes a tenth of it.
  timeout: 90_000,
  expect: { timeout: 30_000 },
  projects: [
    { name: 'chromium', use: chromium },
    {
      name: 'aws-sdk',
      use: { ...chromium, wayOut: 'aws-sdk' },
      testMatch: DELIVERY,
      grepInvert: /@own/,
    },
    // The system's own of these two Playwright cannot drive.
    ...(['firefox', 'webkit'] as const).filter(findPlaywrights).map((name) => ({
      name,
      use: { browserName: name },
      testIgnore: [LIBRARIES, ...ONCE, ...CHROMIUM],
      grepInvert: /@chromium/,
    })),
  ],
});
