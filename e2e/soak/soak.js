// @ts-check
// Records many events from one page over a faulty connection, with the clocks of page and service running fast.
import { createLocalAws } from 'personalize-beacon/local';
import { readScript } from '../../demo/script.js';
import { chance } from '../../demo/storefront/chance.js';

/** The faults of the connection and their shares, for credentials, preflights and batches alike. */
const FAULTS = [
  { name: '500', share: 0.05, status: 500, type: 'InternalFailure' },
  { name: '503', share: 0.05, status: 503 },
  { name: 'lost before', share: 0.025, drop: /** @type {const} */ ('request') },
  { name: 'lost after', share: 0.025, drop: /** @type {const} */ ('answer') },
  { name: 'stalled', share: 0.01, stall: /** @type {const} */ (true) },
];

const CREDENTIALS_LIFETIME_SECONDS = 60;

/** Well below 1,000 waiting events, over which the tracker drops some. */
const MAX_WAITING = 300;

/**
 * In accelerated time. The tracker abandons a stalled request after 30 s, but Chromium holds a connection with keepalive
 * for 30 real seconds more, and has only six.
 */
const MAX_CONNECTION_SECONDS = 60;

const TENTHS = 10;

const TRACKING_ID = 'soak-tracker';
const POOL_ID = 'us-east-1:00000000-0000-4000-8000-000000000000';

/** @param {import('personalize-beacon/local').LocalAws} aws */
const injectFaults = (aws) => {
  for (const on of /** @type {const} */ (['events', 'cognito', 'preflight'])) {
    // A fault is drawn only for requests that the earlier faults have spared.
    let spared = 1;
    for (const fault of FAULTS) {
      aws.fail({ ...fault, on, share: fault.share / spared });
      spared -= fault.share;
    }
  }
};

/** @param {string} awsUrl */
const html = (awsUrl) => `<!doctype html><link rel="icon" href="data:,">
  <script src="/personalize.js" data-tracking-id="${TRACKING_ID}" data-identity-pool-id="${POOL_ID}"
    data-endpoint="${awsUrl}" data-identity-endpoint="${awsUrl}"></script>`;

/**
 * Runs in the page before its scripts: accelerates their clocks and timers.
 * @param {{ since: number, speed: number }} world
 */
const accelerate = ({ since, speed }) => {
  const { setTimeout } = window;
  const { now } = Date;
  const elapsed = performance.now.bind(performance);
  Date.now = () => Math.floor(since + (now() - since) * speed);
  performance.now = () => elapsed() * speed;
  Object.assign(window, {
    setTimeout: (/** @type {TimerHandler} */ run, ms = 0, /** @type {any[]} */ ...args) =>
      setTimeout(run, ms / speed, ...args),
  });
};

/**
 * Runs in the page after the tracker: records events and counts their outcomes.
 * @param {{ maxWaiting: number }} options
 */
const createVisitor = ({ maxWaiting }) => {
  const { personalize } = window;
  const counts = { recorded: 0, delivered: 0, nudges: 0 };
  /** @type {string[]} */
  const rejected = [];
  /** @type {string[]} */
  const stopped = [];
  personalize.on('delivered', () => counts.delivered++);
  personalize.on('rejected', (/** @type {{ reason: string }} */ { reason }) => rejected.push(reason));
  personalize.on('error', (/** @type {{ reason: string }} */ { reason }) => stopped.push(reason));
  return {
    results: () => ({ ...counts, rejected, stopped }),
    /** Resolves when `until` events in all are settled, or when nothing has progressed for long. @param {number} until */
    record: (until) =>
      new Promise((/** @type {(value?: unknown) => void} */ resolve) => {
        let settledBefore = -1;
        let movedAt = 0;
        let nudgesInARow = 0;
        const step = () => {
          const settled = counts.delivered + rejected.length;
          // One to three a task, so that a long task can only be the tracker's.
          for (let remaining = 1 + (counts.recorded % 3); remaining > 0; remaining--) {
            if (counts.recorded === until || counts.recorded - settled >= maxWaiting) break;
            personalize.track('click', `item-${++counts.recorded}`);
          }
          if (settled > settledBefore) [settledBefore, movedAt, nudgesInARow] = [settled, Date.now(), 0];
          // After five unanswered attempts in a row the tracker may pause until something prompts it.
          if (Date.now() - movedAt > 180_000) {
            if (++nudgesInARow > 3) return resolve();
            counts.nudges++;
            movedAt = Date.now();
            personalize.flush();
          }
          if (settled === until || stopped.length) resolve();
          else setTimeout(step);
        };
        step();
      }),
  };
};

