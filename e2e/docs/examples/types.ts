import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '../../support/fixtures.js';
import { type Block, docs, ROOT } from '../markdown.js';
import type { Example, World } from '../run.js';

export const TYPES_PAGE = 'docs/types.md';

const run = promisify(execFile);

const blockOf = (name: string) =>
  docs.find(({ file }) => file === TYPES_PAGE)?.blocks.find((block) => block.name === name) as Block;

/** Runs a command of the page in a folder with the storefront's schema. Returns the file that it has written. */
const printTypes = async ({ code }: Block, { testInfo }: World) => {
  const cwd = testInfo.outputPath('folder');
  await mkdir(cwd, { recursive: true });
  await copyFile(join(ROOT, 'demo/storefront/interactions.avsc'), join(cwd, 'interactions.avsc'));
  const command = code.replace('npx personalize-beacon', `"${process.execPath}" "${ROOT}dist/cli.js"`);
  await run('sh', ['-ec', command], { cwd });
  return { cwd, text: await readFile(join(cwd, 'personalize.d.ts'), 'utf8') };
};

/** Compiles a block beside the types that a command prints, if there is one: exactly the lines that say "error" must have one. */
const compiles = (command?: string): Example => ({
  async check({ code, language }, world) {
    const cwd = world.testInfo.outputPath('folder');
    await mkdir(cwd, { recursive: true });
    if (command) await printTypes(blockOf(command), world);
    await writeFile(join(cwd, `block.${language}`), code);
    const paths = {
      'personalize-beacon': [join(ROOT, 'dist/index.d.ts')],
      'personalize-beacon/*': [join(ROOT, 'dist/*.d.ts')],
      react: [reactTypes],
    };
    // Otherwise an import that leads nowhere is accepted.
    const noUncheckedSideEffectImports = true;
    const compilerOptions = {
      paths,
      noUncheckedSideEffectImports,
      jsx: 'react-jsx',
      moduleResolution: 'bundler',
      module: 'esnext',
    };
    await writeFile(
      join(cwd, 'tsconfig.json'),
      JSON.stringify({ extends: join(ROOT, 'e2e/tsconfig.json'), compilerOptions, include: ['*'] }),
    );
    const { stdout } = await run('npx', ['tsc', '--pretty', 'false', '-p', cwd], {
      cwd: ROOT,
      shell: process.platform === 'win32',
    }).catch((error: { stdout: string }) => error);
    const refused = [...stdout.matchAll(/^\S+block\.tsx?\((\d+),/gm)].map(([, line]) => Number(line));
    const expected = code.split('\n').flatMap((line, at) => (/\/[/*] error: /.test(line) ? [at + 1] : []));
    expect(refused, stdout).toEqual(expected);
    expect(stdout.match(/^\S.*error/gm) ?? [], stdout).toHaveLength(expected.length);
  },
});

const reactTypes = join(ROOT, 'node_modules/@types/react');

const prints: Example = {
  async check(block, world) {
    expect((await printTypes(block, world)).text).toContain("declare module 'personalize-beacon'");
  },
};

const FIRST = 'TypeScript types of your dataset';

export const types: Record<string, Example> = {
  [FIRST]: prints,
  [`${FIRST} (2)`]: {
    async check({ code }, world) {
      expect((await printTypes(blockOf(FIRST), world)).text.trim()).toBe(code);
    },
  },
  [`${FIRST} (3)`]: compiles(FIRST),
  'Attributes in JSX': compiles(),
  'Attributes in JSX (2)': prints,
  'Attributes in JSX (3)': compiles('Attributes in JSX (2)'),
};
