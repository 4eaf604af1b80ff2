#!/usr/bin/env node
// @ts-check
// `npm run local-load`: prints how soon the local command answers, and its time and memory under load.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import pThrottle from 'p-throttle';
import { ACCESS_KEY } from 'personalize-beacon/local';
import { quantile } from '../bench/figures.js';

const HELP = `Prints how soon the local command answers after its start, and its time and memory under load.

  npm run local-load -- [--starts 5] [--rounds 3] [--events 10000] [--rate 1000]

  --starts  how often it is started; the median until its API answers is printed, with the range
  --rounds  rounds of events, one after the other, to the same process
  --events  events a round, in signed requests of ten, each checked against the storefront's schema
  --rate    events a second
`;

const BATCH = 10;

const fileOf = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** @param {number} bytes */
const toMb = (bytes) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** @param {number} ms */
const toMs = (ms) => `${Math.round(ms)} ms`;

/** Starts the command. Resolves when its API answers. */
const start = async () => {
  const since = performance.now();
  const args = [
    fileOf('dist/cli.js'),
    'local',
    '--port',
    '0',
    '--schema',
    fileOf('demo/storefront/interactions.avsc'),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  /** @type {string} */
  const url = await new Promise((resolve) => {
    lines.on('line', (line) => {
      const [found] = /http:\/\/localhost:\d+/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  await (await fetch(`${url}/api`)).json();
  const stop = async () => {
    child.kill();
    await once(child, 'exit');
  };
  return { url, pid: /** @type {number} */ (child.pid), startMs: performance.now() - since, stop };
};

/** Returns the resident memory of a process in bytes. @param {number} pid */
const memoryOf = async (pid) => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', `${pid}`]);
  return Number(stdout) * 1024;
};

/** Returns signed requests for events that all count. @param {string} url @param {number} count @param {number} from */
const signRequests = (url, count, from) => {
  const signer = new SignatureV4({
    service: 'personalize',
    region: 'us-east-1',
    credentials: ACCESS_KEY,
    sha256: Sha256,
  });
  const { host } = new URL(url);
  return Promise.all(
    Array.from({ length: count / BATCH }, async (_, request) => {
      const eventList = Array.from({ length: BATCH }, (_, n) => ({
        eventType: 'click',
        itemId: `movie-${from + request * BATCH + n}`,
        sentAt: 1_700_000_000 + from + request * BATCH + n,
        properties: '{"row":"popular","position":3}',
        impression: ['movie-1', 'movie-2', 'movie-3', 'movie-4', 'movie-5'],
      }));
      const body = JSON.stringify({ trackingId: 'demo-tracker', sessionId: `s${request % 100}`, eventList });
      const signed = await signer.sign(
        new HttpRequest({ method: 'POST', path: '/events', headers: { host }, body }),
      );
      const { host: _host, ...headers } = signed.headers;
      return { headers, body };
    }),
  );
};

/** Sends a round of events. @param {string} url @param {{ events: number, rate: number }} load @param {number} from */
const sendRound = async (url, { events, rate }, from) => {
  const requests = await signRequests(url, events, from);
  /** @type {number[]} */
  const latencies = [];
  const send = pThrottle({ limit: 1, interval: (1000 * BATCH) / rate })(
    async (/** @type {(typeof requests)[number]} */ { headers, body }) => {
      const since = performance.now();
      const response = await fetch(`${url}/events`, { method: 'POST', headers, body });
      await response.text();
      if (response.status !== 200) throw new Error(`answered with ${response.status}`);
      latencies.push(performance.now() - since);
    },
  );
  const since = performance.now();
  await Promise.all(requests.map((request) => send(request)));
  return { seconds: (performance.now() - since) / 1000, latencies };
};

const { values: flags } = parseArgs({
  options: {
    starts: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    events: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '1000' },
    help: { type: 'boolean' },
  },
});

const run = async () => {
  /** @type {number[]} */
  const starts = [];
  for (let n = 0; n < Number(flags.starts); n++) {
    const command = await start();
    starts.push(command.startMs);
    await command.stop();
  }
  const range = `${toMs(Math.min(...starts))}–${toMs(Math.max(...starts))}`;
  console.log(`answers after its start: ${toMs(quantile(starts, 0.5))} (${starts.length} starts, ${range})`);

  const load = { events: Number(flags.events), rate: Number(flags.rate) };
  const { url, pid, stop } = await start();
  console.log(`memory after the start: ${toMb(await memoryOf(pid))}`);
  for (let round = 0; round < Number(flags.rounds); round++) {
    const { seconds, latencies } = await sendRound(url, load, round * load.events);
    const times = `p50 ${toMs(quantile(latencies, 0.5))}, p99 ${toMs(quantile(latencies, 0.99))}`;
    const pace = `${load.events.toLocaleString('en')} events in ${seconds.toFixed(1)} s`;
    console.log(`round ${round + 1}: ${pace}, a request ${times}; memory ${toMb(await memoryOf(pid))}`);
  }
  const { events, dropped } = /** @type {any} */ (await (await fetch(`${url}/api/events`)).json());
  console.log(`kept: ${events.length.toLocaleString('en')} events, ${dropped.toLocaleString('en')} dropped`);
  await stop();
};

if (flags.help) console.log(HELP);
else await run();
