// @ts-check
// Installs the peers in the versions of this package.json.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = new URL('./', import.meta.url);

/** @param {string} path */
const readJson = async (path) => JSON.parse(await readFile(new URL(path, here), 'utf8'));

/** @param {[name: string, version: string]} dependency */
const isInstalled = async ([name, version]) => {
  const installed = await readJson(`node_modules/${name}/package.json`).catch(() => undefined);
  return installed?.version === version;
};

/** Installs the peers unless they are installed. */
export const installPeers = async () => {
  const { dependencies } = await readJson('package.json');
  const installed = await Promise.all(Object.entries(dependencies).map(isInstalled));
  if (installed.every(Boolean)) return;
  console.error('  installing the peers in e2e/bench');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: fileURLToPath(here),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci in e2e/bench has failed with ${status}`);
};
