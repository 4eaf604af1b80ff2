import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.js';
import { forwardRequest } from './forward-request.js';
import type { Interception } from './interception.js';
import { joinStreams, openConnection, openSecureConnection } from './open-connection.js';
import type { UpstreamProxy } from './upstream-proxy.js';

interface ProxyServerOptions {
  certificate: Certificate;
  interception: Interception;
  upstream: UpstreamProxy | undefined;
}

/** A proxy that a browser sends its requests through. */
export interface ProxyServer {
  /** Its address, such as `http://127.0.0.1:41234`. */
  url: string;
  /** Stops it, and ends its connections. */
  close(): void;
}

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';

const failTunnel = (socket: Duplex, { message }: Error) =>
  socket.end(`HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/plain\r\n\r\n${message}\n`);

/** Returns a request's header as it was sent, for an upgrade to another protocol. */
const toHead = ({ method, url, rawHeaders }: IncomingMessage) => {
  const lines = rawHeaders.map((text, i) => (i % 2 ? `${text}\r\n` : `${text}: `));
  return `${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`;
};

/**
 * Starts a proxy on 127.0.0.1 that hands some requests to the local AWS and all others on to their destinations. Of
 * encrypted connections it reads only those that the interception names.
 */
export const startProxyServer = async ({
  certificate,
  interception,
  upstream,
}: ProxyServerOptions): Promise<ProxyServer> => {
  const answer =
    (protocol: 'http:' | 'https:'): RequestListener =>
    (request, response) => {
      // A proxy gets the whole address, a server the path.
      const { url: target = '/', headers } = request;
      const address = target.startsWith('/') ? `${protocol}//${headers.host}${target}` : target;
      if (!URL.canParse(address)) {
        response.writeHead(400).end();
        return;
      }
      const url = new URL(address);
      const handler = interception.findHandler(url, request.method);
      request.url = url.pathname + url.search;
      if (handler) handler(request, response);
      else forwardRequest(request, response, url, upstream);
    };

  const { key, cert } = certificate;
  const secureServer = createSecureServer({ key, cert }, answer('https:'));
  // Such as a WebSocket of the site whose endpoint is decrypted.
  secureServer.on('upgrade', async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    try {
      const onward = await openSecureConnection(new URL(`https://${request.headers.host}`), upstream);
      onward.write(toHead(request));
      onward.write(head);
      joinStreams(socket, onward);
    } catch (error) {
      failTunnel(socket, error as Error);
    }
  });

  const tunnel = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => {});
    try {
      const { origin } = new URL(`https://${request.url}`);
      if (interception.isDecrypted(origin)) {
        socket.write(ESTABLISHED);
        if (head.length) socket.unshift(head);
        secureServer.emit('connection', socket);
        return;
      }
      const onward = await openConnection(new URL(origin), upstream);
      socket.write(ESTABLISHED);
      onward.write(head);
      joinStreams(socket, onward);
    } catch (error) {
      failTunnel(socket, error as Error);
    }
  };

  const sockets = new Set<Socket>();
  const server = createServer(answer('http:'));
  server.on('connect', tunnel).on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
