// @ts-check
// Drives a page that no driver reaches: it asks here, again and again, for code to run.
import { once } from 'node:events';
import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { listen } from '../../demo/listen.js';
import { until } from './driver.js';

/** A page starts within, and asks again when it has answered. */
const ASKING_MS = 15_000;

/** @param {string} origin @returns what a page runs that lets itself be led */
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

/** @param {boolean} isSecure as the pages are: those by https: load nothing by http: */
export const openSteering = async (isSecure) => {
  const protocol = isSecure ? 'https' : 'http';
  /** @type {import('node:http').ServerResponse | undefined} */
  let asking;
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
      asking = response;
      response.on('close', () => {
        if (asking === response) asking = undefined;
      });
    } else {
      const said = /** @type {any} */ (await json(request));
      response.end();
      awaited.get(said.id)?.(said);
    }
  };
  const server = await (isSecure ? listenSecurely(answer) : listen(answer, { port: 0, usual: 0 }));

  return {
    /** An address whose page asks here. @param {string} url */
    lead: (url) => `${url}#steer=${protocol}://127.0.0.1:${server.port}/follow.js`,
    /** @param {string} body */
    async evaluate(body) {
      if (!(await until(() => asking, ASKING_MS)) || !asking) throw new Error('no page asks');
      const id = ++count;
      /** @type {Promise<{ value?: any, error?: string }>} */
      const answered = new Promise((resolve) => awaited.set(id, resolve));
      asking.end(JSON.stringify({ id, body }));
      asking = undefined;
      const { value, error } = await answered;
      awaited.delete(id);
      if (error) throw new Error(error);
      return value;
    },
    close: server.close,
  };
};
