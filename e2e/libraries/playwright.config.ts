import { defineConfig } from '@playwright/test';
import everywhere from '../playwright.config.js';

/** The same engines as for the other tests. */
const projects = (everywhere.projects ?? [])
  .filter(({ name }) => name !== 'aws-sdk')
  .map(({ name, use }) => ({ name, use }));

export default defineConfig({
  ...everywhere,
  testDir: '.',
  testIgnore: [],
  outputDir: '../.results/libraries',
  projects,
});
