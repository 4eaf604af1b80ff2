// @ts-check
// Bundles a peer's page as its users ship it: minified, and split into files for lazy chunks.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DRIVEN } from '../delivery-matrix/driven.js';
import { EVENTS } from '../delivery-matrix/scenarios.js';
import { TRACKER } from './peers.js';

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Bundles a peer's page.
 * @param {import('./peers.js').Peer} peer
 * @returns {Promise<{ html: string, files: Map<string, Buffer> }>} `files` by the path that a page loads each from
 */
export const bundle = async ({ name }) => {
  const { outputFiles } = await build({
    entryPoints: { page: at('page.js') },
    alias: { peer: at(`peers/${name}.js`) },
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
  const own = name === TRACKER ? ['personalize.js'] : [];
  for (const file of own) files.set(`/${file}`, await readFile(at(`../../dist/${file}`)));
  const tag = own.length ? '<script src="/personalize.js"></script>' : '';
  const html = `<!doctype html><meta charset="utf-8"><title>shop</title><link rel="icon" href="data:,">
<script>${DRIVEN} const record = () => bench.record(${EVENTS});</script>${tag}
<button>click</button><a id="link" href="/next" onclick="record()">next</a><script type="module" src="/page.js"></script>`;
  return { html, files };
};

/** @typedef {Awaited<ReturnType<typeof bundle>>} Bundle */
