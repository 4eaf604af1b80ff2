// Fails if dist/ differs from a build of the source, the docs have another tag or table of the data layer's or Segment's
// events, or docs/llms.txt is stale. Changes nothing.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DATA_LAYER_PAGE, withEventTable } from '../docs/data-layer-table.js';
import { LLMS_FILE, llmsText } from '../docs/llms.js';
import { SEGMENT_PAGE, withSegmentTable } from '../docs/segment-table.js';
import { TAGGED_PAGES, withTag } from '../docs/tag.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const built = mkdtempSync(join(tmpdir(), 'personalize-beacon-dist-'));

/** Source maps are not committed: the build writes them for the package. @param {string} folder */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));

/** @param {string} folder @param {string} name */
const read = (folder, name) => {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};

try {
  execFileSync(process.execPath, ['esbuild.config.mjs', built], { cwd: root, stdio: 'inherit' });
  const names = new Set([...filesOf(dist), ...filesOf(built)]);
  const stale = [...names].filter((name) => read(dist, name) !== read(built, name));
  if (stale.length) {
    console.error(`dist/ does not match src/: run npm run build, and commit ${stale.join(', ')}`);
    process.exitCode = 1;
  }
  for (const page of TAGGED_PAGES) {
    const text = /** @type {string} */ (read(root, page));
    if (text === withTag(text, built)) continue;
    console.error(`${page} prints another tag or stub than dist/ has: run npm run tag, and commit it`);
    process.exitCode = 1;
  }
  const dataLayerPage = /** @type {string} */ (read(root, DATA_LAYER_PAGE));
  if (dataLayerPage !== withEventTable(dataLayerPage)) {
    console.error(
      `${DATA_LAYER_PAGE} lists other events than the code makes: run npm run tag, and commit it`,
    );
    process.exitCode = 1;
  }
  const segment = /** @type {string} */ (read(root, SEGMENT_PAGE));
  if (segment !== (await withSegmentTable(segment, built))) {
    console.error(
      `${SEGMENT_PAGE} prints other events than the plugin makes: run npm run tag, and commit it`,
    );
    process.exitCode = 1;
  }
  if (read(root, LLMS_FILE) !== llmsText()) {
    console.error(`${LLMS_FILE} does not match the docs: run npm run tag, and commit it`);
    process.exitCode = 1;
  }
  if (!process.exitCode) console.log(`dist/ matches src/ (${names.size} files)`);
} finally {
  rmSync(built, { recursive: true });
}
