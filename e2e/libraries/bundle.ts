import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

export interface Bundle {
  script: string;
  style: string;
}

const bundles = new Map<string, Promise<Bundle>>();

const distOf = (name: string) => fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));

/** Bundles a module with its libraries and their styles, as a site's build does. */
const buildBundle = async (entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Bundle> => {
  const { outputFiles } = await build({
    ...entry,
    alias: { 'personalize-beacon': distOf('index'), 'personalize-beacon/segment': distOf('segment') },
    bundle: true,
    write: false,
    outdir: '.',
    format: 'iife',
    platform: 'browser',
    jsx: 'automatic',
    legalComments: 'none',
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    loader: Object.fromEntries(
      ['.gif', '.svg', '.png', '.eot', '.ttf', '.woff'].map((end) => [end, 'dataurl']),
    ),
  });
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
};

/** Returns a page's script and style, built once in each worker. */
export const bundle = (name: string): Promise<Bundle> => {
  const bundled =
    bundles.get(name) ??
    buildBundle({ entryPoints: [fileURLToPath(new URL(`./pages/${name}`, import.meta.url))] });
  bundles.set(name, bundled);
  return bundled;
};

/** Returns the script of a module's text. */
export const bundleText = async (contents: string): Promise<string> =>
  (await buildBundle({ stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) } }))
    .script;
