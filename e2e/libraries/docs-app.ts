import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { FRAMEWORKS_PAGE } from '../docs/examples/frameworks.js';
import { docs } from '../docs/markdown.js';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const LIBRARIES = pathOf('./node_modules');
const DIST = pathOf('../../dist');
/** Loads a library's compiler. Its package is not there when the types of the tests are checked. */
const requireLibrary = createRequire(pathOf('./package.json'));

/** A block of docs/frameworks.md: its heading, the name in its first line, and the code. */
interface DocsFile {
  section: string;
  name: string;
  code: string;
}

const FILES: DocsFile[] = (docs.find(({ file }) => file === FRAMEWORKS_PAGE)?.blocks ?? []).map(
  ({ name, code }) => ({
    section: name.replace(/ \(\d+\)$/, ''),
    name: /^(?:\/\/|<!--) ([\w.-]+)/.exec(code)?.[1] ?? '',
    code,
  }),
);

/** Returns the code of a block of docs/frameworks.md, by the name in its first line. */
export const codeOf = (section: string, name: string): string => {
  const file = FILES.find((each) => each.section === section && each.name === name);
  if (!file) throw new Error(`${FRAMEWORKS_PAGE} has no file ${name} in the section ${section}`);
  return file.code;
};

export interface DocsApp {
  folder: string;
  /** Runs a compiler or checker of the libraries in the folder. Returns its output. */
  run(script: string, ...args: string[]): Promise<string>;
  /** Bundles a file of the folder, and its style. */
  bundle(entry: string): Promise<{ script: string; style: string }>;
  /** Bundles a file for Node, and returns its exports. */
  importOnServer(entry: string): Promise<Record<string, (...args: never[]) => string | Promise<string>>>;
  /** Adds a file of the test. */
  write(name: string, code: string): Promise<void>;
}

const vue: Plugin = {
  name: 'vue',
  setup({ onLoad }) {
    const { parse, compileScript } = requireLibrary('vue/compiler-sfc');
    onLoad({ filter: /\.vue$/ }, async ({ path }) => {
      const { descriptor } = parse(await readFile(path, 'utf8'), { filename: path });
      return {
        contents: compileScript(descriptor, { id: path, inlineTemplate: true }).content,
        loader: 'ts',
      };
    });
  },
};

const svelte = (generate: 'client' | 'server'): Plugin => ({
  name: 'svelte',
  setup({ onLoad }) {
    const { compile } = requireLibrary('svelte/compiler');
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compile(await readFile(path, 'utf8'), { filename: path, generate }).js.code,
      loader: 'js',
    }));
  },
});

/** Compiles the partial declarations in Angular's own packages, as its command line does. */
const angularLinker: Plugin = {
  name: 'angular',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@angular[\\/].*\.mjs$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('ɵɵngDeclare')) return undefined;
      const { transformAsync } = requireLibrary('@babel/core');
      const { createEs2015LinkerPlugin } = requireLibrary('@angular/compiler-cli/linker/babel');
      const { NodeJSFileSystem, ConsoleLogger, LogLevel } = requireLibrary('@angular/compiler-cli');
      const linker = createEs2015LinkerPlugin({
        fileSystem: new NodeJSFileSystem(),
        logger: new ConsoleLogger(LogLevel.warn),
        linkerJitMode: false,
      });
      const options = {
        filename: path,
        configFile: false,
        babelrc: false,
        compact: false,
        plugins: [linker],
      };
      return { contents: (await transformAsync(source, options)).code, loader: 'js' };
    });
  },
};

const bundleFile = async (path: string, platform: 'browser' | 'node') => {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    outdir: '.',
    platform,
    format: platform === 'node' ? 'cjs' : 'esm',
    target: 'es2022',
    jsx: 'automatic',
    logLevel: 'error',
    alias: { 'personalize-beacon': join(DIST, 'index.js') },
    // In the development build strict mode runs effects twice, and hydration reports what does not match.
    define: {
      'process.env.NODE_ENV': '"development"',
      // As Angular's own builder defines them for a browser.
      ngDevMode: 'false',
      ngServerMode: 'false',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    plugins: [vue, svelte(platform === 'node' ? 'server' : 'client'), angularLinker, jsxTypes],
    loader: { '.svg': 'dataurl', '.woff': 'dataurl', '.ttf': 'dataurl', '.eot': 'dataurl' },
  });
  const textOf = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), style: textOf('.css') };
};

/** The imports that only declare types. */
const jsxTypes: Plugin = {
  name: 'jsx-types',
  setup({ onResolve }) {
    onResolve({ filter: /^personalize-beacon\/jsx\// }, () => ({ path: join(DIST, 'jsx.js') }));
  },
};

/** The compilers' options: the packages are those of the libraries, also for the package's own declarations. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    noUncheckedSideEffectImports: false,
    types: [],
    rootDir: '.',
    outDir: 'out',
    paths: {
      'personalize-beacon': [join(DIST, 'index.d.ts')],
      'personalize-beacon/*': [join(DIST, '*')],
      '*': [join(LIBRARIES, '@types/*'), join(LIBRARIES, '*')],
    },
  },
  angularCompilerOptions: { strictTemplates: true },
  include: ['*.ts', '*.tsx', '*.vue', '*.svelte'],
};

/**
 * Writes the files of sections of docs/frameworks.md into a folder, beside the libraries.
 * @param options expression of the tracker's options on a page; default: those of the docs
 */
export const createDocsApp = async (sections: string[], options?: string): Promise<DocsApp> => {
  const folder = await mkdtemp(join(tmpdir(), 'personalize-docs-'));
  await symlink(LIBRARIES, join(folder, 'node_modules'), 'junction');
  const write = (name: string, code: string) => writeFile(join(folder, name), code);
  for (const { section, name, code } of FILES) {
    if (!name || !['One tracker', ...sections].includes(section)) continue;
    await write(name, options ? code.replace('init({', `init((globalThis as any).${options} ?? {`) : code);
  }
  await write('package.json', '{ "type": "module" }');
  await write('tsconfig.json', JSON.stringify(TSCONFIG));
  return {
    folder,
    write,
    async run(script, ...args) {
      const { stdout } = await promisify(execFile)(process.execPath, [join(LIBRARIES, script), ...args], {
        cwd: folder,
      }).catch((error: { stdout: string; stderr: string }) => ({ stdout: error.stdout + error.stderr }));
      return stdout;
    },
    bundle: (entry) => bundleFile(join(folder, entry), 'browser'),
    async importOnServer(entry) {
      const { script } = await bundleFile(join(folder, entry), 'node');
      await mkdir(join(folder, 'server'));
      await write('server/index.cjs', script);
      return createRequire(join(folder, 'server/'))('./index.cjs');
    },
  };
};

export const removeDocsApp = ({ folder }: DocsApp) => rm(folder, { recursive: true });
