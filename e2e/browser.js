// Finds a Chromium for the tests, or gets one. Run as a program it prints the path.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const VARIABLE = 'PERSONALIZE_CHROMIUM';

const SYSTEM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const onPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/**
 * In this order: the environment variable, Playwright's own, the system's.
 * @returns {string | undefined}
 */
export const findBrowser = () => {
  const named = process.env[VARIABLE];
  if (named && !existsSync(named)) throw new Error(`${VARIABLE} names ${named}, which does not exist`);
  if (named) return named;
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  return onPath() ?? SYSTEM_PATHS.find((file) => existsSync(file));
};

const isDebianAsRoot = () =>
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8')) &&
  process.getuid?.() === 0;

const getBrowser = () => {
  // Output goes to the error stream: what this program prints is the path alone.
  const stdio = /** @type {const} */ (['ignore', 2, 2]);
  const windowsShell = process.platform === 'win32';
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: [...stdio], shell: windowsShell });
  if (findBrowser() || !isDebianAsRoot()) return;
  execFileSync('apt-get', ['update', '-qq'], { stdio: [...stdio] });
  execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: [...stdio] });
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!findBrowser()) getBrowser();
  const found = findBrowser();
  if (!found) {
    console.error(`No Chromium found: install one, or name it in ${VARIABLE}`);
    process.exit(1);
  }
  console.log(`browser: ${found}`);
}
