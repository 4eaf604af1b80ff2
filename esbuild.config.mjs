import { build } from 'esbuild';

const shared = {
  bundle: true,
  minify: true,
  sourcemap: true,
  target: ['chrome87', 'firefox90', 'safari14'],
  // esbuild cannot lower destructuring and refuses Safari 14.0 for its bug with a rest element taken from an
  // array literal (https://github.com/babel/babel/issues/17773), which nothing here writes.
  supported: { destructuring: true },
  banner: { js: '/*! personalize-beacon, MIT. Contains nanoid (MIT), idb-keyval and @aws-crypto/sha256-js (Apache-2.0). */' },
  logLevel: 'warning',
};

await build({ ...shared, entryPoints: ['src/snippet.ts'], format: 'iife', outfile: 'dist/personalize.js' });
await build({ ...shared, entryPoints: ['src/index.ts'], format: 'esm', outfile: 'dist/index.js' });
