// Builds all of a folder: `dist`, or the one that is named. With `--script` it builds the tag's script alone.
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { minify } from 'terser';

const { values: flags, positionals } = parseArgs({
  options: { script: { type: 'boolean' } },
  allowPositionals: true,
});
const [OUT = 'dist'] = positionals;

/** Stored records have these short names for good: a later version reads what an earlier one has left. */
const STORED_NAMES = {
  unconfirmed: 'u',
  recordedAt: 'r',
  ownedSince: 's',
  owner: 'o',
  createdAt: 'c',
  renewAt: 'n',
  identityId: 'i',
  items: 'm',
  sent: 't',
  format: 'f',
  doubts: 'd',
};

const STORED = new RegExp(`^(${Object.keys(STORED_NAMES).join('|')})$`);

const { version, browserslist } = JSON.parse(await readFile('package.json', 'utf8'));

/** A file's name says its version, so that it may be cached for good. */
const fileOf = (chunk) => `personalize-${version}${chunk && `.${chunk}`}.js`;

/** The chunks that the script loads when a page needs them, by the module of each. */
const CHUNKS = {
  media: 'src/browser/capture/media.ts',
  debug: 'src/browser/debug.ts',
  datalayer: 'src/browser/capture/data-layer.ts',
  consent: 'src/browser/follow-consent.ts',
};

/**
 * Has Chromium compile all functions while the script loads, off the main thread: a page that starts it runs most of them
 * (https://v8.dev/blog/explicit-compile-hints). It must come first.
 */
const COMPILE_AT_LOAD = '//# allFunctionsCalledOnLoad';

/** Leaves a chunk out where it is loaded, under the name of the file that it becomes. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      const module = `/${basename(path, '.js')}.ts`;
      const [chunk] = Object.entries(CHUNKS).find(([, entry]) => entry.endsWith(module));
      return { path: `./${fileOf(chunk)}`, external: true };
    });
  },
};

/** The packages whose code is in what has been built. */
const bundled = new Set();

/** Returns the packages whose code is in a bundle. */
const noteLicences = ({ inputs }) => {
  const names = Object.keys(inputs).flatMap(
    (input) => input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? [],
  );
  for (const name of names) bundled.add(name);
  return [...new Set(names)].sort();
};

/** By name, what stands for each global that a page may have made something else of. */
const NATIVES = Object.fromEntries(
  [
    ...['Map', 'WeakMap', 'Set', 'WeakSet', 'Reflect', 'Symbol', 'URL', 'TextEncoder', 'Event', 'Request'],
    ...['Promise', 'JSON', 'crypto', 'performance', 'console', 'AbortController'],
    ...['MutationObserver', 'IntersectionObserver'],
  ]
    .map((name) => [name, `natives.${name}`])
    // A page's `const` hides these, and leaves the window's alone.
    .concat(['localStorage', 'indexedDB', 'navigator', 'fetchLater'].map((name) => [name, `window.${name}`])),
);

/** The modules that have `natives`: as the page gives them, or as the script has found them. */
const PLATFORM = 'src/browser/platform/natives.ts';
const BORROWED = 'src/browser/platform/borrowed-natives.ts';

/**
 * @param natives the module that has them; without, the globals are the page's
 * @param isPublic whether it talks to the tracker as page code does, by the names that users know
 */
const bundle = async (entry, format, outfile, natives, isPublic = false) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outfile,
    format,
    bundle: true,
    write: false,
    metafile: true,
    sourcemap: true,
    external: ['@aws-sdk/*'],
    define: {
      VERSION: JSON.stringify(version),
      IS_TAG: `${format === 'iife'}`,
      ...(natives && NATIVES),
    },
    inject: natives ? [natives] : [],
    // Terser does the rest, and names things better when it sees their own.
    minifySyntax: true,
    ...(!isPublic && { mangleProps: STORED, mangleCache: STORED_NAMES }),
    // "chrome 87" is chrome87 here.
    target: browserslist.map((browser) => browser.replace(' ', '')),
    supported: {
      // esbuild cannot lower destructuring and refuses Safari 14.0 for its bug with a rest element taken from
      // an array literal (https://github.com/babel/babel/issues/17773), which nothing here writes.
      destructuring: true,
      // Chrome before 91 fails only at a call behind `?.` with an argument after a spread one, which nothing here makes
      // (https://github.com/evanw/esbuild/issues/1559).
      'optional-chain': true,
    },
    plugins: [apart],
    logLevel: 'warning',
  });
  const packages = noteLicences(metafile);
  const textOf = (ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text;
  // Terser inlines what is used once, which esbuild leaves: a twentieth of the script.
  const made = await minify(textOf('.js'), {
    ecma: 2020,
    module: true,
    // Passes, sequences and hoisting: what compresses best, tried one by one.
    compress: {
      passes: 2,
      sequences: false,
      hoist_funs: true,
      unsafe: true, // Nothing here depends on what a page may have made of String, Error and their like.
      unsafe_arrows: true,
      pure_getters: true,
      keep_fargs: false,
    },
    format: {
      // A page may be in any encoding.
      ascii_only: true,
      preamble: [
        ...(format === 'iife' && natives ? [COMPILE_AT_LOAD] : []),
        ...(packages.length
          ? [`/*! personalize-beacon ${version}, with ${packages.join(', ')}: LICENSES.txt */`]
          : []),
      ].join('\n'),
    },
    sourceMap: {
      content: textOf('.map'),
      // Whoever hosts the script alone would have developer tools ask for a map that is not there.
      ...(format === 'esm' && { url: `${basename(outfile)}.map` }),
    },
  });
  await writeFile(outfile, made.code);
  await writeFile(`${outfile}.map`, made.map);
};

