import { request } from 'node:https';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { type Tracing, traceWhile, untilTraced } from '../cost/trace.js';
import { compare } from './against.js';
import type { Delivery } from './delivery-table.js';
import { toDeliveryTables, toShares } from './delivery-table.js';
import { formOf } from './docs.js';
import { completeReport } from './report.js';
import type { Results } from './run.js';
import { peersAhead, peerTable, quantile, ratio, spread, tableToMarkdown } from './table.js';
import { openWorld } from './world.js';

// Requests in the peers' formats, written by hand: no peer is installed for these tests.
const base64 = (text: string) => Buffer.from(text).toString('base64');

const selfDescribing = (itemId: string) =>
  JSON.stringify({
    schema: 'iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0',
    data: { schema: 'iglu:example.shop/click/jsonschema/1-0-0', data: { itemId } },
  });
const snowplow = (events: object[]) =>
  JSON.stringify({
    schema: 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4',
    data: events.map((event) => ({ e: 'ue', p: 'web', tv: 'js-4.10.1', ...event })),
  });
const posthog = (itemIds: string[]) =>
  JSON.stringify(itemIds.map((itemId) => ({ event: 'click', properties: { itemId, row: 'top' } })));

const FORMATS: [
  name: string,
  host: string,
  path: string,
  encode: (itemIds: string[]) => string | Buffer<ArrayBuffer>,
][] = [
  [
    'Snowplow, in Base64',
    'collector.shop.example',
    '/com.snowplowanalytics.snowplow/tp2',
    (itemIds) =>
      snowplow(itemIds.map((id) => ({ ue_px: Buffer.from(selfDescribing(id)).toString('base64url') }))),
  ],
  [
    'Snowplow, plain',
    'collector.shop.example',
    '/com.snowplowanalytics.snowplow/tp2',
    (itemIds) => snowplow(itemIds.map((id) => ({ ue_pr: selfDescribing(id) }))),
  ],
  ['PostHog, as JSON', 'us.i.posthog.com', '/e/', posthog],
  [
    'PostHog, in Base64',
    'us.i.posthog.com',
    '/e/?compression=base64',
    (itemIds) => `data=${encodeURIComponent(base64(posthog(itemIds)))}`,
  ],
  [
    'PostHog, by gzip',
    'us.i.posthog.com',
    '/e/?compression=gzip-js',
    (itemIds) => gzipSync(posthog(itemIds)),
  ],
  [
    'Segment, a batch',
    'api.segment.io',
    '/v1/b',
    (itemIds) =>
      JSON.stringify({
        batch: itemIds.map((itemId) => ({ type: 'track', event: 'click', properties: { itemId } })),
        sentAt: new Date(),
      }),
  ],
  [
    'CloudWatch RUM',
    'dataplane.rum.us-east-1.amazonaws.com',
    '/appmonitors/00000000-0000-4000-8000-000000000000',
    (itemIds) =>
      JSON.stringify({
        BatchId: '1',
        RumEvents: itemIds.map((itemId) => ({ type: 'click', details: JSON.stringify({ itemId }) })),
      }),
  ],
];

