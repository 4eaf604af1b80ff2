// @ts-check
// A site and a local AWS for one run, on a new origin with its own storage, whichever profile visits it.
import { randomUUID } from 'node:crypto';
import { createLocalAws, listen } from 'personalize-beacon/local';
import { readScript } from '../../demo/script.js';
import { DRIVEN } from './driven.js';
import { EVENTS } from './scenarios.js';

/** @param {string} body */
const html = (body) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${body}`;

/** @param {string} awsUrl @param {string} prefix of the items @param {string} options the tag's, as attributes */
const shop = (awsUrl, prefix, options) =>
  html(`
    <script>${DRIVEN}
      window.record = () => {
        for (let n = 1; n <= ${EVENTS}; n++) personalize.track('click', '${prefix}' + n);
      };
      const resultOf = (request) =>
        new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const storedEvents = async () => {
        const database = await resultOf(indexedDB.open('personalize-beacon:demo-tracker'));
        const [name] = database.objectStoreNames;
        const keys = await resultOf(database.transaction(name).objectStore(name).getAllKeys());
        database.close();
        return keys.filter((key) => key.startsWith('event:')).length;
      };
      addEventListener('pageshow', (event) => (window.isRestored = event.persisted));
    </script>
    <script src="/personalize.js" data-tracking-id="demo-tracker"
      data-identity-pool-id="us-east-1:00000000-0000-4000-8000-000000000000"
      data-endpoint="${awsUrl}" data-identity-endpoint="${awsUrl}" ${options}></script>
    <p><a id="link" href="/next" onclick="record()">a link</a>
    <p><a id="blank" href="/next" target="_blank" onclick="record()">a link to a new tab</a>
    <p><button id="popup" onclick="window.popup = window.open('/')">a window</button>`);

/** @param {string} awsUrl @param {string} prefix of the items */
const pages = (awsUrl, prefix) => ({
  // Waiting events must not be sent before the page is left.
  '/': shop(awsUrl, prefix, 'data-flush-interval="3600000"'),
  '/staying': shop(awsUrl, prefix, ''),
  '/next': html('<h1>next</h1>'),
  '/host': html('<iframe src="/"></iframe>'),
});

/** Opens a site and a local AWS. @returns {Promise<import('./visit.js').World>} */
export const openWorld = async () => {
  const aws = createLocalAws();
  const awsServer = await listen(aws.handler, 0);
  // Ports are reused, along with the data that an earlier run has stored.
  const prefix = `${randomUUID()}-`;
  const served = new Map(Object.entries(pages(`http://127.0.0.1:${awsServer.port}`, prefix)));
  const siteServer = await listen((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const page = served.get(path);
    const script = readScript(path);
    if (page) response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else response.writeHead(404).end();
  }, 0);
  return {
    url: `http://localhost:${siteServer.port}`,
    arrived() {
      /** @type {Map<string, { times: number, counted: number }>} */
      const byItem = new Map();
      for (const { event, status } of aws.acknowledged) {
        if (!event.itemId?.startsWith(prefix)) continue;
        const before = byItem.get(event.itemId) ?? { times: 0, counted: 0 };
        byItem.set(event.itemId, {
          times: before.times + 1,
          counted: before.counted + Number(status === 'accepted'),
        });
      }
      const events = [...byItem.values()];
      return {
        events: events.length,
        repeated: events.filter(({ times }) => times > 1).length,
        countedTwice: events.filter(({ counted }) => counted > 1).length,
      };
    },
    disconnect() {
      aws.fail({ on: 'events', drop: 'request' });
      aws.fail({ on: 'cognito', drop: 'request' });
    },
    reconnect: aws.heal,
    async close() {
      aws.heal();
      await Promise.all([siteServer.close(), awsServer.close()]);
    },
  };
};
