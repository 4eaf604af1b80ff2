#!/usr/bin/env node
// @ts-check
// `npm run dev`: serves the storefront and rebuilds after each change in src/. Accepts the flags of `npm start`.
import { spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Waits for further changes: an editor saves a file in several steps, and a checkout changes many files. */
const PAUSE_MS = 100;

const build = () => {
  const { status } = spawnSync(process.execPath, ['esbuild.config.mjs'], { cwd: ROOT, stdio: 'inherit' });
  console.log(status === 0 ? 'Built dist/. Reload the page.' : 'The build failed. dist/ may lack files.');
};

/** @type {NodeJS.Timeout | undefined} */
let timer;

build();
await import('./server.js');
watch(new URL('../src/', import.meta.url), { recursive: true }, () => {
  clearTimeout(timer);
  timer = setTimeout(build, PAUSE_MS);
});