const open = async () => {
  const world = await openWorld();
  const trial = world.open({ html: '', files: new Map() });
  const { host: site } = new URL(trial.url);
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(world.browserArgs[0] ?? '')?.[1]);
  const send = (method: string, host: string, path: string, body?: string | Buffer) =>
    new Promise<void>((resolve, reject) => {
      const headers = { host, origin: `https://${site}`, 'access-control-request-method': 'POST' };
      // The world's certificate is of no known authority.
      request({ host: '127.0.0.1', port, method, path, headers, rejectUnauthorized: false })
        .on('response', (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end(body);
    });
  const itemIds = [1, 2, 3].map((n) => `${site.split('.')[0]}-1-${n}`);
  return { world, trial, send, itemIds };
};

for (const [name, host, path, encode] of FORMATS) {
  test(`the bench finds each event of a page's request once: ${name}`, async () => {
    const { world, trial, send, itemIds } = await open();
    await send('POST', host, path, encode(itemIds));
    await expect.poll(() => [...trial.seen.arrivals.keys()]).toEqual(itemIds);
    expect(trial.seen.repeats).toBe(0);
    await send('POST', host, path, encode(itemIds.slice(0, 1)));
    await expect.poll(() => trial.seen.repeats).toBe(1);
    await world.close();
  });
}

test('the bench counts a preflight as a request without events', async () => {
  const { world, trial, send } = await open();
  for (const [, host, path] of FORMATS) await send('OPTIONS', host, path);
  expect(trial.seen.sent.map(({ method }) => method)).toEqual(FORMATS.map(() => 'OPTIONS'));
  expect(trial.seen.arrivals.size).toBe(0);
  await world.close();
});

test('the bench ignores events of other sites', async () => {
  const { world, trial, send, itemIds } = await open();
  const other = world.open({ html: '', files: new Map() });
  const theirs = itemIds.map((itemId) => itemId.replace(/^\w+/, new URL(other.url).host.split('.')[0] ?? ''));
  await send('POST', 'us.i.posthog.com', '/e/', posthog([...theirs, ...itemIds]));
  await expect.poll(() => [...trial.seen.arrivals.keys()]).toEqual(itemIds);
  expect(other.seen.arrivals.size).toBe(0);
  await world.close();
});

test('the bench interpolates quantiles, and shows a range if runs differ', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8);
  expect(quantile([7], 0.95)).toBe(7);
  expect(spread([3, 1, 2])).toBe('2 (1–3)');
  expect(spread([2, 2])).toBe('2');
});

test("the bench marks the tracker's losses in bold, and names the peers that are ahead", () => {
  expect(ratio(30, 10)).toBe('× 3.0');
  expect(ratio(5, 10)).toBe('**× 0.50**');
  // Not a loss: the table rounds the difference away.
  expect(ratio(9.6, 10)).toBe('× 1.0');
  expect(ratio(5, undefined)).toBe('');
  const peers = [peer('tracker', ''), peer('heavy', '1.0.0'), peer('light', '2.0.0')];
  const table = peerTable(['bytes', ''], peers, ({ name }) => [
    '1',
    { tracker: '× 1.0', heavy: ratio(30, 10), light: ratio(5, 10) }[name] ?? '',
  ]);
  expect(peersAhead(table)).toEqual(['light']);
});

const peer = (name: string, version: string) => ({ name, version, title: name, package: name, default: '' });

/** Returns a section as in docs/benchmarks.md. */
const section = ({ column = 'bytes', peers = ['1.0.0', '2.0.0'], figure = 12, legend = 'Runs: 3.' }) =>
  [
    `![Weight. tracker: ${figure} bytes.](docs/bench/weight.svg)`,
    tableToMarkdown(
      peerTable(
        [column, 'p95'],
        peers.map((version, i) => peer(`peer-${i}`, version)),
        () => [`${figure} (0–${figure})`, figure > 12 ? '× 2.0' : '**× 0.50**'],
      ),
    ),
    legend,
  ].join('\n\n');

test('figures of the page may differ from those that the bench prints', () => {
  expect(section({ figure: 1_234_567 })).not.toBe(section({}));
  expect(formOf(section({ figure: 1_234_567 }))).toEqual(formOf(section({})));
});

for (const [name, change] of Object.entries({
  'a column': { column: 'kilobytes' },
  "a peer's version": { peers: ['1.0.1', '2.0.0'] },
  'a row': { peers: ['1.0.0'] },
  'a legend': { legend: 'Runs: 4.' },
})) {
  test(`the page's form must equal the form that the bench prints: ${name}`, () => {
    expect(formOf(section(change))).not.toEqual(formOf(section({})));
  });
}

test('dimensions that a run does not measure keep their results, in the order of the dimensions', () => {
  const earlier = {
    date: '1',
    seconds: { cost: 10, delivery: 20 },
    results: { cost: 'old', delivery: 'old' },
  };
  const latest = { date: '2', seconds: { delivery: 30 }, results: { delivery: 'new' } };
  const names = ['weight', 'delivery', 'cost'];
  const of = (one: unknown) => one as Parameters<typeof completeReport>[0];
  const both = completeReport(of(latest), of(earlier), names);
  expect(both).toEqual({
    date: '2',
    seconds: { cost: 10, delivery: 30 },
    results: { delivery: 'new', cost: 'old' },
  });
  expect(Object.keys(both.results)).toEqual(['delivery', 'cost']);
  expect(completeReport(of(latest), undefined, names)).toEqual(latest);
});

