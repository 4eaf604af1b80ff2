import { defineConfig } from '@playwright/test';
import everywhere from '../playwright.config.js';

/** The engines of the other tests, each as it is there. */
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
