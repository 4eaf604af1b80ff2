// @ts-check
// WebKitGTK's MiniBrowser without a driver: WebDriver keeps its profile in memory and gives up when a page crashes.
// It only gets an address at its start; the page then asks for code to run.
import { descendants, killProcess, killRenderers } from './driver.js';
import { startOnScreen } from './screen.js';
import { openSteering } from './steering.js';

/**
 * Launches a browser with one window, restarted for each page.
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
    // Child processes end along with it, but may lock the profile for a moment.
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
