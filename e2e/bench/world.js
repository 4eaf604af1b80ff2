// @ts-check
// One server for all hosts: sites, AWS, collectors. A request belongs to the trial whose site is its `Host` or `Origin`,
// so that many trials can run at a time without sharing anything.
import { once } from 'node:events';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { generate } from 'selfsigned';
import { createLocalAws } from '../../dist/local.js';
import { collect } from './collect.js';

/**
 * @typedef {{ method: string, host: string, path: string, at: number, headerBytes: number, bodyBytes: number }} Sent
 * @typedef {{ sent: Sent[], loaded: Set<string>, arrivals: Map<string, number>, repeats: number,
 *   received: Map<string, number> }} Seen
 *   `loaded`: paths of scripts; `arrivals`: when each event first arrived, by item; `received`: how often, also what
 *   the service knows by its `eventId` and does not count again
 */

/** The idle time of a connection: a load balancer's default, since with Node's 5 s each click would reconnect. */
const KEEP_ALIVE_MS = 60_000;
/** More than a trial records. */
const MAX_EVENTS = 1_000_000;
const SITES = '.shop.example';
const PERSONALIZE = 'personalize-events.us-east-1.amazonaws.com';
const COGNITO = 'cognito-identity.us-east-1.amazonaws.com';
/** The endpoint of this tracker without AWS credentials. */
const RELAY = 'relay.shop.example';
const COLLECTORS = [
  'dataplane.rum.us-east-1.amazonaws.com',
  'collector.shop.example',
  'us.i.posthog.com',
  'api.segment.io',
  'insights.algolia.io',
  'beacon.shop.example',
];

/** @param {Sent} sent */
export const isPreflight = ({ method }) => method === 'OPTIONS';
/** @param {Sent} sent */
export const isCredentialCall = (sent) => sent.host === COGNITO && !isPreflight(sent);

/** The site's next page, without a tracker. */
const NEXT =
  '<!doctype html><meta charset="utf-8"><title>next</title><link rel="icon" href="data:,"><h1>next</h1>';

/** @returns {Seen} */
const createSeen = () => ({
  sent: [],
  loaded: new Set(),
  arrivals: new Map(),
  repeats: 0,
  received: new Map(),
});

/** Counts the header bytes as sent by HTTP/1.1. @param {import('node:http').IncomingMessage} request */
const headerBytesOf = ({ method = '', url = '', rawHeaders }) =>
  [`${method} ${url} HTTP/1.1`, ...rawHeaders].reduce(
    (bytes, part) => bytes + Buffer.byteLength(part) + 2,
    2,
  );

/** @param {import('node:net').Server} server */
const portOf = (server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port;

export const openWorld = async () => {
  /** @type {Map<string, ReturnType<typeof createTrial>>} */
  const trials = new Map();
  /** Requests that belong to no trial, by host and path: a peer that phones home, or the browser. @type {Set<string>} */
  const strays = new Set();

  /** @param {string} id @param {import('./bundle.js').Bundle} bundle */
  const createTrial = (id, { html, files }) => {
    const aws = createLocalAws({ maxEvents: MAX_EVENTS });
    const seen = createSeen();
    let isConnected = true;
    /** @param {string} itemId @param {boolean} counted */
    const arrive = (itemId, counted) => {
      seen.received.set(itemId, (seen.received.get(itemId) ?? 0) + 1);
      if (!counted) return;
      if (seen.arrivals.has(itemId)) seen.repeats++;
      else seen.arrivals.set(itemId, Date.now());
    };
    const items = new RegExp(`\\b${id}-\\d+-\\d+\\b`, 'g');
    /** @param {string} text */
    const arriveIn = (text, counted = true) => {
      for (const itemId of new Set(text.match(items))) arrive(itemId, counted);
    };
    // Amplify sends the item as a property.
    aws.on('event', ({ event, status }) => {
      if (status !== 'rejected') arriveIn(JSON.stringify(event), status === 'accepted');
    });

    /** @type {import('node:http').RequestListener} */
    const serve = ({ url = '' }, response) => {
      const path = url.replace(/\?.*/, '');
      const script = files.get(path);
      if (script) seen.loaded.add(path);
      if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      else if (path === '/next') response.writeHead(200, { 'content-type': 'text/html' }).end(NEXT);
      else if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      else response.writeHead(404).end();
    };
    /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {string} host */
    const report = async (request, response, host) => {
      if (!isConnected) return request.socket.destroy();
      /** @type {Sent} */
      const sent = {
        method: request.method ?? '',
        host,
        path: (request.url ?? '').replace(/\?.*/, ''),
        at: Date.now(),
        headerBytes: headerBytesOf(request),
        bodyBytes: 0,
      };
      seen.sent.push(sent);
      request.on('data', (chunk) => {
        sent.bodyBytes += chunk.length;
      });
      if (host === PERSONALIZE || host === COGNITO) await aws.handler(request, response);
      else if (host === RELAY) await aws.collectHandler(request, response);
      else arriveIn(await collect(request, response));
    };
    /** @param {boolean} isOnline */
    const connect = (isOnline) => {
      isConnected = isOnline;
    };
    return { seen, aws, serve, report, connect };
  };

  const { private: key, cert } = await generate([{ name: 'commonName', value: 'shop.example' }]);
  const server = createServer({ key, cert }, (request, response) => {
    const { host = '', origin = '' } = request.headers;
    const own = trials.get(host);
    const asking = trials.get(origin.replace('https://', ''));
    if (own) own.serve(request, response);
    else if (asking && [PERSONALIZE, COGNITO, RELAY, ...COLLECTORS].includes(host)) {
      asking.report(request, response, host).catch((error) => strays.add(`${host}: ${error}`));
    } else {
      strays.add(host + (request.url ?? '').replace(/\?.*/, ''));
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = portOf(server);
  // Tunnels of the proxy end here as well, for browsers that cannot map all names to one address.
  const proxy = createProxy((_, response) => response.writeHead(404).end())
    .on('connect', (_, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      server.emit('connection', socket);
    })
    .listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  let count = 0;

  return {
    strays,
    /** Maps every name to this server, so that nothing leaves the machine. */
    browserArgs: [`--host-resolver-rules=MAP * 127.0.0.1:${port}`, '--ignore-certificate-errors'],
    /** Host and port of a proxy for the same purpose. */
    proxy: `127.0.0.1:${portOf(proxy)}`,
    /** Opens a trial with its own site, AWS and collectors. @param {import('./bundle.js').Bundle} bundle */
    open(bundle) {
      const id = `t${++count}`;
      const host = id + SITES;
      const trial = createTrial(id, bundle);
      trials.set(host, trial);
      return {
        id,
        url: `https://${host}/`,
        aws: trial.aws,
        seen: trial.seen,
        /** Clears the recorded requests, as before a second visit. */
        reset() {
          Object.assign(trial.seen, createSeen());
        },
        /** Drops all requests except the site's own, until `reconnect()`. */
        disconnect: () => trial.connect(false),
        reconnect: () => trial.connect(true),
        close: () => trials.delete(host),
      };
    },
    /** Closes the servers without waiting: the proxy never hears of sockets that ended during a handshake. */
    close() {
      for (const each of [server, proxy]) {
        each.close();
        each.closeAllConnections();
      }
    },
  };
};

/** @typedef {Awaited<ReturnType<typeof openWorld>>} World */
/** @typedef {ReturnType<World['open']>} Trial */
