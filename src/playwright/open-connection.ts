import { once } from 'node:events';
import { type IncomingMessage, request as openRequest } from 'node:http';
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';
import type { UpstreamProxy } from './upstream-proxy.js';

/** Returns the host of an address as node:net takes it: an IPv6 address without brackets. */
export const hostOf = ({ hostname }: URL): string =>
  // Browsers resolve these names themselves; not every system does.
  hostname.endsWith('.localhost') ? 'localhost' : hostname.replace(/^\[|\]$/g, '');

/** Returns the port of an address, which `URL` leaves out if it is the protocol's own. */
export const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80));

const openTunnel = async (url: URL, { host, port, headers }: UpstreamProxy): Promise<Duplex> => {
  const path = `${url.hostname}:${portOf(url)}`;
  const asked = openRequest({ host, port, method: 'CONNECT', path, headers: { host: path, ...headers } });
  asked.end();
  const [answer, socket, head] = (await once(asked, 'connect')) as [IncomingMessage, Duplex, Buffer];
  if (answer.statusCode !== 200) {
    socket.destroy();
    throw new Error(`${host}:${port} answered CONNECT ${path} with ${answer.statusCode}`);
  }
  if (head.length) socket.unshift(head);
  return socket;
};

/** Opens a connection to a host, through the upstream proxy if there is one. Rejects if that fails. */
export const openConnection = async (url: URL, upstream: UpstreamProxy | undefined): Promise<Duplex> => {
  if (upstream && !upstream.isBypassed(url)) return openTunnel(url, upstream);
  const socket = connect({ host: hostOf(url), port: portOf(url) });
  await once(socket, 'connect');
  return socket;
};

/**
 * Opens a connection under TLS. The certificate is not checked: a site under test may have one of its own that only the
 * browser trusts.
 */
export const openSecureConnection = async (
  url: URL,
  upstream: UpstreamProxy | undefined,
): Promise<TLSSocket> => {
  const socket = connectSecurely({
    socket: await openConnection(url, upstream),
    // TLS names no IP addresses.
    servername: isIP(hostOf(url)) ? '' : hostOf(url),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  return socket;
};

/** Passes on the bytes of two streams to each other until one of them ends. */
export const joinStreams = (one: Duplex, other: Duplex): void => {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    from.pipe(to);
  }
};
