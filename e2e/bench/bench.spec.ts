import { execFileSync } from 'node:child_process';
import { request } from 'node:https';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { type Tracing, traceWhile, untilTraced } from '../cost/trace.js';
import { compare } from './against.js';
import { bundle } from './bundle.js';
import type { Delivery } from './delivery-table.js';
import { toDeliveryTables, toShares } from './delivery-table.js';
import type { Dimension, Results } from './dimensions.js';
import { quantile, spread } from './figures.js';
import { resolveCommit } from './history.js';
import { readPeer, sortPeers } from './peers.js';
import { fromParts, type Report, toMarkdown, toParts } from './report.js';
import { figureCell, peerTable, type Table, tableToMarkdown } from './table.js';
import { judge } from './verdict.js';
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
    'Algolia, one event',
    'insights.algolia.io',
    '/1/events?X-Algolia-Application-Id=BENCH&X-Algolia-API-Key=bench',
    (objectIDs) => JSON.stringify({ events: [{ eventType: 'click', index: 'shop', objectIDs }] }),
  ],
  [
    'the floor',
    'beacon.shop.example',
    '/events',
    (itemIds) => JSON.stringify({ eventList: itemIds.map((itemId) => ({ eventType: 'click', itemId })) }),
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
      const headers = {
        host,
        origin: `https://${site}`,
        'access-control-request-method': 'POST',
        'content-type': 'application/json',
      };
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

test('the bench counts the events of an unsigned batch, and no duplicate twice', async () => {
  const { world, trial, send, itemIds } = await open();
  const batch = JSON.stringify({
    trackingId: 'demo-tracker',
    sessionId: 'session',
    eventList: itemIds.map((itemId) => ({
      eventId: itemId,
      eventType: 'click',
      itemId,
      sentAt: Date.now() / 1000,
    })),
  });
  await send('POST', 'relay.shop.example', '/collect/events', batch);
  await expect.poll(() => [...trial.seen.arrivals.keys()]).toEqual(itemIds);
  await send('POST', 'relay.shop.example', '/collect/events', batch);
  await expect.poll(() => trial.seen.received.get(itemIds[0] ?? '')).toBe(2);
  expect(trial.seen.repeats).toBe(0);
  await world.close();
});

test("the bench builds the page of an earlier commit with that commit's script, and today's settings", async () => {
  expect(() => resolveCommit('no-such-revision')).toThrow('"no-such-revision" is no commit of this project');
  const commit = resolveCommit('HEAD');
  const before = await bundle(await readPeer('before', commit));
  const tracker = await bundle(await readPeer('tracker'));
  const script = execFileSync('git', ['show', `${commit}:dist/personalize.js`], { maxBuffer: 10_000_000 });
  expect(before.files.get('/personalize.js')).toEqual(script);
  expect(before.files.get('/page.js')).toEqual(tracker.files.get('/page.js'));
  expect(before.html).toBe(tracker.html);
  expect([...tracker.files.keys()].filter((path) => /personalize-[\d.]+\.js/.test(path))).toEqual([]);
  expect(sortPeers(['floor', 'before', 'tracker'])).toEqual(['tracker', 'before', 'floor']);
});

test("the floor's page has no script of the tracker", async () => {
  const { html, files } = await bundle(await readPeer('floor'));
  expect(html).not.toContain('personalize.js');
  expect([...files.keys()]).toEqual(['/page.js']);
});

test('the bench interpolates quantiles, and shows the quartiles if runs differ', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4, 5], 0.95)).toBeCloseTo(4.8);
  expect(quantile([7], 0.95)).toBe(7);
  expect(spread([9, 1, 2, 3, 4])).toBe('3 (2–4)');
  expect(spread([2, 2])).toBe('2');
});

const peer = (name: string, version: string, more: object = {}) => ({
  name,
  version,
  title: name,
  package: name,
  default: '',
  ...more,
});

const LESS = {};
const MORE = { isMoreBetter: true };
const MEAN = { isMoreBetter: true, isMean: true };

