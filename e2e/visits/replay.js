// @ts-check
// Replays recorded visits against the built script, in real time, and counts what the local AWS receives.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { createLocalAws, listen } from 'personalize-beacon/local';
import { readStub } from '../../demo/script.js';
import { until } from '../delivery-matrix/driver.js';
import { play } from './player.js';

/** @typedef {import('./record.js').Visit} Visit */
/**
 * @typedef {{ putEvents: number, actions: number, preflights: number, cognito: number, recorded: number,
 *   freshness: number[], late: number, lost: number, duplicates: number }} Counts
 *   of a visit; `freshness`: milliseconds from recording to arrival, of each event; `late`: events that arrived only with the next visit
 * @typedef {{ script: Buffer, attributes: Record<string, string>, isSinglePage: boolean }} Setting `script`: its source
 */

/** The time that a request takes to reach the service: the service of most visitors is in another country. */
const LATENCY_MS = 100;
/** The time after which nothing more is sent by a page that was left. */
const REST_MS = 6000;
const ARRIVAL_MS = 10_000;
/** Long enough for a busy machine. */
const LOAD_LIMIT_MS = 120_000;
const IDS = {
  trackingId: 'visits',
  actionTrackingId: 'visits-actions',
  identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
};

/** Many pages that load at the same time would slow each other down. */
const loading = pLimit(3);

/** @param {Visit} visit @param {number} n @param {Setting} setting @param {string} awsUrl */
const toPage = ({ steps }, n, { attributes, isSinglePage }, awsUrl) => {
  const tag = Object.entries({
    'tracking-id': IDS.trackingId,
    'action-tracking-id': IDS.actionTrackingId,
    'identity-pool-id': IDS.identityPoolId,
    region: 'us-east-1',
    endpoint: awsUrl,
    'identity-endpoint': awsUrl,
    ...attributes,
  }).map(([name, value]) => ` data-${name}="${value}"`);
  return `<!doctype html><meta charset="utf-8"><title>visit</title><link rel="icon" href="data:,">
<script>${readStub()}</script><script async src="/personalize.js"${tag.join('')}></script>
<script>(${play})(${JSON.stringify(steps)}, ${JSON.stringify({ isSinglePage, visit: n })})</script>`;
};

/**
 * Replays one visit of a new visitor.
 * @param {import('puppeteer-core').Browser} browser @param {Visit} visit @param {number} n @param {Setting} setting
 * @returns {Promise<Counts>}
 */
export const replay = async (browser, visit, n, setting) => {
  const aws = createLocalAws(IDS);
  const awsServer = await listen((request, response) => {
    setTimeout(() => aws.handler(request, response), LATENCY_MS);
  }, 0);
  const html = toPage(visit, n, setting, `http://127.0.0.1:${awsServer.port}`);
  const site = await listen((request, response) => {
    if (request.url === '/personalize.js')
      response.setHeader('content-type', 'text/javascript').end(setting.script);
    else
      response
        .setHeader('content-type', 'text/html')
        .end(request.url === '/return' ? html.replace(/<script>\(.*/s, '') : html);
  }, 0);
  const url = `http://localhost:${site.port}`;
  const context = await browser.createBrowserContext();
  const { page, other, startedAt } = await loading(async () => {
    const other = await context.newPage();
    const page = await context.newPage();
    page.setDefaultTimeout(LOAD_LIMIT_MS);
    await page.bringToFront();
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return { page, other, startedAt: Number(await page.evaluate('sessionStorage.startedAt')) };
  });
  /** @type {Partial<Record<import('./record.js').StepKind, () => Promise<unknown>>>} */
  const drive = {
    hide: () => other.bringToFront(),
    show: () => page.bringToFront(),
    close: () => page.close(),
    away: () => page.goto('about:blank'),
    hidden: () => other.bringToFront(),
  };
  for (const [n, { at, do: kind }] of visit.steps.entries()) {
    const run = drive[kind];
    if (!run) continue;
    await sleep(startedAt + at - Date.now());
    // A page on a busy machine may be late with its steps.
    const isDone = await until(
      async () => Number(await page.evaluate('sessionStorage.step')) > n,
      LOAD_LIMIT_MS,
    );
    if (!isDone) throw new Error('this machine is too busy to replay a visit in its time');
    await run();
  }
  await sleep(REST_MS);
  const recorded = visit.steps.filter((step) => step.do === 'track').length;
  const { requests } = aws;
  /** @param {(request: import('personalize-beacon/local').ReceivedRequest) => boolean} is */
  const count = (is) => requests.filter(is).length;
  const posts = requests.filter(({ method }) => method === 'POST');
  const counts = {
    putEvents: posts.filter(({ path }) => path === '/events').length,
    actions: posts.filter(({ path }) => path === '/action-interactions').length,
    preflights: count(({ method }) => method === 'OPTIONS'),
    cognito: posts.filter(({ target }) => target !== null).length,
    recorded,
    duplicates: aws.events.filter(({ status }) => status === 'duplicate').length,
  };
  const accepted = () => aws.events.filter(({ status }) => status === 'accepted');
  const inTime = accepted().length;
  other.setDefaultTimeout(LOAD_LIMIT_MS);
  await other.bringToFront();
  await other.goto(`${url}/return`);
  await until(() => accepted().length >= recorded, ARRIVAL_MS);
  const freshness = accepted().map(
    ({ receivedAt, event }) =>
      receivedAt -
      Math.round(Number(/** @type {any} */ (event).sentAt ?? /** @type {any} */ (event).timestamp) * 1000),
  );
  await context.close();
  await Promise.all([awsServer.close(), site.close()]);
  return { ...counts, freshness, late: freshness.length - inTime, lost: recorded - freshness.length };
};