/** What runs on a server or at a prompt; the AWS SDK is the user's own. */
const bundleForNode = async (entries, options = {}) => {
  const { metafile } = await build({
    entryPoints: entries,
    outdir: OUT,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    bundle: true,
    metafile: true,
    sourcemap: true,
    external: ['@aws-sdk/*', '@playwright/test'],
    define: { VERSION: JSON.stringify(version) },
    logLevel: 'warning',
    ...options,
  });
  noteLicences(metafile);
};

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });

await bundle('src/snippet.ts', 'iife', `${OUT}/personalize.js`, PLATFORM);
if (flags.script) process.exit();
await bundle('src/stub.ts', 'iife', `${OUT}/stub.js`);
await bundle('src/index.ts', 'esm', `${OUT}/index.js`, PLATFORM);
await bundle('src/aws-sdk.ts', 'esm', `${OUT}/aws-sdk.js`, PLATFORM);
await bundle('src/segment.ts', 'esm', `${OUT}/segment.js`, undefined, true);
for (const [name, entry] of Object.entries(CHUNKS)) {
  await bundle(entry, 'esm', `${OUT}/${fileOf(name)}`, BORROWED);
}
// A bookmarklet knows no version.
await bundle('src/browser/overlay/overlay.ts', 'esm', `${OUT}/personalize.overlay.js`, PLATFORM, true);
await copyFile(`${OUT}/personalize.js`, `${OUT}/${fileOf('')}`);
await bundleForNode({ relay: 'src/relay.ts' });
await bundleForNode({ 'relay-kinesis': 'src/relay-kinesis.ts' });
await bundleForNode({ server: 'src/server.ts' });
await bundleForNode(
  { cli: 'src/cli.ts', local: 'src/local.ts', playwright: 'src/playwright.ts' },
  {
    // They share the local AWS. What imports the AWS SDK is a file of its own, loaded to send: in the CLI's, all
    // commands would ask for the SDK.
    splitting: true,
    chunkNames: 'cli-[hash]',
    // The hash of a file with a source map would depend on the path of the folder.
    sourcemap: false,
    // Some packages are CommonJS.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  },
);

// The page of the local AWS.
const { metafile: pageFiles } = await build({
  entryPoints: ['src/local-page/local-page.ts', 'src/local-page/local-page.css'],
  outdir: `${OUT}/local-page`,
  format: 'esm',
  target: 'es2022',
  bundle: true,
  minify: true,
  metafile: true,
  logLevel: 'warning',
});
noteLicences(pageFiles);
await copyFile('src/local-page/index.html', `${OUT}/local-page/index.html`);

/** The modules of which an entry takes only types that `index` exports as well. */
const MODULES_OF_INDEX = {
  'aws-sdk': /\/(api|options|lifecycle)\.js$/,
  snippet: /\/(api|options|lifecycle)\.js$/,
  segment: /\/(api|options|lifecycle)\.js$/,
  jsx: /\/event\.js$/,
  server: /\/(event|track-arguments)\.js$/,
};

/** Imports the types that `index` exports from there: a site's declaration of DatasetFields merges with that one alone. */
const typesOfIndex = (entry) => ({
  name: 'types-of-index',
  resolveId: (path) => (MODULES_OF_INDEX[entry]?.test(path) ? { id: './index.js', external: true } : null),
});

// One declaration file for each entry that the package exports.
for (const entry of [
  'index',
  'snippet',
  'aws-sdk',
  'relay',
  'relay-kinesis',
  'server',
  'local',
  'playwright',
  'segment',
  'jsx',
]) {
  const declarations = await rollup({
    input: `src/${entry}.ts`,
    external: [/^@aws-sdk\//, /^node:/, '@playwright/test'],
    plugins: [typesOfIndex(entry), dts()],
  });
  await declarations.write({ file: `${OUT}/${entry}.d.ts` });
}

// The attributes for each framework: types only, but an import needs a file.
await cp('src/jsx', `${OUT}/jsx`, { recursive: true });
await writeFile(`${OUT}/jsx.js`, 'export {};\n');

// The licences of what is bundled ask to travel with it.
const licences = await Promise.all(
  [...bundled].sort().map(async (name) => {
    const folder = `node_modules/${name}/`;
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = await readFile(folder + file, 'utf8');
    return `${name}\n\n${text.replaceAll('\r\n', '\n')}`;
  }),
);
await writeFile(`${OUT}/LICENSES.txt`, licences.join('\n\n'));
