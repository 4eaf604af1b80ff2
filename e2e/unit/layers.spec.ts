import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from '@playwright/test';

const SRC = new URL('../../src/', import.meta.url);

/** An import of a type or of a value. */
interface Import {
  from: string;
  to: string;
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /(?<!\.d)\.ts$/.test(file));

const sourceOf = (file: string) => readFileSync(new URL(file, SRC), 'utf8');

const IMPORTS: Import[] = FILES.flatMap((from) => {
  const source = sourceOf(from);
  const static_ = source.matchAll(/^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm);
  // Dynamic imports count as well.
  const dynamic = source.matchAll(/\bimport\('(\.[^']+)'\)/g);
  return [...static_, ...dynamic].map(([, path]) => ({
    from,
    to: posix.join(posix.dirname(from), path as string).replace(/\.js$/, '.ts'),
  }));
});

const show = ({ from, to }: Import) => `${from} → ${to}`;

/** Returns the environment of a file; the package's entries, at the root, have none. */
const environmentOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : 'entry');

/** The other environments that each environment may import. */
const BELOW: Record<string, string[]> = {
  contract: [],
  browser: ['contract'],
  server: ['contract'],
  local: ['contract', 'server'],
  'local-page': ['local'],
  playwright: ['contract', 'server', 'local'],
  cli: ['contract', 'server', 'local'],
  entry: ['contract', 'browser', 'server', 'local', 'playwright', 'cli'],
};

/** The folders of `browser/` from the lowest up; '' is `browser/` itself. */
const BROWSER_FOLDERS = ['platform', 'delivery', 'commerce', 'capture', '', 'overlay', 'segment'];
const heightOf = (file: string) => BROWSER_FOLDERS.indexOf(file.split('/').slice(1, -1).join('/'));

test('the test finds every import, and each leads to a file', () => {
  for (const file of FILES) {
    const relative = sourceOf(file).match(/['"]\.{1,2}\/[^'"]+['"]/g) ?? [];
    expect(IMPORTS.filter(({ from }) => from === file).map(show), file).toHaveLength(relative.length);
  }
  for (const one of IMPORTS) expect(FILES, show(one)).toContain(one.to);
  expect(IMPORTS.map(show)).toContain('browser/tracker-parts.ts → browser/session.ts');
});

test('an environment imports only the environments below it', () => {
  const mayImport = ({ from, to }: Import) => {
    const environment = environmentOf(from);
    return [environment, ...(BELOW[environment] as string[])].includes(environmentOf(to));
  };
  expect(IMPORTS.filter((one) => !mayImport(one)).map(show)).toEqual([]);
});

test("imports in the browser's code point down", () => {
  const isUpward = ({ from, to }: Import) =>
    environmentOf(from) === 'browser' && environmentOf(to) === 'browser' && heightOf(to) > heightOf(from);
  expect(IMPORTS.filter(isUpward).map(show)).toEqual([]);
});

test('imports form no cycle, type imports included', () => {
  const cycles: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    for (const { from, to } of IMPORTS) if (from === file) visit(to, [...path, file]);
  };
  for (const file of FILES) visit(file, []);
  expect(cycles).toEqual([]);
});

test('no two files have the same name', () => {
  // An entry is named after the command or package that it provides.
  const names = FILES.filter((file) => file.includes('/')).map((file) => posix.basename(file));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('the script bundles two libraries and nothing else', () => {
  const map = JSON.parse(readFileSync(new URL('../../dist/personalize.js.map', import.meta.url), 'utf8'));
  const packages = (map.sources as string[])
    .map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1])
    .filter(Boolean);
  expect([...new Set(packages)].sort()).toEqual(['idb-keyval', 'nanoid']);
});
