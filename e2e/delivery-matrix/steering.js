// @ts-check
// Drives a page that no driver can reach: it polls this server for code to run.
import { once } from 'node:events';
import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { listen } from 'personalize-beacon/local';
import { generate } from 'selfsigned';
import { until } from './driver.js';

/** The time for a page to start and poll, and to poll again after an answer. */
const POLL_LIMIT_MS = 15_000;

/** Returns the script of a steered page. @param {string} origin */
const follow = (origin) => `(async () => {
  for (;;) {
    const { id, body } = await (await fetch('${origin}/next')).json();
    const answer = { id };
    try {
      answer.value = await new Function('return (async () => {' + body + '})()')();
    } catch (error) {
      answer.error = String(error);
    }
    await fetch('${origin}/answer', { method: 'POST', body: JSON.stringify(answer) });
  }
})();`;

/** @param {import('node:http').RequestListener} handler */
const listenSecurely = async (handler) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
  const server = createServer({ key, cert }, handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { port, close };
};

/** @param {boolean} isSecure as the pages are, since a secure page loads nothing by http: */
export const openSteering = async (isSecure) => {
  const protocol = isSecure ? 'https' : 'http';
  /** @type {import('node:http').ServerResponse | undefined} */
  let polling;
  /** @type {Map<number, (answer: { value?: any, error?: string }) => void>} */
  const awaited = new Map();
  let count = 0;

  /** @type {import('node:http').RequestListener} */
  const answer = async (request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    if (request.url === '/follow.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(follow(`${protocol}://${request.headers.host}`));
    } else if (request.url === '/next') {
      polling = response;
      response.on('close', () => {
        if (polling === response) polling = undefined;
      });
    } else {
      const answered = /** @type {any} */ (await json(request));
      response.end();
      awaited.get(answered.id)?.(answered);
    }
  };
  const server = await (isSecure ? listenSecurely(answer) : listen(answer, 0));

  return {
    /** Returns an address whose page polls this server. @param {string} url */
    lead: (url) => `${url}#steer=${protocol}://127.0.0.1:${server.port}/follow.js`,
    /** @param {string} body */
    async evaluate(body) {
      if (!(await until(() => polling, POLL_LIMIT_MS)) || !polling) throw new Error('no page asks');
      const id = ++count;
      /** @type {Promise<{ value?: any, error?: string }>} */
      const answered = new Promise((resolve) => awaited.set(id, resolve));
      polling.end(JSON.stringify({ id, body }));
      polling = undefined;
      const { value, error } = await answered;
      awaited.delete(id);
      if (error) throw new Error(error);
      return value;
    },
    close: server.close,
  };
};
