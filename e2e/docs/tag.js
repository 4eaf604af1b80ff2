#!/usr/bin/env node
// @ts-check
// `npm run tag`: writes the script tag with its hash, and the loader stub, into the README as dist/ has them.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Returns the README with the tag and the stub of what was built.
 * @param {string} readme @param {string} dist
 */
export const withTag = (readme, dist) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const hash = createHash('sha384')
    .update(readFileSync(join(dist, 'personalize.js')))
    .digest('base64');
  const stub = readFileSync(join(dist, 'stub.js'), 'utf8').trim();
  return readme
    .replaceAll(/personalize-\d+\.\d+\.\d+\.js/g, `personalize-${version}.js`)
    .replace(/integrity="[^"]*"/, `integrity="sha384-${hash}"`)
    .replace(/^<script>.*<\/script>$/m, () => `<script>${stub}</script>`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, 'README.md');
  writeFileSync(file, withTag(readFileSync(file, 'utf8'), join(root, 'dist')));
}
