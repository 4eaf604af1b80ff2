import { defineConfig } from '@playwright/test';
import type { PersonalizeTestOptions } from 'personalize-beacon/playwright';

// The configuration of a user; the environment says which browser and site there are.
const { CHROMIUM, SITE = '', UPSTREAM } = process.env;

export default defineConfig<PersonalizeTestOptions>({
  testMatch: '*.user.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: SITE,
    launchOptions: { ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] },
    ...(UPSTREAM && { proxy: { server: UPSTREAM, username: 'ann', password: 'secret' } }),
  },
});
