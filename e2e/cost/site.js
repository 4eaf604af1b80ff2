// @ts-check
// A site and a local AWS for one trial, on a new origin with its own storage and process.
import { createLocalAws, listen } from 'personalize-beacon/local';
import { readScript } from '../../demo/script.js';
import { scripts } from './subjects.js';

/** @typedef {import('./subjects.js').Subject} Subject */

const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

/** More than any scene records: the local AWS forgets older ones. */
const MAX_EVENTS = 100_000;

const STYLE = `
  body { margin: 0 }
  section { display: flex; height: 60px; contain: strict }
  a { display: block; width: 64px; height: 60px; font: 10px/12px sans-serif }
  i { display: block; height: 30px; background: #ddd } b { display: block; height: 12px }`;

/** The browser lays out no list that is out of view: a page of many tiles would take minutes. */
const LAZY_STYLE = 'section { content-visibility: auto }';

/** @param {{ subject: Subject, script: Buffer }} options */
export const openSite = async ({ subject, script }) => {
  const aws = createLocalAws({ maxEvents: MAX_EVENTS });
  const awsServer = await listen(aws.handler, 0);
  const awsUrl = `http://127.0.0.1:${awsServer.port}`;
  const options = {
    trackingId: 'demo-tracker',
    identityPoolId: POOL_ID,
    endpoint: awsUrl,
    identityEndpoint: awsUrl,
  };
  /** @param {string} body */
  const html = (body) =>
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><style>${STYLE}</style>${body}<main></main>`;
  /** @type {Map<string, [type: string, body: string | Buffer]>} */
  const served = new Map([
    // The tracker waits for `personalize.init()`.
    ['/', ['text/html', html('<script src="/subject.js"></script>')]],
    ['/lazy', ['text/html', html(`<style>${LAZY_STYLE}</style><script src="/subject.js"></script>`)]],
    ['/bare', ['text/html', html('')]],
    ['/subject.js', ['text/javascript', subject === 'tracker' ? script : scripts[subject]]],
  ]);
  const siteServer = await listen(({ url = '' }, response) => {
    const chunk = readScript(url);
    const [type, body] = chunk
      ? ['text/javascript', chunk]
      : (served.get(url.replace(/\?.*/, '')) ?? served.get('/') ?? []);
    response
      .writeHead(200, {
        'content-type': `${type}; charset=utf-8`,
        // Cross-origin isolation gives the page the finest clocks.
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
      })
      .end(body);
  }, 0);
  return {
    url: `http://localhost:${siteServer.port}`,
    options,
    /** Returns the events that the service has counted. */
    counted: () => aws.acknowledged.filter(({ status }) => status === 'accepted').map(({ event }) => event),
    async close() {
      await Promise.all([siteServer.close(), awsServer.close()]);
    },
  };
};

/** @typedef {Awaited<ReturnType<typeof openSite>>} Site */
