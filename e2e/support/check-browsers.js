// Fails when the script uses an API that a browser in package.json's `browserslist` lacks, unless newer-apis.json says
// how it does without. The syntax of dist/ is es-check's part.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNewerApis } from './browser-apis.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/');

/** The scripts that pages load, their chunks by import, and the packages bundled into them. */
const FILES = [
  'src/snippet.ts',
  'src/stub.ts',
  'src/index.ts',
  'src/aws-sdk.ts',
  'src/segment.ts',
  'src/browser/overlay/overlay.ts',
  'node_modules/nanoid/index.browser.js',
  'node_modules/idb-keyval/dist/index.js',
];

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8'));

/** By API, the reason why its absence does no harm. @type {Record<string, string>} */
const allowed = readJson('e2e/support/newer-apis.json');

/** @type {string[]} */
const browsers = readJson('package.json').browserslist;
const targets = browsers.map((browser) => {
  const [name, version] = browser.split(' ');
  return /** @type {import('./browser-apis.js').Target} */ ([name, Number(version)]);
});

const uses = findNewerApis(
  FILES.map((file) => `${ROOT}${file}`),
  `${ROOT}src/`,
  targets,
);
for (const { api, place, missing } of uses.filter(({ api }) => !Object.hasOwn(allowed, api))) {
  console.error(`${place.replace(ROOT, '')}: ${missing.join(', ')} lacks ${api}`);
  process.exitCode = 1;
}
for (const api of Object.keys(allowed).filter((name) => !uses.some((use) => use.api === name))) {
  console.error(`newer-apis.json: ${api} is not used, or every browser has it: remove it`);
  process.exitCode = 1;
}
if (!process.exitCode)
  console.log(`APIs: ${browsers.join(', ')}, and ${Object.keys(allowed).length} newer ones`);
