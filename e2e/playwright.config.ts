import { defineConfig } from '@playwright/test';
import { findBrowser, findHeadlessShell, findPlaywrightBuild } from './support/browser.js';
import type { SendWith } from './support/fixtures.js';

/** Needs no browser: `npm run test:unit`. */
const UNIT = ['unit/*.spec.ts', 'bench/*.spec.ts', 'report/*.spec.ts'];

/** Has its own packages and configuration: `npm run test:libraries`. */
const LIBRARIES = 'libraries/**';

/** Not about a browser engine, or long and the same in each. */
const ONCE = [
  'cli/**',
  'demo/**',
  'local/**',
  'package/**',
  'playwright/**',
  'relay/**',
  'server/**',
  'soak/**',
  'delivery/signatures.spec.ts',
];

/**
 * Only Chromium can crash a tab, keep pages in the back/forward cache, and map AWS's host names to another address.
 * Single tests in other files are tagged `@chromium`.
 */
const CHROMIUM_ONLY = [
  'docs/**',
  'delivery/{crash,return-visit,tls}.spec.ts',
  'host-page/{content-security-policy,security,tag-manager}.spec.ts',
];

/** Tests of delivery, which also run with the AWS SDK as the transport. */
const DELIVERY = ['delivery/{crash,network,return-visit,unload}.spec.ts'];

const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Runs in the full browser: the headless shell has no back/forward cache. */
const FULL_BROWSER = ['delivery/**', 'demo/storefront.spec.ts'];

const useChromium = (executablePath: string | undefined) => ({
  browserName: 'chromium' as const,
  launchOptions: { ...(executablePath && { executablePath }), args: ARGS },
});

const headlessShell = useChromium(findHeadlessShell());
const fullBrowser = useChromium(findBrowser());

export default defineConfig<{ modelRuns: number }, { sendWith: SendWith }>({
  testDir: '.',
  testIgnore: LIBRARIES,
  outputDir: '.results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  reporter: 'list',
  // For a machine that is busy with other work: a passing test takes a tenth of it.
  timeout: 90_000,
  expect: { timeout: 30_000 },
  projects: [
    // `npm test` runs these two.
    { name: 'unit', testMatch: UNIT },
    { name: 'core', use: headlessShell, testIgnore: [LIBRARIES, ...UNIT], grep: /@core/ },
    // `npm run test:all` runs these.
    { name: 'all-model', use: { modelRuns: 3000 }, testMatch: 'unit/*model.spec.ts' },
    { name: 'all-chromium', use: headlessShell, testIgnore: [LIBRARIES, ...UNIT, ...FULL_BROWSER] },
    { name: 'all-full-chromium', use: fullBrowser, testMatch: FULL_BROWSER },
    {
      name: 'all-aws-sdk',
      use: { ...fullBrowser, sendWith: 'aws-sdk' },
      testMatch: DELIVERY,
      grepInvert: /@own/,
    },
    // Playwright can drive only its own builds of these two.
    ...(['firefox', 'webkit'] as const).filter(findPlaywrightBuild).map((browserName) => ({
      name: `all-${browserName}`,
      use: { browserName },
      testIgnore: [LIBRARIES, ...UNIT, ...ONCE, ...CHROMIUM_ONLY],
      grepInvert: /@chromium/,
    })),
  ],
});
