import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { minify } from 'terser';

// Names that nothing outside of the bundle reads: neither page code, nor what is kept in storage; and that no
// built-in, or the AWS SDK, has that is used here: esbuild would rename `Math.random` with an option called `random`.
const INTERNAL = `
  survivesPage giveUp retryAfterMs failures resigned because inMs problems settings onDelivered onRejected onHalt
  leave hide comeBack resume queued toRequest recover release reclaim retract change maxAgeMs mint kept learn
  signHeaders presign flushIntervalMs endpointUrl identityUrl current renew jitter answer kind load valid
  clock notes store sender queue beacon post retry sign emit service
  found entered selector attributes look isSeen watch restart eventTypeOf share timeMs read
  forget erase refusal decide whenDecided withSource enqueue tell
  listName known elapsed shared again begin progress rest follow onDropped expire hold arm prepare onChange atOnce posted`;

// What is kept in storage has its names for good: a later version reads what an earlier one has left.
const KEPT = {
  unconfirmed: 'u',
  recordedAt: 'r',
  ownedSince: 's',
  owner: 'o',
  createdAt: 'c',
  renewAt: 'n',
  identityId: 'i',
  items: 'm',
  sent: 't',
};

const INTERNAL_NAMES = new RegExp(`^(${[...INTERNAL.trim().split(/\s+/), ...Object.keys(KEPT)].join('|')})$`);

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

/** A file's name says its version, so that it may be cached for good. */
const fileOf = (part) => `personalize-${version}${part && `.${part}`}.js`;

/** The files that the script loads when a page needs them, by the module of each. */
const PARTS = {
  aws: 'src/aws.ts',
  unsigned: 'src/unsigned.ts',
  media: 'src/capture/media.ts',
  debug: 'src/debug.ts',
};

/** Leaves a part out where it is loaded, under the name of the file that it becomes. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import'
        ? { path: `./${fileOf(path.match(/(\w+)\.js$/)[1])}`, external: true }
        : undefined,
    );
  },
};

/** The same name stands for the same property in all files: they talk to each other. */
let mangleCache = KEPT;

/** The packages whose code is in what has been built. */
const bundled = new Set();

const noteLicences = ({ inputs }) => {
  for (const input of Object.keys(inputs)) {
    const [, name] = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
    if (name) bundled.add(name);
  }
};

/** @param isPublic whether it talks to the tracker as page code does, by the names that users know */
const bundle = async (entry, format, outfile, isPublic = false) => {
  const {
    outputFiles,
    mangleCache: names,
    metafile,
  } = await build({
    entryPoints: [entry],
    outfile,
    format,
    bundle: true,
    write: false,
    metafile: true,
    sourcemap: true,
    external: ['@aws-sdk/*'],
    define: { VERSION: JSON.stringify(version) },
    // Terser does the rest, and names things better when it sees their own.
    minifySyntax: true,
    ...(!isPublic && { mangleProps: INTERNAL_NAMES, mangleCache }),
    target: ['chrome87', 'firefox90', 'safari14'],
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
  mangleCache = names ?? mangleCache;
  noteLicences(metafile);
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
    // A page may be in any encoding.
    format: { ascii_only: true },
    sourceMap: {
      content: textOf('.map'),
      // Whoever hosts the script alone would have developer tools ask for a map that is not there.
      ...(format === 'esm' && { url: `${outfile.split('/').pop()}.map` }),
    },
  });
  await writeFile(outfile, made.code);
  await writeFile(`${outfile}.map`, made.map);
};

/** What runs on a server or at a prompt; the AWS SDK is the user's own. */
const bundleForNode = async (entry, name, options = {}) => {
  const { metafile } = await build({
    entryPoints: { [name]: entry },
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    bundle: true,
    metafile: true,
    sourcemap: true,
    external: ['@aws-sdk/*'],
    define: { VERSION: JSON.stringify(version) },
    logLevel: 'warning',
    ...options,
  });
  noteLicences(metafile);
};

await rm('dist', { recursive: true, force: true });
await mkdir('dist');

await bundle('src/snippet.ts', 'iife', 'dist/personalize.js');
await bundle('src/stub.ts', 'iife', 'dist/stub.js');
await bundle('src/index.ts', 'esm', 'dist/index.js');
await bundle('src/aws-sdk.ts', 'esm', 'dist/aws-sdk.js');
for (const [name, entry] of Object.entries(PARTS)) {
  await bundle(entry, 'esm', `dist/${fileOf(name)}`);
}
// A bookmarklet knows no version.
await bundle('src/overlay.ts', 'esm', 'dist/personalize.overlay.js', true);
await copyFile('dist/personalize.js', `dist/${fileOf('')}`);
await bundleForNode('src/relay.ts', 'relay');
await bundleForNode('src/relay-kinesis.ts', 'relay-kinesis');
await bundleForNode('src/cli/index.ts', 'cli', {
  // What imports the AWS SDK is a file of its own, loaded to send: in this one, all of it would ask for the SDK.
  splitting: true,
  chunkNames: 'cli.[name]',
  // cli-progress is CommonJS.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});

// The licences of what is bundled ask to travel with it.
const licences = await Promise.all(
  [...bundled].sort().map(async (name) => {
    const folder = `node_modules/${name}/`;
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name}\n\n${await readFile(folder + file, 'utf8')}`;
  }),
);
await writeFile('dist/LICENSES.txt', licences.join('\n\n'));

// What the README prints is what was built: the tag holds a page to these very bytes.
const hash = createHash('sha384')
  .update(await readFile('dist/personalize.js'))
  .digest('base64');
const stub = (await readFile('dist/stub.js', 'utf8')).trim();
const readme = (await readFile('README.md', 'utf8'))
  .replaceAll(/personalize-\d+\.\d+\.\d+\.js/g, fileOf(''))
  .replace(/integrity="[^"]*"/, `integrity="sha384-${hash}"`)
  .replace(/^<script>.*<\/script>$/m, () => `<script>${stub}</script>`);
await writeFile('README.md', readme);
