import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from '@playwright/test';

const SRC = new URL('../../src/', import.meta.url);

interface Arrow {
  from: string;
  to: string;
  isType: boolean;
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

const ARROWS: Arrow[] = FILES.flatMap((from) => {
  const source = readFileSync(new URL(from, SRC), 'utf8');
  const lines = source.matchAll(/^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm);
  // What is loaded when it is needed is an import like any other.
  const parts = source.matchAll(/[^f] import\((x)?'(\.[^']+)'\)/g);
  return [...lines, ...parts].map(([, type, path]) => ({
    from,
    to: posix.join(posix.dirname(from), path as string).replace(/\.js$/, '.ts'),
    isType: !!type,
  }));
});

const show = ({ from, to }: Arrow) => `${from} → ${to}`;
const isLib = (file: string) => file.startsWith('lib/');
const TOP = ['index.ts', 'snippet.ts', 'aws-sdk.ts'];
const JOINS = 'tracker.ts';
/** What needs no browser. */
const PURE = ['event.ts', 'options.ts', 'batch.ts', 'sign.ts', 'cognito.ts', 'settle.ts'];
/** What developers look at a page with: it reads what the stages do, and is read by none. */
const isTool = (file: string) => /^overlay\b/.test(file);
/** What runs on a server or at a prompt: it stands on the pure stages, and none of the tracker knows of it. */
const isServers = (file: string) => /^(relay|cli|wire|command|sdk-error)\b/.test(file);

test('every import is seen and leads to a file', () => {
  for (const file of FILES) {
    const source = readFileSync(new URL(file, SRC), 'utf8');
    const relative = source.match(/['"]\.{1,2}\/[^'"]+['"]/g) ?? [];
    expect(ARROWS.filter(({ from }) => from === file).map(show)).toHaveLength(relative.length);
  }
  for (const arrow of ARROWS) expect(FILES, show(arrow)).toContain(arrow.to);
  expect(ARROWS.map(show)).toContain('tracker.ts → session.ts');
  expect(ARROWS.map(show)).toContain('index.ts → tracker.ts');
});

test('no cycle of imports, types counted', () => {
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

test('lib knows nothing of what stands on it, types counted', () => {
  expect(ARROWS.filter(({ from, to }) => isLib(from) && !isLib(to)).map(show)).toEqual([]);
});

test('a stage imports values from lib alone, deliver from those that decide for it; tracker joins the stages, index and snippet stand on top', () => {
  // The sending loop stands on the pure stages that decide for it.
  const exceptions = [
    'record.ts → event.ts',
    'stored.ts → event.ts',
    'options.ts → batch.ts',
    'options.ts → event.ts',
    // What a list shows is cut as an event's impression is.
    'capture/attributes.ts → event.ts',
    // A control's value is one that an event may have.
    'capture/control.ts → event.ts',
    'capture/control.ts → capture/attributes.ts',
    // It says what a page's marks lack.
    'debug.ts → capture/attributes.ts',
    // One of them joins what the others capture.
    'capture/page.ts → capture/attributes.ts',
    'capture/page.ts → capture/click.ts',
    'capture/page.ts → capture/control.ts',
    'capture/page.ts → capture/impression.ts',
    'capture/page.ts → capture/load.ts',
    // A tile on top of another hides it.
    'capture/impression.ts → capture/attributes.ts',
    'capture/page.ts → capture/media.ts',
    'capture/page.ts → capture/unfinished.ts',
    'capture/attributes.ts → capture/player.ts',
    'capture/media.ts → capture/frames.ts',
    'capture/media.ts → capture/viewing.ts',
    'capture/viewing.ts → capture/played.ts',
    'deliver.ts → arm.ts',
    'deliver.ts → batch.ts',
    'deliver.ts → expiry.ts',
    'deliver.ts → retry-gate.ts',
    'deliver.ts → settle.ts',
    'deliver.ts → suspects.ts',
    'suspects.ts → batch.ts',
    // It joins what delivers.
    'pipeline.ts → batch.ts',
    'pipeline.ts → cognito.ts',
    'pipeline.ts → credentials.ts',
    'pipeline.ts → deliver.ts',
    'pipeline.ts → parse-credentials.ts',
    'pipeline.ts → send.ts',
    'credentials.ts → sign.ts',
    'credentials.ts → parse-credentials.ts',
  ];
  const mayImport = (arrow: Arrow) => {
    const { from, to } = arrow;
    if (TOP.includes(to)) return false;
    if (isServers(from)) return PURE.includes(to) || isServers(to) || isLib(to);
    if (isServers(to)) return show(arrow) === 'aws-sdk.ts → command.ts';
    if (isTool(from)) return to !== JOINS;
    if (isTool(to)) return false;
    if (TOP.includes(from)) return [JOINS, 'options.ts', 'send.ts'].includes(to) || isLib(to);
    return isLib(to) || from === JOINS || exceptions.includes(show(arrow));
  };
  expect(ARROWS.filter((arrow) => !arrow.isType && !mayImport(arrow)).map(show)).toEqual([]);
});

test('even a type comes from tracker to the top alone', () => {
  const upward = ARROWS.filter(
    ({ from, to }) => TOP.includes(to) || (to === JOINS && !TOP.includes(from) && !isTool(from)),
  );
  expect(upward.map(show)).toEqual([]);
});

test('the script carries two libraries and nothing else', () => {
  const map = JSON.parse(readFileSync(new URL('../../dist/personalize.js.map', import.meta.url), 'utf8'));
  const packages = (map.sources as string[])
    .map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1])
    .filter(Boolean);
  expect([...new Set(packages)].sort()).toEqual(['idb-keyval', 'nanoid']);
});
