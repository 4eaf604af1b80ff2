import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '../support/fixtures.js';
import { FRAMEWORKS_PAGE } from './examples/frameworks.js';
import { TYPES_PAGE } from './examples/types.js';
import { examples } from './examples.js';
import { docs, ROOT, targetOf } from './markdown.js';
import { runInPage } from './run.js';
import { test } from './world.js';

test.use({ awsOptions: { trackingId: ['demo-tracker', 'second-tracker'] } });

for (const { file, blocks } of docs) {
  test.describe(file, () => {
    for (const block of blocks) {
      test(`${block.name}, ${block.language || 'text'}`, async ({ page, aws, site, serve }, testInfo) => {
        const example = examples[file]?.[block.name];
        if (!example) throw new Error('e2e/docs/examples does not say what is to be seen of it');
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        const world = { page, aws, site, serve, testInfo, said };
        await example.check?.(block, world);
        if (example.visit || example.arrives || block.arrives) await runInPage(world, block, example);
        else expect(example.check, 'nothing would show whether it works').toBeDefined();
      });
    }

    test('nothing is expected of a piece of code that is not there', () => {
      const names = blocks.map(({ name }) => name);
      expect(Object.keys(examples[file] ?? {}).filter((name) => !names.includes(name))).toEqual([]);
    });
  });
}

// biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's dependencies from this pattern
test('what is TypeScript has no error of types', { tag: '@core' }, async ({}, testInfo) => {
  const folder = testInfo.outputPath('types');
  await mkdir(folder, { recursive: true });
  // Types of one dataset would hold for all blocks: that page's are compiled by themselves. So are those with libraries.
  const blocks = docs
    .filter(({ file }) => file !== TYPES_PAGE && file !== FRAMEWORKS_PAGE)
    .flatMap((doc) => doc.blocks)
    .filter(({ language }) => /^tsx?$/.test(language))
    // A file of the Next.js example, whose own build checks its types.
    .filter(({ code }) => !/ from 'next\//.test(code));
  for (const [i, { code, language }] of blocks.entries()) {
    const name = /^\/\/ ([\w.]+)\n/.exec(code)?.[1] ?? `block-${i}.${language}`;
    await writeFile(resolve(folder, name), code);
  }
  const paths = {
    'personalize-beacon': [resolve(ROOT, 'dist/index.d.ts')],
    'personalize-beacon/relay/kinesis': [resolve(ROOT, 'dist/relay-kinesis.d.ts')],
    'personalize-beacon/*': [resolve(ROOT, 'dist/*.d.ts')],
    'aws-amplify/*': [resolve(ROOT, 'e2e/docs/amplify.ts')],
  };
  await writeFile(
    resolve(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve(ROOT, 'e2e/tsconfig.json'),
      compilerOptions: {
        paths,
        jsx: 'react-jsx',
        moduleResolution: 'bundler',
        module: 'esnext',
        types: ['node', 'react'],
      },
      include: ['*'],
    }),
  );
  const { stdout } = await promisify(execFile)('npx', ['tsc', '-p', folder], {
    cwd: ROOT,
    shell: process.platform === 'win32',
  }).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});

test('every link leads to a file, and to a heading in it', { tag: '@core' }, () => {
  const broken = docs.flatMap((doc) =>
    doc.links.filter((link) => {
      const target = targetOf(doc, link);
      if (!target) return false;
      const { path, anchor } = target;
      const linked = docs.find((other) => other.path === path);
      return !existsSync(path) || (anchor && !linked?.anchors.includes(anchor));
    }),
  );
  expect(broken).toEqual([]);
});

test('every picture is used, and small', async () => {
  const folder = resolve(ROOT, 'docs/pictures');
  const shown = docs.flatMap((doc) => doc.links.map((link) => targetOf(doc, link)?.path));
  for (const name of await readdir(folder)) {
    const picture = resolve(folder, name);
    expect(shown).toContain(picture);
    expect(statSync(picture).size, name).toBeLessThan(100_000);
  }
});

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** Returns the value of a constant, which may use others of its file. */
const constantOf = (source: string, name: string): number => {
  const text = new RegExp(`^(?:export )?const ${name} = ([^;]+);`, 'm').exec(source)?.[1];
  if (!text) throw new Error(`there is no ${name}`);
  return new Function(
    `return ${text.replace(/[A-Z][A-Z_]+/g, (other) => String(constantOf(source, other)))}`,
  )();
};

for (const [file, atLeast] of [
  ['docs/delivery.md', 20],
  ['docs/relay.md', 8],
  ['docs/server.md', 10],
] as const) {
  test(`the limits in ${file} are those of the source`, () => {
    const doc = docs.find((doc) => doc.file === file);
    const table = doc?.tables.find(({ header }) => header[2]?.text === 'in the source');
    const rows = table?.rows.map((cells) => cells.map(({ text }) => text)) ?? [];
    expect(rows.length).toBeGreaterThanOrEqual(atLeast);
    for (const [what, limit = '', where = ''] of rows) {
      const [, path = '', name = ''] = /\]\((.+)\) `(\w+)`/.exec(where) ?? [];
      const source = readFileSync(resolve(dirname(doc?.path ?? ''), path), 'utf8');
      const [number = '', unit] = limit.replaceAll(',', '').split(' ');
      expect(Number(number) * (unit ? (UNITS[unit] ?? Number.NaN) : 1), what).toBe(constantOf(source, name));
    }
  });
}
