// @ts-check
// WebKitGTK's MiniBrowser as visitors have it: WebDriver keeps its profile in memory and gives up when a page crashes.
// It is given an address when it starts, and nothing more; the page asks what to do.
import { descendants, killProcess, killRenderers } from './driver.js';
import { startOnScreen } from './screen.js';
import { openSteering } from './steering.js';

/**
 * One window, and a page a start of the browser.
 * @param {string} program @param {string} profile
 * @param {string} [proxy] host and port
 * @returns {Promise<import('./driver.js').Browser>}
 */
export const launchMiniBrowser = async (program, profile, proxy) => {
  const steering = await openSteering(Boolean(proxy));
  const args = proxy ? [`--proxy=http://${proxy}`, '--ignore-host=127.0.0.1', '--ignore-tls-errors'] : [];
  /** @type {Awaited<ReturnType<typeof startOnScreen>> | undefined} */
  let running;

  const quit = async () => {
    if (!running) return;
    const rest = descendants(running.pid);
    await running.close();
    // They end with it, but may hold the profile for a moment.
    for (const { pid } of rest) killProcess(pid);
    running = undefined;
  };

  const end = async () => {
    await quit();
    await steering.close();
  };

  return {
    async open(url) {
      await quit();
      running = await startOnScreen(program, [...args, steering.lead(url)], profile);
      await steering.evaluate('');
      return {
        evaluate: steering.evaluate,
        click: (selector) => steering.evaluate(`document.querySelector('${selector}').click()`),
        goto: (address) => steering.evaluate(`location.href = '${address}'`),
        close: quit,
      };
    },
    hide: async () => {
      throw new Error('a window that nobody drives stays in front');
    },
    crash: async () => killRenderers(/** @type {any} */ (running).pid, /WebKitWebProcess/),
    discard: async () => {
      throw new Error('a window that nobody drives is never hidden');
    },
    kill: end,
    close: end,
  };
};
