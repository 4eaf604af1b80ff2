import { defineConfig } from '@playwright/test';
import everywhere from '../playwright.config.js';

/** Each engine once, as for the other tests. */
const projects = (everywhere.projects ?? [])
  .filter(({ name }) => /^all-(chromium|firefox|webkit)$/.test(name ?? ''))
  .map(({ name, use }) => ({ name, use }));

export default defineConfig({
  ...everywhere,
  testDir: '.',
  testIgnore: [],
  outputDir: '../.results/libraries',
  projects,
});
