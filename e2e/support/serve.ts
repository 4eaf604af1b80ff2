import { createServer, type RequestListener, type Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test as base } from '@playwright/test';

/** Serves on a free loopback port until the test ends. Returns the port. */
export type Serve = (what: RequestListener | Server | SecureServer) => Promise<number>;

export const test = base.extend<{ serve: Serve }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's needs off this pattern
  serve: async ({}, use) => {
    const servers: (Server | SecureServer)[] = [];
    await use(async (what) => {
      const server = typeof what === 'function' ? createServer(what) : what;
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  },
});
