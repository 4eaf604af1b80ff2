// @ts-check
// One server for all names there are: sites, AWS, collectors. A trial is known by its site's name, which its requests
// have as `Host` or `Origin`, so that many can run at a time without sharing anything.
import { once } from 'node:events';
import { createServer } from 'node:https';
import { generate } from 'selfsigned';
import { createLocalAws } from '../../demo/local-aws/index.js';
import { collect } from './collect.js';

/**
 * @typedef {{ method: string, host: string, path: string, at: number, headerBytes: number, bodyBytes: number }} Sent
 * @typedef {{ sent: Sent[], loaded: Set<string>, arrivals: Map<string, number>, repeats: number }} Seen
 *   `loaded`: paths of scripts; `arrivals`: when each event first arrived, by item
 */

/** How long a connection may be idle: a load balancer's default, not the 5 s of Node's, which each click would pay for. */
const KEEP_ALIVE_MS = 60_000;
const SITES = '.shop.example';
const PERSONALIZE = 'personalize-events.us-east-1.amazonaws.com';
const COGNITO = 'cognito-identity.us-east-1.amazonaws.com';
const COLLECTORS = [
  'dataplane.rum.us-east-1.amazonaws.com',
  'collector.shop.example',
  'us.i.posthog.com',
  'api.segment.io',
];

/** @param {Sent} sent */
export const isPreflight = ({ method }) => method === 'OPTIONS';
/** @param {Sent} sent */
export const isCredentialCall = (sent) => sent.host === COGNITO && !isPreflight(sent);

/** As on the wire of HTTP/1.1. @param {import('node:http').IncomingMessage} request */
const headerBytesOf = ({ method = '', url = '', rawHeaders }) =>
  [`${method} ${url} HTTP/1.1`, ...rawHeaders].reduce(
    (bytes, part) => bytes + Buffer.byteLength(part) + 2,
    2,
  );

export const openWorld = async () => {
  /** @type {Map<string, ReturnType<typeof createTrial>>} */
  const trials = new Map();
  /** What no trial has asked for, by host and path: a peer that phones home, or the browser. @type {Set<string>} */
  const strays = new Set();

  /** @param {string} id @param {import('./bundle.js').Bundle} bundle */
  const createTrial = (id, { html, files }) => {
    const aws = createLocalAws();
    /** @type {Seen} */
    const seen = { sent: [], loaded: new Set(), arrivals: new Map(), repeats: 0 };
    /** @param {string} itemId */
    const arrive = (itemId) => {
      if (seen.arrivals.has(itemId)) seen.repeats++;
      else seen.arrivals.set(itemId, Date.now());
    };
    const items = new RegExp(`\\b${id}-\\d+-\\d+\\b`, 'g');
    /** @param {string} text */
    const arriveIn = (text) => {
      for (const itemId of new Set(text.match(items))) arrive(itemId);
    };
    // Amplify has the item among the properties.
    aws.subscribe(({ event, counted }) => counted && arriveIn(JSON.stringify(event)));

    /** @type {import('node:http').RequestListener} */
    const serve = ({ url = '' }, response) => {
      const path = url.replace(/\?.*/, '');
      const script = files.get(path);
      if (script) seen.loaded.add(path);
      if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(html);
      else if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      else response.writeHead(404).end();
    };
    /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {string} host */
    const report = async (request, response, host) => {
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
      else arriveIn(await collect(request, response));
    };
    return { seen, aws, serve, report };
  };

  const { private: key, cert } = await generate([{ name: 'commonName', value: 'shop.example' }]);
  const server = createServer({ key, cert }, (request, response) => {
    const { host = '', origin = '' } = request.headers;
    const own = trials.get(host);
    const asking = trials.get(origin.replace('https://', ''));
    if (own) own.serve(request, response);
    else if (asking && [PERSONALIZE, COGNITO, ...COLLECTORS].includes(host)) {
      asking.report(request, response, host).catch((error) => strays.add(`${host}: ${error}`));
    } else {
      strays.add(host + (request.url ?? '').replace(/\?.*/, ''));
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  let count = 0;

  return {
    strays,
    /** Every name leads here and nothing leaves the machine. */
    browserArgs: [`--host-resolver-rules=MAP * 127.0.0.1:${port}`, '--ignore-certificate-errors'],
    /** A site, an AWS and collectors of its own. @param {import('./bundle.js').Bundle} bundle */
    open(bundle) {
      const id = `t${++count}`;
      const host = id + SITES;
      const trial = createTrial(id, bundle);
      trials.set(host, trial);
      return {
        url: `https://${host}/`,
        aws: trial.aws,
        seen: trial.seen,
        /** Forgets what it has seen, as before a second visit. */
        reset() {
          Object.assign(trial.seen, { sent: [], loaded: new Set(), arrivals: new Map(), repeats: 0 });
        },
        close: () => trials.delete(host),
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

/** @typedef {Awaited<ReturnType<typeof openWorld>>} World */
/** @typedef {ReturnType<World['open']>} Trial */
