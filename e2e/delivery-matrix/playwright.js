// @ts-check
// Playwright's own Firefox and WebKit, if the system has neither: no process to kill, no back/forward cache, and no tab
// is ever hidden.
import * as playwright from '@playwright/test';

const NO_PROCESS = 'Playwright does not tell which process is whose';

/**
 * @param {import('../support/browser.js').EngineName} name
 * @param {string} executablePath
 * @param {string} [proxy] host and port
 * @returns {Promise<import('./driver.js').Engine>}
 */
export const createPlaywrightEngine = async (name, executablePath, proxy) => {
  const { chromium, firefox, webkit } = playwright;
  const type = { chromium, firefox, webkit }[name];

  const probe = await type.launch({ executablePath });
  const version = /^\d+(\.\d+)?/.exec(probe.version())?.[0];
  await probe.close();

  return {
    name,
    title: `${name} ${version} (Playwright)`,
    async launch(profile) {
      const context = await type.launchPersistentContext(profile, {
        executablePath,
        ...(proxy && { proxy: { server: proxy }, ignoreHTTPSErrors: true }),
      });
      /** @type {WeakMap<import('./driver.js').Page, import('@playwright/test').Page>} */
      const tabs = new WeakMap();
      const unable = async () => {
        throw new Error(NO_PROCESS);
      };
      return {
        async open(url) {
          const tab = await context.newPage();
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
        async hide(page) {
          // Simulates the page's view of it.
          await tabs.get(page)?.evaluate(() => {
            Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
          });
        },
        crash: unable,
        discard: unable,
        kill: unable,
        close: () => context.close(),
      };
    },
    unable: {
      crash: NO_PROCESS,
      'crash-at-once': NO_PROCESS,
      discard: NO_PROCESS,
      kill: NO_PROCESS,
      'kill-at-once': NO_PROCESS,
    },
    hasCache: false,
  };
};
