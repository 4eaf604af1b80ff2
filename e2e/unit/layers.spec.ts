import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from '@playwright/test';

const SRC = new URL('../../src/', import.meta.url);

/** An import, of a type or of a value. */
interface Arrow {
  from: string;
  to: string;
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /(?<!\.d)\.ts$/.test(file));

const sourceOf = (file: string) => readFileSync(new URL(file, SRC), 'utf8');

const ARROWS: Arrow[] = FILES.flatMap((from) => {
  const source = sourceOf(from);
  const static_ = source.matchAll(/^(?:import|export)\s(?:[^;'"]*?\sfrom\s)?['"](\.[^'"]+)['"]/gm);
  // What is loaded when it is needed is an import like any other.
  const dynamic = source.matchAll(/\bimport\('(\.[^']+)'\)/g);
  return [...static_, ...dynamic].map(([, path]) => ({
    from,
    to: posix.join(posix.dirname(from), path as string).replace(/\.js$/, '.ts'),
  }));
});

const show = ({ from, to }: Arrow) => `${from} → ${to}`;

/** The environment of a file; the entries, at the root, have none. */
const environmentOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : 'entry');

/** What each environment may import beside itself. */
const BELOW: Record<string, string[]> = {
  contract: [],
  browser: ['contract'],
  server: ['contract'],
  cli: ['contract', 'server'],
  entry: ['contract', 'browser', 'server', 'cli'],
};

/** The folders of the browser's code from the lowest up; what stands in `browser/` itself joins them. */
const BROWSER_FOLDERS = ['platform', 'delivery', 'capture', '', 'overlay'];
const heightOf = (file: string) => BROWSER_FOLDERS.indexOf(file.split('/').slice(1, -1).join('/'));

test('every import is seen and leads to a file', () => {
  for (const file of FILES) {
    const relative = sourceOf(file).match(/['"]\.{1,2}\/[^'"]+['"]/g) ?? [];
    expect(ARROWS.filter(({ from }) => from === file).map(show), file).toHaveLength(relative.length);
  }
  for (const arrow of ARROWS) expect(FILES, show(arrow)).toContain(arrow.to);
  expect(ARROWS.map(show)).toContain('browser/tracker-parts.ts → browser/session.ts');
});

test('an environment imports what is below it alone', () => {
  const mayImport = ({ from, to }: Arrow) => {
    const environment = environmentOf(from);
    return [environment, ...(BELOW[environment] as string[])].includes(environmentOf(to));
  };
  expect(ARROWS.filter((arrow) => !mayImport(arrow)).map(show)).toEqual([]);
});

test('in the browser’s code imports point down', () => {
  const isUpward = ({ from, to }: Arrow) =>
    environmentOf(from) === 'browser' && environmentOf(to) === 'browser' && heightOf(to) > heightOf(from);
  expect(ARROWS.filter(isUpward).map(show)).toEqual([]);
});

test('no imports make a cycle, those of types counted', () => {
  const cycles: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    for (const { from, to } of ARROWS) if (from === file) visit(to, [...path, file]);
  };
  for (const file of FILES) visit(file, []);
  expect(cycles).toEqual([]);
});

test('no two files have the same name', () => {
  // An entry has the name of the command or package that it is.
  const names = FILES.filter((file) => file.includes('/')).map((file) => posix.basename(file));
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('the script carries two libraries and nothing else', () => {
  const map = JSON.parse(readFileSync(new URL('../../dist/personalize.js.map', import.meta.url), 'utf8'));
  const packages = (map.sources as string[])
    .map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1])
    .filter(Boolean);
  expect([...new Set(packages)].sort()).toEqual(['idb-keyval', 'nanoid']);
});
