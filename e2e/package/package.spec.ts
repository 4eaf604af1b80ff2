import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { readScript, readStub } from '../../demo/script.js';
import { expect } from '../support/fixtures.js';
import { type Packed, test } from '../support/packed-package.js';

// In one process, which packs once.
test.describe.configure({ mode: 'default' });

test('the package holds only what users need', { tag: '@core' }, ({ packed }) => {
  const home = join(packed.project, 'node_modules/personalize-beacon');
  const all = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const kinds = all.map((file) => file.replace(/^dist\/.+?(\.d\.ts|\.js|\.js\.map)$/, 'dist/*$1'));
  expect([...new Set(kinds)].sort()).toEqual([
    'LICENSE',
    'README.md',
    'dist/*.d.ts',
    'dist/*.js',
    'dist/*.js.map',
    'dist/LICENSES.txt',
    'dist/local-page/index.html',
    'dist/local-page/local-page.css',
    'package.json',
  ]);
  const read = (file: string) => readFileSync(join(home, file), 'utf8');
  // A map contains its source, so that `src` in the package would be a duplicate.
  for (const map of all.filter((file) => file.endsWith('.map'))) {
    expect(all).toContain(map.replace('.map', ''));
    const { sources, sourcesContent } = JSON.parse(read(map));
    expect(sourcesContent?.filter(Boolean), map).toHaveLength(sources.length);
  }
  for (const script of all.filter((file) => file.endsWith('.js'))) {
    const names = read(script).matchAll(/sourceMappingURL=(\S+)|import\("(\..+?)"\)/g);
    for (const [, map, chunk] of names)
      expect(all).toContain(posix.join(posix.dirname(script), (map ?? chunk) as string));
  }
});

for (const load of ['await import', 'createRequire(import.meta.url)']) {
  test(`the package does nothing in plain Node: ${load}`, async ({ packed }) => {
    const script = `
      import { createRequire } from 'node:module';
      const before = Reflect.ownKeys(globalThis);
      const exported = Object.keys(${load}('personalize-beacon'));
      const added = Reflect.ownKeys(globalThis).filter((key) => !before.includes(key)).map(String);
      const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout');
      console.log(JSON.stringify({ exported, added, timers }));`;
    // Rejects on an exit code, and at the timeout if something keeps the process alive.
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script],
      { cwd: packed.project, timeout: 20_000, env: { PATH: process.env.PATH } },
    );
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({ exported: ['init'], added: [], timers: [] });
  });
}

/** Bundles a module of the project as main.js, and returns its folder. */
const bundle = async ({ project }: Packed, contents: string) => {
  const outdir = join(project, 'bundle');
  const stdin = { contents, resolveDir: project, sourcefile: 'main.js' };
  await build({ stdin, outdir, entryNames: 'main', bundle: true, splitting: true, format: 'esm' });
  return outdir;
};

test('the script asks the browser to compile it while it loads; the stub, which pages inline, does not', () => {
  const hint = /^\/\/# allFunctionsCalledOnLoad\n/;
  expect(`${readScript('/personalize.js')}`).toMatch(hint);
  expect(readStub()).not.toMatch(hint);
});

test('a bundle that does not use the package contains nothing of it', async ({ packed }) => {
  const length = async (contents: string) =>
    readFileSync(join(await bundle(packed, contents), 'main.js')).length;
  expect(await length(`import { init } from 'personalize-beacon'`)).toBe(0);
  expect(await length(`import { init } from 'personalize-beacon'; self.init = init`)).toBeGreaterThan(0);
});

test('the import of personalize-beacon/snippet starts the tracker as the script tag does', {
  tag: '@core',
}, async ({ page, aws, serve, packed }) => {
  const options = {
    trackingId: 'demo-tracker',
    identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
    endpoint: aws.url,
    identityEndpoint: aws.url,
    flushInterval: 100,
  };
  const folder = await bundle(
    packed,
    `import 'personalize-beacon/snippet';
    window.personalize.init(${JSON.stringify(options)});`,
  );
  await writeFile(
    join(folder, 'index.html'),
    '<script type="module" src="/main.js"></script><p data-personalize-item="one">One</p>',
  );
  await page.goto(`http://localhost:${await serve(packed.site(folder))}`);
  await page.getByText('One').click();
  await page.evaluate(() => window.personalize.track('purchase', 'two'));
  await expect.poll(() => aws.counted().map(({ itemId }) => itemId)).toEqual(['one', 'two']);
});

test('where only the package is installed, its command local serves the page, the script and the service', async ({
  page,
  packed,
  start,
}) => {
  const cli = 'node_modules/personalize-beacon/dist/cli.js';
  const { url } = await start(packed.project, [cli, 'local', '--port', '0']);
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Events', exact: true })).toBeVisible();
  const script = await fetch(`${url}/personalize.js`);
  expect(await script.text()).toContain('sessionMaxAge');
  const event = { eventType: 'click', itemId: 'movie-12', sentAt: 1_700_000_000 };
  const body = JSON.stringify({ trackingId: 'demo-tracker', sessionId: 's1', eventList: [event] });
  expect((await fetch(`${url}/collect/events`, { method: 'POST', body })).status).toBe(200);
  await expect(page.getByText('movie-12')).toBeVisible();
});

test('where only the package is installed, personalize-beacon/local starts in a process', async ({
  packed,
}) => {
  const code = `
    import { startLocalAws } from 'personalize-beacon/local';
    const aws = await startLocalAws();
    console.log(JSON.stringify([(await fetch(aws.url + '/api')).status, aws.events.length]));
    await aws.close();`;
  const args = ['--input-type=module', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: packed.project });
  expect(stdout.trim()).toBe('[200,0]');
});
