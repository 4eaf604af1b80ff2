import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

const ENTRY = new URL('../../dist/index.js', import.meta.url).href;

const SCRIPT = `
  const before = new Set(Reflect.ownKeys(globalThis));
  const exported = Object.keys(await import(${JSON.stringify(ENTRY)}));
  const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
  process.stdout.write(JSON.stringify({ exported, added, running: process.getActiveResourcesInfo() }));
`;

test('an import under plain Node does nothing and exports init alone', async () => {
  // Rejects on an exit code, and when the process has to be ended because something keeps it alive.
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', SCRIPT],
    {
      timeout: 10_000,
      env: { PATH: process.env.PATH },
    },
  );
  expect(stderr).toBe('');
  const said = JSON.parse(stdout);
  expect(said.exported).toEqual(['init']);
  expect(said.added).toEqual([]);
  expect(said.running).not.toContain('Timeout');
});
