// @ts-check
// Chromium by its DevTools protocol, Firefox by WebDriver BiDi. Unlike Playwright, Puppeteer keeps the back/forward cache
// enabled, hides tabs in the background, and gives the browser's process ID.
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

/** Without it Firefox keeps a spare process for the next tab, which would be killed along with the renderers. */
const FIREFOX_PREFS = { 'dom.ipc.processPrelaunch.enabled': false };

/** @param {string} proxy host and port */
const firefoxProxy = (proxy) => {
  const [host, port] = proxy.split(':');
  return {
    'network.proxy.type': 1,
    'network.proxy.http': host,
    'network.proxy.http_port': Number(port),
    'network.proxy.ssl': host,
    'network.proxy.ssl_port': Number(port),
  };
};

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} executablePath
 * @param {string} [proxy] host and port
 * @returns {Promise<import('./driver.js').Engine>}
 */
export const createPuppeteerEngine = async (name, executablePath, proxy) => {
  const isFirefox = name === 'firefox';

  /** @param {string} [profile] */
  const start = (profile) =>
    puppeteer.launch({
      browser: isFirefox ? 'firefox' : 'chrome',
      executablePath,
      headless: true,
      args: isFirefox ? [] : [...CHROMIUM_ARGS, ...(proxy ? [`--proxy-server=${proxy}`] : [])],
      ...(proxy && { acceptInsecureCerts: true }),
      ...(isFirefox && { extraPrefsFirefox: { ...FIREFOX_PREFS, ...(proxy && firefoxProxy(proxy)) } }),
      ...(profile && { userDataDir: profile }),
    });

  /** @type {import('./driver.js').Engine['launch']} */
  const launch = async (profile) => {
    const browser = await start(profile);
    const child = /** @type {import('node:child_process').ChildProcess} */ (browser.process());
    const pid = /** @type {number} */ (child.pid);
    /** @type {WeakMap<import('./driver.js').Page, import('puppeteer-core').Page>} */
    const tabs = new WeakMap();
    /** @param {import('./driver.js').Page} page */
    const crash = async (page) => {
      if (isFirefox) return killRenderers(pid, / tab$/);
      const session = await tabs.get(page)?.createCDPSession();
      session?.send('Page.crash').catch(() => {}); // A crashed page does not answer.
    };
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
      crash,
      discard: crash,
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
