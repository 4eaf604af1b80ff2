import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { readScript } from '../../demo/script.js';

export const TRACKING_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** The IDs of a site that was made without thought of tests. */
const IDS = {
  'tracking-id': TRACKING_ID,
  'action-tracking-id': '16fd2706-8baf-433b-82eb-8c7fada847da',
  'identity-pool-id': 'eu-west-1:11111111-2222-4333-8444-555555555555',
};

const tag = (attributes: Record<string, string | undefined> = {}) =>
  `<script src="/personalize.js" ${Object.entries({ ...IDS, 'flush-interval': '3600000', ...attributes })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `data-${name}="${value}"`)
    .join(' ')}></script>`;

const TILES = `<section data-personalize-list>
  <a href="#12" data-personalize-item="movie-12">The Third Man</a>
  <a href="#7" data-personalize-item="movie-7" data-personalize-property-genre="Drama">Metropolis</a>
  <a href="/next" data-personalize-item="movie-9">Nosferatu</a>
</section>
<button onclick="personalize.trackAction('Taken', 'join')">Join</button>`;

const UNSIGNED = { 'identity-pool-id': undefined };

/** The pages of the site, with AWS's real host names. */
const PAGES: Record<string, string> = {
  '/': tag() + TILES,
  '/keepalive': tag({ 'exit-transport': 'keepalive' }) + TILES,
  '/china': tag({ 'identity-pool-id': 'cn-north-1:11111111-2222-4333-8444-555555555555' }) + TILES,
  '/own-endpoint': tag({ ...UNSIGNED, endpoint: '/collect' }) + TILES,
  '/endpoint-at-root': tag({ ...UNSIGNED, endpoint: '/' }) + TILES,
  '/without-bots': tag({ 'ignore-bots': 'true' }) + TILES,
  // A page of the site at the address of the endpoint.
  '/events': '<h1>Events in town</h1>',
  '/next': '<h1>Next</h1>',
  '/without-tracker': TILES,
};

/** Serves the site. */
const answer: RequestListener = (request, response) => {
  const path = (request.url ?? '/').replace(/\?.*/, '');
  const script = readScript(path);
  const page = request.method === 'GET' ? PAGES[path] : undefined;
  const type = script ? 'text/javascript' : 'text/html; charset=utf-8';
  const body = page && `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${page}`;
  response.writeHead(script || body ? 200 : 404, { 'content-type': type }).end(script || body);
};

/** Accepts a WebSocket (RFC 6455), and sends `hello`. */
const greet = (request: IncomingMessage, socket: Duplex) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  const headers = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n\x81\x05hello`, 'latin1');
};

/** Creates a server of the site. @param certificate for https */
export const createSite = (certificate?: { key: string; cert: string }) =>
  (certificate ? createSecureServer(certificate, answer) : createServer(answer)).on('upgrade', greet);
