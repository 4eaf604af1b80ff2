import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import type { LaunchOptions } from '@playwright/test';
import { generate } from 'selfsigned';
import { test as base } from '../support/fixtures.js';

/** Answers every HTTPS request of the pages to another origin, for any host name. */
interface Internet {
  port: number;
  handler: RequestListener;
}

/** Stands in for YouTube's player: it plays one second when a message arrives. */
const PLAYER = `<script>
  const say = (message) => parent.postMessage(JSON.stringify({ id: 1, channel: 'widget', ...message }), '*');
  let isHeard = false;
  addEventListener('message', () => {
    if (isHeard) return;
    isHeard = true;
    say({ event: 'initialDelivery', info: { duration: 1, currentTime: 0, playerState: 1 } });
    for (const currentTime of [0.25, 0.5, 0.75, 1]) say({ event: 'infoDelivery', info: { currentTime } });
  });
</script>`;

const DIST = new URL('../../dist/', import.meta.url);

/**
 * Makes the docs' code work unchanged: AWS's host names lead to the local AWS, and any other host serves the files of
 * `dist/`.
 */
export const test = base.extend<
  { isConnected: undefined },
  { internet: Internet; launchOptions: LaunchOptions }
>({
  internet: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'anybody' }]);
      const internet: Internet = { port: 0, handler: () => {} };
      const server: Server = createServer({ key, cert }, (request, response) =>
        internet.handler(request, response),
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      internet.port = (server.address() as AddressInfo).port;
      await use(internet);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
  launchOptions: [
    ({ launchOptions, internet }, use) =>
      use({
        ...launchOptions,
        args: [
          ...(launchOptions.args ?? []),
          `--host-resolver-rules=MAP *:443 127.0.0.1:${internet.port}`,
          '--ignore-certificate-errors',
        ],
      }),
    { scope: 'worker' },
  ],
  isConnected: [
    async ({ aws, internet }, use) => {
      internet.handler = async (request, response) => {
        const { host = '' } = request.headers;
        if (/\.amazonaws\.com$/.test(host)) return aws.handler(request, response);
        if (/youtube/.test(host)) return response.setHeader('content-type', 'text/html').end(PLAYER);
        const file = await readFile(new URL(basename(request.url ?? ''), DIST)).catch(() => undefined);
        response.writeHead(file ? 200 : 404, {
          'content-type': 'text/javascript',
          'access-control-allow-origin': '*',
        });
        response.end(file);
      };
      await use(undefined);
    },
    { auto: true },
  ],
});