test('the bench lists the changes since an earlier run', () => {
  const peers = [peer('tracker', ''), peer('other', '1.0.0')];
  const report = (tracker: number, other: number) => ({
    date: '2026-01-01',
    browser: 'Chrome/156.0',
    cores: 2,
    peers,
    seconds: {},
    results: { weight: { tracker: [tracker], other: [other] } },
  });
  const weight = {
    title: 'Weight: in bytes',
    legend: '',
    runs: () => 1,
    measure: async () => 0,
    toTables: (of: typeof peers, results: Record<string, number[]>) => [
      peerTable(['brotli'], of, ({ name }) => [`${results[name][0].toLocaleString('en')} × 1.0`]),
    ],
  };
  const comparison = compare(report(1200, 1000), report(1190, 2000), { weight });
  expect(comparison).toContain('1 of 2 figures differ');
  expect(comparison).toMatch(/Weight, other, brotli \| 2,000 \| 1,000 \| × 0.50/);
});

test('the table of delivery rounds no incomplete share up to 100 %, and marks peers that deliver more than the tracker', () => {
  const arrived = (before: number, after: number, repeated = 0) => ({
    before: { events: before, repeated: 0, countedTwice: 0 },
    after: { events: after, repeated, countedTwice: 0 },
  });
  const of = (...outcomes: object[]) =>
    outcomes.map((kill) => ({ chromium: { title: 'Chromium 1', ways: { kill } } }));
  const results = {
    tracker: of(arrived(0, 5), arrived(0, 5)),
    early: of(arrived(1, 1), arrived(0, 0)),
    repeating: of(arrived(0, 5, 5), arrived(0, 4)),
    broken: of({ error: new Error('no browser') }, arrived(0, 0)),
    unable: of({ unable: 'it has no processes' }, { unable: 'it has no processes' }),
  } as unknown as Results<Delivery>;
  const peers = Object.keys(results).map((name) => peer(name, ''));
  const [table] = toDeliveryTables([['kill', 'killed']], peers, results);
  expect(table?.columns).toEqual(['killed']);
  expect(table?.rows.map(({ cells }) => cells[0])).toEqual([
    '0 → 100 %',
    '**10 → 10 %**',
    '0 → 90 %, 5 again',
    '0 → 0 %, 1 failed',
    '—',
  ]);
  expect(toShares(['kill'], peers, results)).toEqual([
    { name: 'before the next visit', values: [0, 10, 0, 0, null] },
    { name: 'after it', values: [100, 10, 90, 0, null] },
  ]);
});

/** Returns a browser's tracing whose traces have these marks. */
const tracingWith = (...marks: string[]): Tracing => ({
  page: { evaluate: async () => {} },
  start: async () => {},
  stop: async () => {
    const traceEvents = marks.map((name) => ({
      name,
      cat: 'blink.user_timing',
      ph: 'R',
      pid: 1,
      tid: 1,
      ts: 1,
    }));
    return Buffer.from(JSON.stringify({ traceEvents }));
  },
});

test('an incomplete trace is repeated, twice at most, but no other error is', async () => {
  const complete = tracingWith('the page', 'ready');
  const readyIn = async (tracing: Tracing) =>
    (await traceWhile(tracing, async () => {})).scripts(undefined, 'ready');
  const incomplete = [tracingWith(), tracingWith('the page'), complete];
  expect(await untilTraced(() => readyIn(incomplete.shift() ?? complete))).toBe(0);
  expect(incomplete).toEqual([]);

  let runs = 0;
  const always = untilTraced(() => readyIn(tracingWith('the page', `not ready ${++runs}`)));
  await expect(always).rejects.toThrow('the trace has no mark "ready"');
  expect(runs).toBe(3);

  const failing = untilTraced(async () => {
    runs++;
    throw new Error('the events have not arrived');
  });
  await expect(failing).rejects.toThrow('the events have not arrived');
  expect(runs).toBe(4);
});