/** The tracker's runs and those of a rival, and the tracker's verdict. */
const VERDICTS: [name: string, own: number[], rival: number[], kind: object, expected: string][] = [
  ['less is better', [10, 10, 10], [20, 20, 20], LESS, 'won'],
  ['a rival has less', [20, 20, 20], [10, 10, 10], LESS, 'lost'],
  ['a difference of 5 %', [100], [95], LESS, 'level'],
  ['a difference of 6 %', [100], [94], LESS, 'lost'],
  ['a difference within the spread of the tracker', [10, 20, 30, 40, 50], [25], LESS, 'level'],
  ['a difference within the spread of the rival', [25], [10, 20, 30, 40, 50], LESS, 'level'],
  ['a difference beyond both spreads', [60, 61, 62, 63, 64], [10, 20, 30, 40, 50], LESS, 'lost'],
  ['a spread whose middle half is narrow', [10, 10, 10, 10, 500], [12, 12, 12, 12, 0], LESS, 'won'],
  ['more is better', [900], [200], MORE, 'won'],
  ['a rival has more', [0], [200], MORE, 'lost'],
  ['nothing of either', [0], [0], MORE, 'level'],
  [
    'a loss in one run of five, by the mean',
    [80, 100, 100, 100, 100],
    [100, 100, 100, 100, 100],
    MEAN,
    'level',
  ],
  ['a loss in all runs, by the mean', [80, 80, 80, 80, 80], [100, 100, 100, 100, 100], MEAN, 'lost'],
  ['less than nothing, as a heap below the empty page', [-5], [-50], LESS, 'lost'],
];

for (const [name, own, rival, kind, result] of VERDICTS) {
  test(`the verdict of the bench: ${name}: ${result}`, () => {
    const peers = [peer('tracker', '', { isOwn: true }), peer('rival', '1')];
    const table = peerTable(['figure'], peers, (of) => [
      { text: '', figures: [of.name === 'rival' ? rival : own], ...kind },
    ]);
    expect(judge(table, 'tracker')).toEqual([
      { column: 'figure', result, to: result === 'lost' ? ['rival'] : [] },
    ]);
  });
}

const FIELD: Record<string, (number[] | undefined)[]> = {
  tracker: [[10], [10], [10], undefined, [10]],
  unsigned: [[1], [1], [1], [1], [1]],
  heavy: [[30], [30], [30], [30], undefined],
  light: [[20], [10], [5], [5], undefined],
  floor: [[1], [1], [1], [1], [1]],
};

const field = (): Table =>
  peerTable(
    ['first', 'second', 'third', 'not done', 'only mine'],
    Object.keys(FIELD).map((name) =>
      peer(name, '', {
        isOwn: name === 'tracker' || name === 'unsigned',
        isFloor: name === 'floor',
      }),
    ),
    ({ name }) =>
      (FIELD[name] ?? []).map((values) => figureCell(values ?? [99], { isOtherWork: !values, note: ' kB' })),
  );

test('all rivals behind is won, one ahead is lost; a floor, another mode and other work are not compared', () => {
  expect(judge(field(), 'tracker')).toEqual([
    { column: 'first', result: 'won', to: [] },
    { column: 'second', result: 'level', to: [] },
    { column: 'third', result: 'lost', to: ['light'] },
    { column: 'only mine', result: 'won', to: [] },
  ]);
  expect(judge(field(), 'unsigned').map(({ result }) => result)).toEqual(['won', 'won', 'won', 'won', 'won']);
  expect(judge(field(), 'tracker', ({ peer }) => peer === 'unsigned').map(({ result }) => result)).toEqual([
    'lost',
    'lost',
    'lost',
    'lost',
  ]);
});

test("a table shows the multiples of the tracker's figures, its losses in bold, and its verdicts", () => {
  const lines = tableToMarkdown({ caption: 'Bytes', note: 'All of them.', ...field() }).split('\n');
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  const rowOf = (head: string) => cells.find((line) => line[1] === head)?.slice(2, 7);
  expect(lines[0]).toBe('Bytes. All of them.');
  expect(rowOf('**tracker**')).toEqual(['10 kB × 1.0', '10 kB × 1.0', '10 kB × 1.0', '99 kB', '10 kB × 1.0']);
  expect(rowOf('light')).toEqual(['20 kB × 2.0', '10 kB × 1.0', '5 kB **× 0.50**', '5 kB', '99 kB']);
  expect(rowOf('floor')).toEqual(['1 kB × 0.10', '1 kB × 0.10', '1 kB × 0.10', '1 kB', '1 kB × 0.10']);
  expect(rowOf('verdict')).toEqual(['won', 'level', 'lost', '', 'won']);
});

