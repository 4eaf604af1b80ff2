import { type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { hostOf, openSecureConnection, portOf } from './open-connection.js';
import type { UpstreamProxy } from './upstream-proxy.js';

/** Headers of one connection, which a proxy does not pass on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'transfer-encoding',
];

/** Returns a message's headers as a flat list of names and values, repeated ones included. */
const headersOf = ({ rawHeaders }: IncomingMessage): string[] =>
  rawHeaders.filter((_, i) => !HOP_BY_HOP.includes((rawHeaders[i - (i % 2)] as string).toLowerCase()));

/** Opens the request to the destination or to the upstream proxy, in a connection of its own. */
const openOnward = async (request: IncomingMessage, url: URL, upstream: UpstreamProxy | undefined) => {
  const { method = 'GET' } = request;
  const path = url.pathname + url.search;
  const headers = headersOf(request);
  if (url.protocol === 'https:') {
    const socket = await openSecureConnection(url, upstream);
    return openRequest({ method, path, headers, createConnection: () => socket });
  }
  if (upstream && !upstream.isBypassed(url)) {
    const { host, port } = upstream;
    headers.push(...Object.entries(upstream.headers).flat());
    return openRequest({ method, path: url.href, headers, host, port, agent: false });
  }
  return openRequest({ method, path, headers, host: hostOf(url), port: portOf(url), agent: false });
};

/** Sends a request on to its destination, and the answer back; answers with 502 if there is none. */
export const forwardRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  upstream: UpstreamProxy | undefined,
): Promise<void> => {
  const fail = (error: Error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`${error.message}\n`);
  };
  try {
    const onward = await openOnward(request, url, upstream);
    onward.on('error', fail);
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode as number, answer.statusMessage, headersOf(answer));
      // A stream of events may send its headers long before its first event.
      response.flushHeaders();
      pipeline(answer, response, () => {});
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  } catch (error) {
    fail(error as Error);
  }
};
