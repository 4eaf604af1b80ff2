// @ts-check
// Starts servers that only this machine can reach.

import { once } from 'node:events';
import { createServer } from 'node:http';

/** @typedef {import('node:http').RequestListener} RequestListener */

/**
 * Listens on a port of `localhost`; resolves to the port and a function that closes the server.
 * @param {RequestListener} handler
 * @param {{ port?: number, usual: number }} where `port` must be free; without it the usual port is used, or any free one
 *   if that is taken
 */
export async function listen(handler, { port, usual }) {
  try {
    return await listenOnBoth(handler, port ?? usual);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    if (port !== undefined)
      throw new Error(`Port ${port} is taken. Choose another, or none to have one found.`);
    return listenOnBoth(handler, 0);
  }
}

/**
 * Listens on 127.0.0.1 and, if the machine has it, ::1: programs resolve "localhost" to either. On one of them alone
 * another server on the other could hide the shop.
 * @param {RequestListener} handler
 * @param {number} asked
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
async function listenOnBoth(handler, asked) {
  const v4 = await open(handler, '127.0.0.1', asked);
  const address = v4.address();
  const port = typeof address === 'object' && address ? address.port : asked;
  const servers = [v4];
  try {
    servers.push(await open(handler, '::1', port));
  } catch (error) {
    const absent = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '');
    if (!absent) {
      await close(v4);
      if (asked === 0 && codeOf(error) === 'EADDRINUSE') return listenOnBoth(handler, 0);
      throw error;
    }
  }
  return { port, close: async () => void (await Promise.all(servers.map(close))) };
}

/** @param {RequestListener} handler @param {string} host @param {number} port */
async function open(handler, host, port) {
  const server = createServer(handler).listen(port, host);
  await once(server, 'listening');
  return server;
}

/** @param {import('node:http').Server} server */
async function close(server) {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;
