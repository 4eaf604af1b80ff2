// @ts-check
// Chromium by its DevTools protocol, Firefox by WebDriver BiDi. Unlike Playwright, Puppeteer leaves the back/forward
// cache on and lets a tab that is not in front be hidden, as it is for visitors, and names the browser's process.
import { once } from 'node:events';
import puppeteer from 'puppeteer-core';
import { killProcess, killRenderers } from './driver.js';

export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} executablePath
 * @returns {Promise<import('./driver.js').Engine>}
 */
export const createPuppeteerEngine = async (name, executablePath) => {
  const isFirefox = name === 'firefox';

  /** @param {string} [profile] */
  const start = (profile) =>
    puppeteer.launch({
      browser: isFirefox ? 'firefox' : 'chrome',
      executablePath,
      headless: true,
      args: isFirefox ? [] : CHROMIUM_ARGS,
      ...(profile && { userDataDir: profile }),
    });

  /** @type {import('./driver.js').Engine['launch']} */
  const launch = async (profile) => {
    const browser = await start(profile);
    const child = /** @type {import('node:child_process').ChildProcess} */ (browser.process());
    const pid = /** @type {number} */ (child.pid);
    /** @type {WeakMap<import('./driver.js').Page, import('puppeteer-core').Page>} */
    const tabs = new WeakMap();
    return {
      async open(url) {
        const tab = await browser.newPage();
        await tab.bringToFront();
        await tab.goto(url);
        /** @type {import('./driver.js').Page} */
        const page = {
          evaluate: (body) => tab.evaluate(`(async () => { ${body} })()`),
          click: (selector) => tab.click(selector),
          goto: (address) => tab.goto(address),
          close: () => tab.close(),
        };
        tabs.set(page, tab);
        return page;
      },
      async hide() {
        const tab = await browser.newPage();
        await tab.bringToFront();
      },
      async crash(page) {
        if (isFirefox) return killRenderers(pid, / tab$/);
        const session = await tabs.get(page)?.createCDPSession();
        session?.send('Page.crash').catch(() => {}); // Who crashes does not answer.
      },
      async kill() {
        const ended = once(child, 'exit');
        killProcess(pid);
        await ended;
      },
      close: () => browser.close(),
    };
  };

  const probe = await start();
  const version = /\d+/.exec(await probe.version())?.[0];
  await probe.close();
  return {
    name,
    title: `${isFirefox ? 'Firefox' : 'Chromium'} ${version}`,
    launch,
    hasCache: true,
    unable: {},
  };
};
