import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

/** A port of this machine that is listened on. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Error codes on a machine without IPv6. */
const NO_IPV6 = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];

const open = async (handler: RequestListener, host: string, port: number): Promise<Server> => {
  const server = createServer(handler).listen(port, host);
  await once(server, 'listening');
  return server;
};

const close = async (server: Server): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/**
 * Listens on a port of `localhost`, 0 for any free one, so that only this machine can reach it. Listens on 127.0.0.1 and,
 * if the machine has it, ::1: programs resolve `localhost` to either, and another server on one of them could hide this
 * one. Rejects with code `EADDRINUSE` if the port is taken.
 */
export const listen = async (handler: RequestListener, port: number): Promise<Listening> => {
  const v4 = await open(handler, '127.0.0.1', port);
  const servers = [v4];
  try {
    servers.push(await open(handler, '::1', portOf(v4)));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!NO_IPV6.includes(code)) {
      await close(v4);
      // The free port of IPv4 is taken on IPv6.
      if (port === 0 && code === 'EADDRINUSE') return listen(handler, 0);
      throw error;
    }
  }
  return {
    port: portOf(v4),
    async close() {
      await Promise.all(servers.map(close));
    },
  };
};
