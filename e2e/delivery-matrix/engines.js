// @ts-check
import { findBrowser, findPlaywrightBuild } from '../support/browser.js';
import { createPlaywrightEngine } from './playwright.js';
import { createPuppeteerEngine } from './puppeteer.js';
import { createWebDriverEngine } from './webdriver.js';

/** @typedef {import('../support/browser.js').EngineName} EngineName */

/** @param {EngineName} name @param {string} path @param {string} [proxy] */
const create = (name, path, proxy) => {
  if (name === 'chromium') return createPuppeteerEngine(name, path, proxy);
  if (path === findPlaywrightBuild(name)) return createPlaywrightEngine(name, path, proxy);
  return name === 'firefox' ? createPuppeteerEngine(name, path, proxy) : createWebDriverEngine(path, proxy);
};

let turn = Promise.resolve();

/**
 * Starts browsers one after another: six at once would exceed their time limits.
 * @template Result
 * @param {() => Promise<Result>} start
 * @returns {Promise<Result>}
 */
const inTurn = (start) => {
  const started = turn.then(start);
  turn = started.then(
    () => {},
    () => {},
  );
  return started;
};

/**
 * Opens an engine; resolves to undefined if it is not installed.
 * @param {EngineName} name
 * @param {string} [proxy] host and port of a proxy for all requests; its certificates are not checked
 * @returns {Promise<import('./driver.js').Engine | undefined>}
 */
export const openEngine = async (name, proxy) => {
  const path = findBrowser(name);
  if (path === undefined) return undefined;
  const engine = await inTurn(() => create(name, path, proxy));
  const { launch, launchMortal } = engine;
  return {
    ...engine,
    launch: (profile) => inTurn(() => launch(profile)),
    ...(launchMortal && { launchMortal: (profile) => inTurn(() => launchMortal(profile)) }),
  };
};
