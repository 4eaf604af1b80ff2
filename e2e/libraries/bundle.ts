import { build } from 'esbuild';

export interface Bundle {
  script: string;
  style: string;
}

const bundles = new Map<string, Promise<Bundle>>();

/** Bundles `pages/NAME` with its libraries and their styles, as a site's build does. */
const buildBundle = async (name: string): Promise<Bundle> => {
  const { outputFiles } = await build({
    entryPoints: [new URL(`./pages/${name}`, import.meta.url).pathname],
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
  const bundled = bundles.get(name) ?? buildBundle(name);
  bundles.set(name, bundled);
  return bundled;
};
