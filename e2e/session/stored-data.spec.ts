// Tests with storage of earlier or later versions, of other scripts, or with broken data.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { test } from '../support/console-errors.js';
import { expect, type Service, type Site } from '../support/fixtures.js';
import { counted, flush, LONG_FLUSH_INTERVAL, record } from '../support/visits.js';

type Records = [key: string, value: unknown][];

interface Stored {
  records: Records;
  localStorage: [key: string, text: string][];
}

interface Snapshot extends Stored {
  /** The time of the snapshot in Unix milliseconds. */
  at: number;
  /** The Cognito Identity URL of the snapshot. */
  identityEndpoint: string;
  optedOut: { localStorage: Stored['localStorage'] };
}

/** A snapshot of the storage of 0.1.0 in Chromium. */
const SNAPSHOT: Snapshot = JSON.parse(
  readFileSync(new URL('../support/earlier-releases/storage-0.1.0.json', import.meta.url), 'utf8'),
);

const NAME = 'personalize-beacon:demo-tracker';
const SESSION_ID = '96bCQoz_TTYf9RpvMqjhN';
const IDENTITY_ID = 'us-east-1:4f76a4e3-16e2-4917-9632-9d35ab8eabc3';

/** Returns the snapshot as if taken now, for this test's Cognito. */
const snapshotAsOfNow = (identityEndpoint: string): Stored => {
  const lateMs = Date.now() - SNAPSHOT.at;
  const text = JSON.stringify({ records: SNAPSHOT.records, localStorage: SNAPSHOT.localStorage })
    .replaceAll(SNAPSHOT.identityEndpoint, `${identityEndpoint}/`)
    // Shifts Unix milliseconds, seconds with a fraction, and ISO dates.
    .replace(/(?<=":)17\d{11}(?=[,}])/g, (ms) => `${+ms + lateMs}`)
    .replace(/(?<=":)17\d{8}\.\d+(?=[,}])/g, (s) => `${+s + lateMs / 1000}`)
    .replace(
      /"expiration":"([^"]+)"/,
      (_, iso) => `"expiration":"${new Date(+new Date(iso) + lateMs).toJSON()}"`,
    );
  return JSON.parse(text);
};

/** Fills IndexedDB and localStorage with these records and entries. Texts called `expiration` become Dates. */
const restore = (page: Page, { records = [], localStorage = [] }: Partial<Stored>) =>
  page.evaluate(
    async ([name, entries, localEntries]) => {
      for (const [key, text] of localEntries) window.localStorage.setItem(key, text);
      const opening = indexedDB.open(name);
      opening.onupgradeneeded = () => opening.result.createObjectStore('records');
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      const transaction = opening.result.transaction('records', 'readwrite');
      for (const [key, value] of entries) {
        const { credentials } = (value ?? {}) as { credentials?: { expiration?: unknown } };
        if (credentials?.expiration) credentials.expiration = new Date(credentials.expiration as string);
        transaction.objectStore('records').put(value, key);
      }
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      opening.result.close();
    },
    [NAME, records, localStorage] as const,
  );

const readAll = (page: Page): Promise<Stored> =>
  page.evaluate(async (name) => {
    const opening = indexedDB.open(name);
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const records = opening.result.transaction('records').objectStore('records');
    const [keys, values] = [records.getAllKeys(), records.getAll()];
    await new Promise((resolve) => {
      values.onsuccess = resolve;
    });
    opening.result.close();
    return {
      records: keys.result.map((key, i): [string, unknown] => [`${key}`, values.result[i]]),
      localStorage: Object.entries({ ...localStorage }),
    };
  }, NAME);

/** Opens an empty page, to fill storage before the tracker runs. */
const visitEmpty = async (page: Page, site: Site) => {
  site.add('/empty', '');
  await page.goto(`${site.url}/empty`);
};

/** Collects the tracker's `debug` messages about storage. */
const listenToStorage = (page: Page) => {
  const printed: string[] = [];
  page.on('console', (message) => {
    if (/: (removed from storage|IndexedDB): /.test(message.text())) printed.push(message.text());
  });
  return printed;
};

/** Returns the item or action, user and session of each counted event. */
const visits = (aws: Service) =>
  aws.acknowledged
    .filter(({ status }) => status === 'accepted')
    .map(({ event, sessionId, userId }) =>
      [event.itemId ?? (event as { actionId?: string }).actionId, userId, sessionId].join(' '),
    )
    .sort();

test.describe('storage of 0.1.0:', () => {
  const TAG = { ...LONG_FLUSH_INTERVAL, 'data-action-tracking-id': 'demo-action-tracker', 'data-debug': '' };

  test('waiting events arrive once, in the same session, signed with the stored credentials', {
    tag: '@core',
  }, async ({ page, aws, site }) => {
    const printed = listenToStorage(page);
    const posted: (string | null)[] = [];
    page.on('request', (request) => posted.push(request.postData()));
    await visitEmpty(page, site);
    await restore(page, snapshotAsOfNow(aws.url));
    site.add('/', site.tag(TAG));
    await page.goto(site.url);
    expect(await page.evaluate(() => window.personalize.ready)).toBe(SESSION_ID);
    await record(page, 'delivered');
    await flush(page);
    const user = `user-1 ${SESSION_ID}`;
    expect(visits(aws)).toEqual(
      [
        `anonymous  ${SESSION_ID}`,
        // A waiting event of the same item.
        `delivered  ${SESSION_ID}`,
        `delivered ${user}`,
        `identified ${user}`,
        `in-note ${user}`,
        `join-film-club ${user}`,
        `unconfirmed  ${SESSION_ID}`,
      ].sort(),
    );
    expect(aws.acknowledged).toHaveLength(7);
    // The attribution of the item is stored, too.
    expect(aws.counted().filter((event) => event.itemId === 'delivered')).toMatchObject([
      { recommendationId: 'RID-1', impression: ['delivered', 'other'] },
      { recommendationId: 'RID-1', impression: ['delivered', 'other'] },
    ]);
    // The local AWS does not know the stored credentials and identity, but was asked with them.
    expect(aws.calls('/events')[0]?.errorType).toBe('UnrecognizedClientException');
    expect(posted).toContain(JSON.stringify({ IdentityId: IDENTITY_ID }));
    await expect
      .poll(async () => (await readAll(page)).records.filter(([key]) => /^event/.test(key)))
      .toEqual([]);
    expect(printed).toEqual([]);
  });

  test('an opt-out persists', async ({ page, aws, site }) => {
    await visitEmpty(page, site);
    await restore(page, { localStorage: SNAPSHOT.optedOut.localStorage });
    site.add('/', site.tag(TAG));
    await page.goto(site.url);
    await record(page, 'a');
    await flush(page);
    expect(await page.evaluate(() => window.personalize.track('click', 'b'))).toBeUndefined();
    expect(aws.acknowledged).toEqual([]);
  });
});

/** Returns a tag of the script of 0.1.0. */
const oldTag = (site: Site, attributes = {}) =>
  site.tag(attributes).replace('"/personalize.js"', '"/0.1.0/personalize.js"');

for (const [which, first, second] of [
  ['the script of 0.1.0', oldTag, (site: Site, attributes = {}) => site.tag(attributes)],
  ['this script', (site: Site, attributes = {}) => site.tag(attributes), oldTag],
] as [string, typeof oldTag, typeof oldTag][]) {
  test(`${which} and the other version in another tab share a session and adopt each other's events`, async ({
    context,
    aws,
    site,
  }) => {
    site.add('/first', first(site, LONG_FLUSH_INTERVAL));
    site.add('/second', second(site, LONG_FLUSH_INTERVAL));
    site.add('/empty', '');
    const [one, other] = [await context.newPage(), await context.newPage()];
    await one.goto(`${site.url}/first`);
    const session = await one.evaluate(() => window.personalize.ready);
    await other.goto(`${site.url}/second`);
    expect(await other.evaluate(() => window.personalize.ready)).toBe(session);
    await record(one, 'one-1');
    await record(other, 'other-1');
    await flush(one);
    await flush(other);
    // A login in one tab applies to the other.
    await one.evaluate(() => window.personalize.identify('user-1'));
    await expect
      .poll(() => other.evaluate(async () => (await window.personalize.inspect()).session?.userId))
      .toBe('user-1');
    // Each tab delivers the events that the other has left in storage.
    aws.fail({ on: 'personalize', status: 503 });
    for (const page of [one, other]) {
      await page.evaluate(() => {
        navigator.sendBeacon = () => false;
        Reflect.deleteProperty(window, 'fetchLater');
      });
    }
    await record(one, 'one-2');
    await one.goto(`${site.url}/empty`);
    aws.heal();
    await other.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect
      .poll(async () => {
        await flush(other);
        return counted(aws);
      })
      .toContain('one-2');
    await one.goto(`${site.url}/first`);
    await one.evaluate(() => window.personalize.ready);
    aws.fail({ on: 'personalize', status: 503 });
    await record(other, 'other-2');
    await other.goto(`${site.url}/empty`);
    aws.heal();
    await one.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect
      .poll(async () => {
        await flush(one);
        return counted(aws);
      })
      .toEqual(['one-1', 'one-2', 'other-1', 'other-2']);
    expect(new Set(aws.acknowledged.map(({ sessionId }) => sessionId))).toEqual(new Set([session]));
    expect(aws.acknowledged.map(({ userId }) => userId)).toEqual([undefined, undefined, 'user-1', 'user-1']);
  });
}

/** Returns a stored event with the property names of the built script. */
const storedEvent = (id: string, more: object = {}) => ({
  event: { eventType: 'click', eventId: id, itemId: id, sentAt: Date.now() / 1000 },
  r: Date.now(),
  size: 90,
  sessionId: 'kept',
  o: 'a page that is gone',
  s: 0,
  ...more,
});
const SESSION = { sessionId: 'kept', c: Date.now() };

/** Malformed records, with the kinds of values that JSON or a structured clone can hold. */
const MALFORMED: unknown[] = [
  ...[
    null,
    true,
    5,
    'text',
    '',
    [],
    {},
    [null],
    { sessionId: null },
    { sessionId: 5, c: 5 },
    { event: null },
  ],
  ...[
    { event: {} },
    { ...storedEvent('x'), event: 'text' },
    { m: {} },
    { t: {}, m: {} },
    { t: [], m: [null] },
  ],
  ...[storedEvent('x', { r: null }), storedEvent('x', { sessionId: 5 }), storedEvent('x', { userId: {} })],
  ...[
    storedEvent('other'),
    storedEvent('x', { r: Date.UTC(2999, 0) }),
    { items: {} },
    { sessionId: 'kept', m: {} },
  ],
  ...[
    { sessionId: 'kept', m: [null] },
    { i: 5, credentials: null, n: 'soon' },
    { i: 'x', credentials: {} },
  ],
  JSON.parse('{"__proto__":{"sessionId":"x","event":{"eventId":"x"}},"constructor":5}'),
];

test('malformed event records are removed and logged once, without losing other events', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  const printed = listenToStorage(page);
  await visitEmpty(page, site);
  await restore(page, {
    records: [
      ...MALFORMED.map((value, i): [string, unknown] => [`event:odd-${i}`, value]),
      ['event:good', storedEvent('good')],
      ['event:large', storedEvent('large', { size: 1e12 })],
      ['another:record', 'stays'],
    ],
  });
  site.add('/', site.tag({ ...LONG_FLUSH_INTERVAL, 'data-debug': '' }));
  await page.goto(site.url);
  await record(page, 'new');
  await flush(page);
  expect(counted(aws)).toEqual(['good', 'large', 'new']);
  expect(aws.acknowledged).toHaveLength(3);
  await expect
    .poll(async () => (await readAll(page)).records.map(([key]) => key.replace(/identity:.*/, 'identity')))
    .toEqual(['accepted:events', 'another:record', 'epoch', 'identity', 'session']);
  await expect.poll(() => printed).toHaveLength(1);
  expect(printed).toEqual(['personalize-beacon: removed from storage: event:odd-0']);
});

test('ten thousand malformed records do not block new events', async ({ page, aws, site }) => {
  await visitEmpty(page, site);
  await restore(page, {
    records: [
      ...Array.from({ length: 10_000 }, (_, i): [string, unknown] => [
        `event:odd-${i}`,
        MALFORMED[i % MALFORMED.length],
      ]),
      ['event:good', storedEvent('good')],
    ],
  });
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await page.goto(site.url);
  await record(page, 'new');
  await expect
    .poll(async () => {
      await flush(page);
      return counted(aws);
    })
    .toContain('new');
  await page.reload();
  await flush(page);
  await expect.poll(() => counted(aws)).toEqual(['good', 'new']);
});

test('events arrive despite malformed records of session, identity, handoffs, attribution and opt-out', {
  tag: '@core',
}, async ({ page, aws, site }) => {
  test.slow();
  site.add('/', site.tag({ ...LONG_FLUSH_INTERVAL, 'data-debug': '' }));
  site.add('/empty', '');
  const identity = `identity:us-east-1:00000000-0000-4000-8000-000000000000 ${aws.url}/`;
  const expected: string[] = [];
  for (const [i, value] of MALFORMED.entries()) {
    const text = JSON.stringify(value);
    await page.goto(`${site.url}/empty`);
    await restore(page, {
      records: [
        ['session', value],
        [identity, value],
      ],
      localStorage: [
        [`${NAME}:session`, text],
        [`${NAME}:sources`, i % 2 ? text : `${text} is no JSON`],
        [`${NAME}:left:a`, text],
        [`personalize-beacon-out:demo-tracker`, value === true ? '2' : text],
      ],
    });
    await page.goto(site.url);
    await record(page, `item-${i}`);
    await flush(page);
    expected.push(`item-${i}`);
    expect(counted(aws), text).toEqual([...expected].sort());
  }
});

test('malformed session and opt-out entries of another tab are ignored', async ({
  page,
  context,
  aws,
  site,
}) => {
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await page.goto(site.url);
  const session = await page.evaluate(() => window.personalize.ready);
  await page.evaluate(() => {
    window.storageEvents = 0;
    addEventListener('storage', () => window.storageEvents++);
  });
  const other = await context.newPage();
  await visitEmpty(other, site);
  const texts = ['{', 'undefined', ...MALFORMED.map((value) => JSON.stringify(value))];
  await other.evaluate(
    ([name, texts]) => {
      for (const text of texts) {
        localStorage.setItem(`${name}:session`, text);
        localStorage.setItem('personalize-beacon-out:demo-tracker', text);
      }
      localStorage.setItem('last', '');
    },
    [NAME, texts.filter((text) => text !== '5')] as const,
  );
  await expect.poll(() => page.evaluate(() => window.storageEvents)).toBeGreaterThanOrEqual(texts.length);
  await record(page, 'a');
  await flush(page);
  expect(aws.acknowledged).toMatchObject([{ sessionId: session, event: { itemId: 'a' } }]);
});

test('records of a later version stay unchanged, and events arrive', async ({ page, aws, site }) => {
  const printed = listenToStorage(page);
  await visitEmpty(page, site);
  const later = { f: 2, sessionId: 'later', later: [1] };
  const stored: Stored = {
    records: [
      ['event:later', { ...later, event: 'packed' }],
      [`identity:us-east-1:00000000-0000-4000-8000-000000000000 ${aws.url}/`, later],
      ['session', later],
    ],
    localStorage: ['session', 'sources', 'left:later'].map((name): [string, string] => [
      `${NAME}:${name}`,
      JSON.stringify(later),
    ]),
  };
  await restore(page, stored);
  site.add('/', site.tag({ ...LONG_FLUSH_INTERVAL, 'data-debug': '' }));
  await page.goto(site.url);
  await page.evaluate(() => {
    window.personalize.track('click', 'a', { recommendationId: 'RID' });
    window.personalize.identify('user');
    window.personalize.track('click', 'b');
    return window.personalize.flush();
  });
  await page.evaluate(() => {
    window.personalize.reset();
    window.personalize.track('click', 'c');
    return window.personalize.flush();
  });
  expect(counted(aws)).toEqual(['a', 'b', 'c']);
  expect(new Set(aws.acknowledged.map(({ sessionId }) => sessionId)).size).toBe(2);
  await visitEmpty(page, site);
  const after = await readAll(page);
  expect(after.records).toEqual(expect.arrayContaining(stored.records));
  expect(after.localStorage).toEqual(expect.arrayContaining(stored.localStorage));
  expect(printed).toEqual([]);
});

for (const [what, table] of Object.entries({
  "without the tracker's object store": ['others', {}],
  'whose object store has inline keys': ['records', { keyPath: 'id' }],
} as Record<string, [name: string, options: object]>)) {
  test(`a database ${what} belongs to another script: events wait in memory, and one message is logged`, async ({
    page,
    aws,
    site,
  }) => {
    const printed = listenToStorage(page);
    await visitEmpty(page, site);
    await page.evaluate(
      ([name, table]) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open(name, 7);
          opening.onupgradeneeded = () => opening.result.createObjectStore(...table);
          opening.onsuccess = () => resolve(opening.result.close());
        }),
      [NAME, table] as const,
    );
    site.add('/', site.tag({ ...LONG_FLUSH_INTERVAL, 'data-debug': '' }));
    await page.goto(site.url);
    const session = await page.evaluate(() => window.personalize.ready);
    for (const item of ['a', 'b']) {
      await record(page, item);
      await flush(page);
    }
    expect(visits(aws)).toEqual([`a  ${session}`, `b  ${session}`]);
    expect(printed).toEqual([expect.stringMatching(/^personalize-beacon: IndexedDB: (NotFound|Data)Error/)]);
  });
}

test("a record whose key only starts like the session's is ignored", async ({ page, aws, site }) => {
  await visitEmpty(page, site);
  await restore(page, { records: [['session-of-others', SESSION]] });
  site.add('/', site.tag(LONG_FLUSH_INTERVAL));
  await page.goto(site.url);
  await record(page, 'a');
  await flush(page);
  expect(aws.acknowledged).toHaveLength(1);
  expect(aws.acknowledged[0]?.sessionId).not.toBe('kept');
  expect((await readAll(page)).records).toContainEqual(['session-of-others', SESSION]);
});

declare global {
  interface Window {
    storageEvents: number;
  }
}
