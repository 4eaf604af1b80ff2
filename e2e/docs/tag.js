#!/usr/bin/env node
// @ts-check
// `npm run tag`: writes the script tag with its hash, the loader stub and the table of Segment's events, all of dist/, into
// the docs; the events of the data layer into their page; then docs/llms.txt.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DATA_LAYER_PAGE, withEventTable } from './data-layer-table.js';
import { LLMS_FILE, llmsText } from './llms.js';
import { SEGMENT_PAGE, withSegmentTable } from './segment-table.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The pages that name the script: the README has its hash, the other one the stub. */
export const TAGGED_PAGES = ['README.md', 'docs/ways-in.md'];

/**
 * Returns a page with the tag and the stub of what was built, where it has them.
 * @param {string} page @param {string} dist
 */
export const withTag = (page, dist) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const hash = createHash('sha384')
    .update(readFileSync(join(dist, 'personalize.js')))
    .digest('base64');
  const stub = readFileSync(join(dist, 'stub.js'), 'utf8').trim();
  return page
    .replaceAll(/personalize-\d+\.\d+\.\d+\.js/g, `personalize-${version}.js`)
    .replaceAll(/personalize-beacon-\d+\.\d+\.\d+\.tgz/g, `personalize-beacon-${version}.tgz`)
    .replace(/integrity="[^"]*"/, `integrity="sha384-${hash}"`)
    .replace(/^<script>\(.*<\/script>$/m, () => `<script>${stub}</script>`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const page of TAGGED_PAGES) {
    const file = join(root, page);
    writeFileSync(file, withTag(readFileSync(file, 'utf8'), join(root, 'dist')));
  }
  const page = join(root, DATA_LAYER_PAGE);
  writeFileSync(page, withEventTable(readFileSync(page, 'utf8')));
  const segment = join(root, SEGMENT_PAGE);
  writeFileSync(segment, await withSegmentTable(readFileSync(segment, 'utf8'), join(root, 'dist')));
  writeFileSync(join(root, LLMS_FILE), llmsText());
}