/**
 * Runs the soak test.
 * @param {object} options
 * @param {import('@playwright/test').Page} options.page
 * @param {(handler: import('node:http').RequestListener) => Promise<number>} options.serve resolves to a local port
 * @param {number} options.events
 * @param {string} options.seed decides which requests fail
 * @param {number} options.speed the acceleration of time for page and service
 * @param {(record: () => Promise<number>) => Promise<void>} [options.each] runs each tenth of the events: `record`
 *   resolves to the number of events delivered so far, once all recorded ones are settled
 */
export const soak = async ({
  page,
  serve,
  events,
  seed,
  speed,
  each = async (record) => void (await record()),
}) => {
  const since = Date.now();
  const now = () => Math.floor(since + (Date.now() - since) * speed);
  const aws = createLocalAws({
    trackingId: TRACKING_ID,
    identityPoolId: POOL_ID,
    sessionSeconds: CREDENTIALS_LIFETIME_SECONDS,
    now,
    random: chance(seed),
  });
  injectFaults(aws);
  /** @type {Map<string | undefined, number>} */
  const timesCounted = new Map(Array.from({ length: events }, (_, n) => [`item-${n + 1}`, 0]));
  let repeats = 0;
  aws.on('event', ({ event: { itemId }, status }) => {
    if (status === 'accepted') timesCounted.set(itemId, (timesCounted.get(itemId) ?? 0) + 1);
    else if (status === 'duplicate') repeats++;
  });
  const awsPort = await serve((request, response) => {
    const closing = setTimeout(() => response.destroy(), (MAX_CONNECTION_SECONDS * 1000) / speed);
    response.on('close', () => clearTimeout(closing));
    aws.handler(request, response);
  });
  const body = html(`http://127.0.0.1:${awsPort}`);
  const port = await serve(({ url = '' }, response) => {
    const script = readScript(url);
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(script ?? body);
  });
  await page.addInitScript(accelerate, { since, speed });
  await page.goto(`http://localhost:${port}`);
  const visitor = await page.evaluateHandle(createVisitor, { maxWaiting: MAX_WAITING });
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    const until = Math.round((events * tenth) / TENTHS);
    await each(async () => {
      await visitor.evaluate(({ record }, until) => record(until), until);
      return (await visitor.evaluate(({ results }) => results())).delivered;
    });
  }
  const results = await visitor.evaluate(({ results }) => results());
  /** @type {Record<string, number>} */
  const faults = {};
  for (const { name = '', hits } of aws.faults()) faults[name] = (faults[name] ?? 0) + hits;
  aws.heal();
  const all = [...timesCounted];
  return {
    ...results,
    lost: all.filter(([, times]) => times === 0).map(([itemId]) => itemId),
    twice: all.filter(([, times]) => times > 1).map(([itemId]) => itemId),
    repeats,
    faults,
    requests: aws.requests.length,
    /** Renewals of guest credentials, the first request not counted. */
    renewals:
      aws.requests.filter(({ target, status }) => target === 'GetCredentialsForIdentity' && status === 200)
        .length - 1,
    expired: aws.requests.filter(({ errorType }) => errorType === 'ExpiredTokenException').length,
    minutes: (now() - since) / 60_000,
  };
};
