import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '../support/fixtures.js';
import { type Packed, test } from '../support/packed-package.js';

// In one process, which packs once.
test.describe.configure({ mode: 'default', timeout: 120_000 });

const LIBRARIES = fileURLToPath(new URL('./node_modules/', import.meta.url));
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const STOREFRONT = fileURLToPath(new URL('../../demo/storefront/interactions.avsc', import.meta.url));

/** Each line that ends with this comment must be refused. */
const REFUSED = 'refused';

/** Elements in JSX, an attribute each. */
const GOOD = [
  'data-personalize-item="movie-12"',
  'data-personalize-item={12}',
  'data-personalize-item={undefined}',
  'data-personalize-action="join" data-personalize-event="Not Taken"',
  'data-personalize-event="click"',
  'data-personalize-on="load"',
  'data-personalize-on="sl-change"',
  'data-personalize-list',
  'data-personalize-list="similar"',
  'data-personalize-impression',
  'data-personalize-impression="Viewed"',
  'data-personalize-media="view"',
  'data-personalize-value={9.99}',
  'data-personalize-value="9.99"',
  'data-personalize-recommendation-id="RID"',
  'data-personalize-recommendation-id={null}',
  'data-personalize-source="newsletter"',
  'data-personalize-property-position={1}',
  'data-personalize-property-row="popular"',
];

/** Refused with any dataset. */
const BAD = [
  'data-personalize-item={{}}',
  'data-personalize-item',
  'data-personalize-event={5}',
  'data-personalize-on={false}',
  'data-personalize-list={false}',
  'data-personalize-impression={false}',
  'data-personalize-media={1}',
  'data-personalize-value="9,99"',
  'data-personalize-value',
  'data-personalize-recommendation-id={5}',
  'data-personalize-source={["newsletter"]}',
];

/** Refused if the dataset's types are declared. */
const WRONG_FOR_DATASET = [
  'data-personalize-event="clik"',
  'data-personalize-impression="seen"',
  'data-personalize-media',
  'data-personalize-property-position="first"',
];

interface Framework {
  /** The packages that the user's project has. A number at the end is the version of one that is installed twice. */
  packages: string[];
  compilerOptions?: object;
  /** The file of the markup. */
  file: string;
  /** Returns the file's text: a line for each element. */
  write(elements: string[]): string;
  /** Returns the command that checks a folder. */
  check?: [script: string, ...args: string[]];
}

const writeModule = (elements: string[]) =>
  elements.map((element, at) => `export const element${at} = () => ${element}`).join('\n');
/** Vue and Svelte have templates of their own. @param toBinding returns an attribute with an expression */
const writeTemplate = (elements: string[], toBinding = (text: string) => text) =>
  elements.map((line) => toBinding(line.replace(/ \/\/ (.*)$/, ' <!-- $1 -->'))).join('\n');

/** Returns attributes in JSX as members of an object. */
const toMembers = (attributes: string) =>
  [...attributes.matchAll(/(data-[\w-]+)(?:=(?:(".*?")|\{(.*?)\}(?= |$)))?/g)]
    .map(([, name, text, expression]) => `'${name}': ${text ?? expression ?? 'true'}`)
    .join(', ');

const SVELTE_CHECK: Framework['check'] = [
  'svelte-check/bin/svelte-check',
  '--output',
  'machine',
  '--tsconfig',
  './tsconfig.json',
];

const tsc: Framework['check'] = ['typescript/bin/tsc', '--pretty', 'false', '-p', '.'];

