// Finds the browser engines for the tests, or installs them.
// `node e2e/support/browser.js [chromium firefox webkit]` prints their paths.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, firefox, webkit } from '@playwright/test';

/** @typedef {'chromium' | 'firefox' | 'webkit'} EngineName */

/**
 * Commands and paths of each engine. `debian` lists the packages that install it.
 * @type {Record<EngineName, { variable: string, names: string[], paths: string[], debian: string[] }>}
 */
const ENGINES = {
  chromium: {
    variable: 'PERSONALIZE_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
    paths: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    debian: ['chromium'],
  },
  firefox: {
    variable: 'PERSONALIZE_FIREFOX',
    names: ['firefox-esr', 'firefox'],
    paths: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    ],
    debian: ['firefox-esr'],
  },
  // WebKit's driver, which finds its own browser. It opens windows, so without a screen it needs Xvfb.
  webkit: {
    variable: 'PERSONALIZE_WEBKIT',
    names: ['WebKitWebDriver'],
    paths: [],
    debian: ['webkit2gtk-driver', 'xvfb'],
  },
};

/** The headless shell's command and Debian package. Playwright's own Chromium includes one. */
const HEADLESS_SHELL = 'chromium-headless-shell';

export const engineNames = /** @type {EngineName[]} */ (Object.keys(ENGINES));

/** @param {string[]} names @returns {string | undefined} */
const onPath = (names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Returns the path of Playwright's own build, if it is installed. @param {EngineName} name */
export const findPlaywrightBuild = (name) => {
  const path = { chromium, firefox, webkit }[name].executablePath();
  return existsSync(path) ? path : undefined;
};

/**
 * Returns the first of: the environment variable's, Playwright's own Chromium, the system's browser, Playwright's own
 * Firefox or WebKit. Only Playwright can drive the last two.
 * @param {EngineName} [name]
 * @returns {string | undefined}
 */
export const findBrowser = (name = 'chromium') => {
  const { variable, names, paths } = ENGINES[name];
  const named = process.env[variable];
  if (named && !existsSync(named)) throw new Error(`${variable} names ${named}, which does not exist`);
  if (named) return named;
  const playwrightBuild = findPlaywrightBuild(name);
  const systemBrowser = onPath(names) ?? paths.find((file) => existsSync(file));
  return name === 'chromium' ? (playwrightBuild ?? systemBrowser) : (systemBrowser ?? playwrightBuild);
};

/**
 * Returns the browser of tests that need no window, tabs or user interface: Chromium's headless shell opens a page in
 * a third of the time. Undefined stands for Playwright's default.
 */
export const findHeadlessShell = () => {
  if (process.env[ENGINES.chromium.variable]) return findBrowser();
  return findPlaywrightBuild('chromium') ? undefined : (onPath([HEADLESS_SHELL]) ?? findBrowser());
};

const isDebianAsRoot = () =>
  existsSync('/etc/os-release') &&
  /^ID=debian/m.test(readFileSync('/etc/os-release', 'utf8')) &&
  process.getuid?.() === 0;

/** Runs a command with its output on the error stream: stdout is for the paths. @param {string[]} command */
const run = ([program, ...args]) =>
  spawnSync(/** @type {string} */ (program), args, {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });

/** @param {EngineName[]} names */
const getBrowsers = (names) => {
  const missing = () => names.filter((name) => !findBrowser(name));
  if (missing().length && isDebianAsRoot()) {
    run(['apt-get', 'update', '-qq']);
    run(['apt-get', 'install', '-y', '-qq', ...missing().flatMap((name) => ENGINES[name].debian)]);
    // Optional: not every release of Debian has it.
    if (names.includes('chromium')) run(['apt-get', 'install', '-y', '-qq', HEADLESS_SHELL]);
  }
  if (missing().length) run(['npx', 'playwright', 'install', ...missing()]);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const asked = process.argv.slice(2);
  const names = asked.length ? engineNames.filter((name) => asked.includes(name)) : engineNames.slice(0, 1);
  getBrowsers(names);
  for (const name of names) {
    const found = findBrowser(name);
    if (found) console.log(`${name}: ${found}`);
    else console.error(`No ${name} found: install it, or name it in ${ENGINES[name].variable}`);
    if (!found) process.exitCode = 1;
  }
}
