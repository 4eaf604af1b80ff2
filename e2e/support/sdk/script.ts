import { build } from 'esbuild';
import { pathOf } from '../../../demo/script.js';

/** Bundles such a page's script with the built tracker, as a site's bundler would. */
export const buildSdkScript = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [new URL('./page.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    plugins: [
      {
        name: 'dist',
        setup({ onResolve }) {
          onResolve({ filter: /src\/aws-sdk\.js$/ }, () => ({
            path: new URL('../../../dist/aws-sdk.js', import.meta.url).pathname,
          }));
          // Keeps the chunks separate, as a site's bundler would.
          onResolve({ filter: /^\.\/personalize-.*\.js$/ }, ({ path }) => ({
            path: pathOf(path.split('.').at(-2) as string),
            external: true,
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text as string;
};