const ORIGIN = { commit: 'aaaa', date: '2026-01-01T00:00:00Z', browser: 'Chrome/156.0.8078.1', cores: 2 };

const bytes: Dimension = {
  title: 'Weight: in bytes',
  legend: 'Legend.',
  floor: 'nothing',
  reasons: { rum: 'it signs nothing' },
  measure: async () => 0,
  toTables: (of, results) => [peerTable(['brotli'], of, ({ name }) => [figureCell(results[name] ?? [])])],
};

/** Returns a report of one dimension. */
const reportOf = async (results: Record<string, number[]>, more: object = {}): Promise<Report> => {
  const peers = Object.keys(results).map((name) => readPeer(name, name === 'before' ? 'b4b4' : undefined));
  return { weight: { ...ORIGIN, peers: await Promise.all(peers), results, ...more } };
};

test('the report begins with every verdict, and gives reasons, floor, runs and origin', async () => {
  const report = await reportOf(
    { tracker: [10, 10], unsigned: [4, 4], before: [20, 20], rum: [5, 5], floor: [1, 1] },
    { seconds: 7 },
  );
  const text = toMarkdown(report, { weight: bytes });
  expect(text.startsWith('### Every figure')).toBe(true);
  expect(text).toContain('Of 1 figures, this tracker has won 0, is level in 0, and has lost 1.');
  expect(text).toContain('Of 1 figures, its unsigned mode has won 1, is level in 0, and has lost 0.');
  expect(text).toMatch(/Weight +\| +\| +\| brotli: CloudWatch RUM/);
  expect(text).toContain('Since commit b4b4, 1 of 1 figures are better and 0 are worse.');
  expect(text).toContain('- CloudWatch RUM: it signs nothing.');
  expect(text).toContain(
    'Legend. Floor: nothing. Runs: 2, of 7 s each. Measured with Chrome 156, 2 cores, commit aaaa, 2026-01-01.',
  );
});

test('a saved report keeps the versions of its peers', async () => {
  const report = await reportOf({ tracker: [1], before: [2], snowplow: [3] });
  const saved = toParts(report);
  expect(saved.weight?.peers).toMatchObject({
    before: 'b4b4',
    snowplow: (await readPeer('snowplow')).version,
  });
  expect(await fromParts(JSON.parse(JSON.stringify(saved)))).toEqual(report);
});

test('the bench lists the changes since an earlier run that exceed the spread', async () => {
  const now = await reportOf({ tracker: [1200], rum: [1000], snowplow: [10, 20, 30] });
  const then = await reportOf({ tracker: [1190], rum: [2000], snowplow: [12, 22, 32] });
  const comparison = compare(now, then, { weight: bytes });
  expect(comparison).toContain('1 of 3 figures differ');
  expect(comparison).toMatch(/Weight, rum, brotli \| 2,000 \| 1,000 \| better/);
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
    early: of(arrived(3, 3), arrived(3, 3)),
    repeating: of(arrived(0, 5, 5), arrived(0, 4)),
    broken: of({ error: new Error('no browser') }, arrived(0, 0)),
    unable: of({ unable: 'it has no processes' }, { unable: 'it has no processes' }),
  } as unknown as Results<Delivery>;
  const peers = Object.keys(results).map((name) => peer(name, ''));
  const [table] = toDeliveryTables([['kill', 'killed']], peers, results);
  expect(table?.columns).toEqual(['killed']);
  const markdown = tableToMarkdown(table ?? { columns: [], rows: [] });
  const cellOf = (name: string) => new RegExp(`${name}\\W* \\| +(.*?) \\|`).exec(markdown)?.[1];
  expect(Object.keys(results).map(cellOf)).toEqual([
    '0 → 100 %',
    '**60 → 60 %**',
    '0 → 90 %, 5 again',
    '0 → 0 %, 1 failed',
    '—',
  ]);
  expect(judge(table ?? { columns: [], rows: [] }, 'tracker')).toEqual([
    { column: 'killed', result: 'lost', to: ['early'] },
  ]);
  expect(toShares(['kill'], peers, results)).toEqual([
    { name: 'before the next visit', values: [0, 60, 0, 0, null] },
    { name: 'after it', values: [100, 60, 90, 0, null] },
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
