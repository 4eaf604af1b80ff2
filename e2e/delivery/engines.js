// @ts-check
import { findBrowser, findPlaywrights } from '../browser.js';
import { createPlaywrightEngine } from './playwright.js';
import { createPuppeteerEngine } from './puppeteer.js';
import { createWebDriverEngine } from './webdriver.js';

/** @typedef {import('../browser.js').EngineName} EngineName */

/**
 * Resolves to nothing where it is not installed.
 * @param {EngineName} name
 */
export const openEngine = async (name) => {
  const path = findBrowser(name);
  if (path === undefined) return undefined;
  if (name === 'chromium') return createPuppeteerEngine(name, path);
  if (path === findPlaywrights(name)) return createPlaywrightEngine(name, path);
  return name === 'firefox' ? createPuppeteerEngine(name, path) : createWebDriverEngine(path);
};
