// @ts-check
// Bundles a peer's page as its users ship it: minified, and split into files for lazy chunks.
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DRIVEN } from '../delivery-matrix/driven.js';
import { EVENTS } from '../delivery-matrix/scenarios.js';
import { listFilesAt, readFileAt } from './history.js';
import { BEFORE } from './peers.js';

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const SCRIPT = 'personalize.js';
/** The script and its chunks, without the copy that has the version in its name. */
const isScript = (/** @type {string} */ name) => name === SCRIPT || /^personalize[-.].*[a-z]\.js$/.test(name);

/** Returns this tracker's built files, of the checkout or of a commit, by path. @param {import('./peers.js').Peer} peer */
const readScripts = async ({ name, version }) => {
  const isBefore = name === BEFORE;
  const names = isBefore ? listFilesAt(version, 'dist/') : await readdir(at('../../dist'));
  const read = (/** @type {string} */ file) =>
    isBefore ? readFileAt(version, `dist/${file}`) : readFile(at(`../../dist/${file}`));
  const files = await Promise.all(
    names.filter(isScript).map(async (file) => /** @type {const} */ ([`/${file}`, await read(file)])),
  );
  if (!names.includes(SCRIPT)) throw new Error(`commit ${version} has no dist/${SCRIPT}`);
  return files;
};

/**
 * Bundles a peer's page.
 * @param {import('./peers.js').Peer} peer
 * @returns {Promise<{ html: string, files: Map<string, Buffer> }>} `files` by the path that a page loads each from
 */
export const bundle = async (peer) => {
  const { name, settings = name, isOwn } = peer;
  const { outputFiles } = await build({
    entryPoints: { page: at('page.js') },
    alias: { peer: at(`peers/${settings}.js`) },
    outdir: at('dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    // The tracker's own target.
    target: 'es2020',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [`/${basename(path)}`, Buffer.from(contents)]),
  );
  for (const [path, content] of isOwn ? await readScripts(peer) : []) files.set(path, content);
  const tag = isOwn ? `<script src="/${SCRIPT}"></script>` : '';
  const html = `<!doctype html><meta charset="utf-8"><title>shop</title><link rel="icon" href="data:,">
<script>${DRIVEN} const record = () => bench.record(${EVENTS});</script>${tag}
<button>click</button><a id="link" href="/next" onclick="record()">next</a><script type="module" src="/page.js"></script>`;
  return { html, files };
};

/** @typedef {Awaited<ReturnType<typeof bundle>>} Bundle */
