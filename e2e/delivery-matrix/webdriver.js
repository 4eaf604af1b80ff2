// @ts-check
// WebKitGTK's MiniBrowser by WebDriver (https://www.w3.org/TR/webdriver2/), in plain requests.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { descendants, killProcess, until } from './driver.js';
import { launchMiniBrowser } from './minibrowser.js';
import { startOnScreen } from './screen.js';

const START_MS = 10_000;
const MAX_STARTS = 3;
const SCRIPT_MS = 12_000;
const COMMAND_MS = 15_000;
/** The browser is started for a session, which takes long on a busy machine. */
const SESSION_MS = 45_000;
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const TO_THE_MINIBROWSER = 'is for the MiniBrowser without a driver';

const findPort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * Returns the capabilities for a proxy. With the capability `proxy` this browser would speak TLS to the proxy itself.
 * @param {string} program @param {string} proxy host and port
 */
const throughProxy = (program, proxy) => ({
  acceptInsecureCerts: true,
  'webkitgtk:browserOptions': { binary: program, args: ['--automation', `--proxy=http://${proxy}`] },
});

/**
 * @param {string} driverPath
 * @param {{ profile?: string, capabilities?: object }} options
 */
const start = async (driverPath, { profile, capabilities }) => {
  const port = await findPort();
  const driver = await startOnScreen(driverPath, [`--port=${port}`], profile);

  /** @param {string} method @param {string} path @param {unknown} [body] @param {number} [ms] @returns {Promise<any>} */
  const call = async (method, path, body, ms = COMMAND_MS) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      // During a restore from the back/forward cache the driver sometimes never answers.
      signal: AbortSignal.timeout(ms),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const close = async () => {
    for (const child of descendants(driver.pid)) killProcess(child.pid);
    await driver.close();
  };
  try {
    if (!(await until(() => call('GET', '/status'), START_MS)))
      throw new Error('WebKitWebDriver did not start');
    // A page that is being unloaded may never answer.
    const alwaysMatch = { timeouts: { script: SCRIPT_MS }, ...capabilities };
    const session = await call('POST', '/session', { capabilities: { alwaysMatch } }, SESSION_MS);
    /** @param {string} method @param {string} path @param {unknown} [body] */
    const command = (method, path, body) => call(method, `/session/${session.sessionId}${path}`, body);
    return { pid: driver.pid, capabilities: session.capabilities, command, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * Starts a driver, again if needed: on a busy machine it sometimes starts no browser.
 * @type {typeof start}
 */
const startWithRetries = async (...args) => {
  for (let tries = 1; ; tries++) {
    try {
      return await start(...args);
    } catch (error) {
      if (tries === MAX_STARTS) throw error;
      console.error(`  WebKitWebDriver: started again: ${error}`);
    }
  }
};

/** @type {(driverPath: string, proxy?: string) => Promise<import('./driver.js').Engine>} */
export const createWebDriverEngine = async (driverPath, proxy) => {
  const probe = await start(driverPath, {});
  const { browserVersion } = probe.capabilities;
  const [browser] = descendants(probe.pid);
  const program = browser.command.split(' ')[0];
  await probe.close();

  /** @type {import('./driver.js').Engine['launch']} */
  const launch = async (profile) => {
    const { pid, command, close } = await startWithRetries(driverPath, {
      profile,
      ...(proxy && { capabilities: throughProxy(program, proxy) }),
    });
    /** The window that stays open: the session ends with its last window. */
    const home = await command('GET', '/window');
    /** @type {WeakMap<import('./driver.js').Page, () => Promise<unknown>>} */
    const minimizers = new WeakMap();
    /** @type {WeakSet<import('./driver.js').Page>} */
    const stopped = new WeakSet();
    return {
      async open(url) {
        await command('POST', '/window', { handle: home });
        // A window, since this browser opens tabs in the background.
        const { handle } = await command('POST', '/window/new', { type: 'window' });
        /** Runs a command in this window: commands go to the window selected last. @param {Parameters<typeof command>} args */
        const here = async (...args) => {
          await command('POST', '/window', { handle });
          return command(...args);
        };
        await here('POST', '/url', { url });
        /** @type {import('./driver.js').Page} */
        const page = {
          async evaluate(body) {
            const script = `const [done] = arguments;
              (async () => { ${body} })().then((value) => done({ value }), (e) => done({ error: String(e) }));`;
            const { value, error } = await here('POST', '/execute/async', { script, args: [] });
            if (error) throw new Error(error);
            return value;
          },
          async click(selector) {
            const found = await here('POST', '/element', { using: 'css selector', value: selector });
            return here('POST', `/element/${found[ELEMENT]}/click`, {});
          },
          goto: (address) => here('POST', '/url', { url: address }),
          // A stopped page does not answer, and ends with the browser.
          close: async () => stopped.has(page) || here('DELETE', '/window'),
        };
        minimizers.set(page, () => here('POST', '/window/minimize', {}));
        return page;
      },
      hide: async (page) => minimizers.get(page)?.(),
      /** Stops the process opened last: ending it would end the session. */
      async discard(page) {
        const last = descendants(pid).findLast(({ command }) => /WebKitWebProcess/.test(command));
        if (!last) throw new Error('found no process that runs pages');
        process.kill(last.pid, 'SIGSTOP');
        stopped.add(page);
      },
      async crash() {
        throw new Error(`crash() ${TO_THE_MINIBROWSER}`);
      },
      async kill() {
        throw new Error(`kill() ${TO_THE_MINIBROWSER}`);
      },
      close,
    };
  };

  return {
    name: 'webkit',
    title: `WebKitGTK ${browserVersion.split('.', 2).join('.')}`,
    launch,
    launchMortal: (profile) => launchMiniBrowser(program, profile, proxy),
    hasCache: true,
    unable: {},
  };
};