const FRAMEWORKS: Record<string, Framework> = {
  react: {
    packages: ['react', '@types/react'],
    compilerOptions: { jsx: 'react-jsx' },
    file: 'markup.tsx',
    write: writeModule,
  },
  preact: {
    packages: ['preact'],
    compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' },
    file: 'markup.tsx',
    write: writeModule,
  },
  'preact, version 10': {
    packages: ['preact10'],
    compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' },
    file: 'markup.tsx',
    write: writeModule,
  },
  solid: {
    packages: ['solid-js'],
    compilerOptions: { jsx: 'preserve', jsxImportSource: 'solid-js' },
    file: 'markup.tsx',
    write: writeModule,
  },
  vue: {
    packages: ['vue'],
    file: 'markup.vue',
    write: (elements) =>
      `<script setup lang="ts"></script><template>\n${writeTemplate(elements, (line) =>
        line.replace(/(data-[\w-]+)=\{(.*?)\}(?=[ /])/g, `:$1='$2'`),
      )}\n</template>`,
    check: ['vue-tsc/bin/vue-tsc.js', '--pretty', 'false', '-p', '.'],
  },
  // Its checker accepts any `data-*` attribute that is written on an element, but reads those of a component and a spread.
  'svelte, spread': {
    packages: ['svelte'],
    file: 'markup.svelte',
    write: (elements) =>
      `<script lang="ts"></script>\n${writeTemplate(elements, (line) =>
        line.replace(/ data-.*(?= \/>)/, (attributes) => ` {...{${toMembers(attributes)}}}`),
      )}`,
    check: SVELTE_CHECK,
  },
  'svelte, component': {
    packages: ['svelte'],
    file: 'markup.svelte',
    write: (elements) =>
      `<script lang="ts">
        import type { Component } from 'svelte';
        import type { SvelteHTMLElements } from 'svelte/elements';
        let { Div, Svg }: { Div: Component<SvelteHTMLElements['div']>; Svg: Component<SvelteHTMLElements['svg']> } = $props();
      </script>\n${writeTemplate(elements, (line) => line.replace('<div', '<Div').replace('<svg', '<Svg'))}`,
    check: SVELTE_CHECK,
  },
};

/** Makes a project with the package and a framework, and no other. */
const createProject = async ({ project }: Packed, { packages, compilerOptions, file }: Framework) => {
  const folder = await mkdtemp(join(dirname(project), 'jsx-'));
  const link = async (name: string, target: string) => {
    const path = join(folder, 'node_modules', name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(target, path, 'junction');
  };
  for (const name of packages) await link(name.replace(/\d+$/, ''), join(LIBRARIES, name));
  // A copy: from the path of a link, TypeScript would look for the framework elsewhere.
  const home = 'node_modules/personalize-beacon';
  await cp(join(project, home), join(folder, home), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const options = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    // The package's own declarations are part of the check; a library's may have errors.
    skipLibCheck: true,
    // Otherwise an import that leads nowhere is accepted.
    noUncheckedSideEffectImports: true,
    ...compilerOptions,
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['*.ts', file] }),
  );
  return folder;
};

/** Returns the lines that the checker refuses, and any other error. */
const refusedLines = async (folder: string, { file, check = tsc }: Framework, code: string) => {
  const [script, ...args] = check as [string, ...string[]];
  const { stdout } = await promisify(execFile)(process.execPath, [join(LIBRARIES, script), ...args], {
    cwd: folder,
  }).catch((error: { stdout: string }) => error);
  const lines = code.split('\n');
  const errors = stdout.split('\n').filter((line) => /^\S.*(error TS|\bERROR\b)/.test(line));
  return errors.map((line) => {
    const [, name, number] =
      /^(\S+?)\((\d+),\d+\): error/.exec(line) ?? /ERROR "(.*?)" (\d+):/.exec(line) ?? [];
    return name === file ? lines[Number(number) - 1] : line;
  });
};

const toElement = (attributes: string, isRefused: boolean, at: number) =>
  `<${at % 2 ? 'div' : 'svg'} ${attributes} />${isRefused ? ` // ${REFUSED}` : ''}`;

for (const [name, framework] of Object.entries(FRAMEWORKS)) {
  for (const withDataset of [false, true]) {
    test(`${name}: markup is checked, ${withDataset ? 'with' : 'without'} a dataset's types`, async ({
      packed,
    }) => {
      const folder = await createProject(packed, framework);
      const [good, bad] = withDataset
        ? [GOOD.filter((each) => each !== 'data-personalize-impression'), [...BAD, ...WRONG_FOR_DATASET]]
        : [[...GOOD, ...WRONG_FOR_DATASET], BAD];
      const code = framework.write([
        ...good.map((each, at) => toElement(each, false, at)),
        ...bad.map((each, at) => toElement(each, true, at)),
      ]);
      const entry = name.replace(/,.*/, '');
      const types = ['types', STOREFRONT, '--events', 'click,view', '--jsx', entry];
      const declaration = withDataset
        ? spawnSync(process.execPath, [CLI, ...types], { encoding: 'utf8' }).stdout
        : `import 'personalize-beacon/jsx/${entry}';`;
      await writeFile(join(folder, framework.file), code);
      await writeFile(join(folder, withDataset ? 'personalize.d.ts' : 'start.ts'), declaration);
      const expected = code.split('\n').filter((line) => line.includes(REFUSED));
      expect(expected).toHaveLength(bad.length);
      expect(await refusedLines(folder, framework, code)).toEqual(expected);
      await rm(folder, { recursive: true });
    });
  }
}
