import { expect, test } from '@playwright/test';
import { createEventStore } from '../../src/browser/delivery/event-store.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { memoryHandoffs, memoryStore } from './doubles.js';

const setUp = () => {
  const records = new Map<string, unknown>();
  const store = memoryStore(records);
  const notes = new Map<string, string>();
  const clock = { time: 1_000_000 };
  const dropped: string[] = [];
  const open = (owner: string, itsStore = store) =>
    createEventStore(
      itsStore,
      memoryHandoffs(notes),
      owner,
      ({ event }, reason) => dropped.push(`${event.eventId}: ${reason}`),
      () => clock.time,
    );
  return { records, store, notes, clock, dropped, open };
};

const item = (eventId: string, more: Partial<QueuedEvent> = {}): QueuedEvent => ({
  event: { eventType: 'click', eventId, sentAt: 0 },
  recordedAt: 1_000_000,
  size: 50,
  sessionId: 's',
  ...more,
});

const idsOf = (queue: { events(): QueuedEvent[] }) => queue.events().map(({ event }) => event.eventId);

/** Lets the write a turn behind happen. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

test('everything waits in memory at once, and is stored a turn later in one write', async () => {
  const { records, store, open } = setUp();
  let writes = 0;
  const queue = open('A', {
    ...store,
    put(entries) {
      writes++;
      return store.put(entries);
    },
  });
  const second = item('2');
  for (const one of [item('1'), second, item('3')]) queue.add(one);
  expect(idsOf(queue)).toEqual(['1', '2', '3']);
  expect(queue.has(second)).toBe(true);
  expect(records.size).toBe(0);
  await aTurn();
  expect([...records.keys()]).toEqual(['event:1', 'event:2', 'event:3']);
  expect(writes).toBe(1);
});

test('what has no session yet is stored once it has', async () => {
  const { records, open } = setUp();
  const queue = open('A');
  const early: QueuedEvent = {
    event: { eventType: 'click', eventId: '1', sentAt: 0 },
    recordedAt: 1_000_000,
    size: 50,
  };
  queue.add(early);
  await aTurn();
  expect(records.size).toBe(0);
  early.sessionId = 's';
  queue.add(early);
  await aTurn();
  expect([...records.values()]).toEqual([item('1', { owner: 'A', ownedSince: 1_000_000 } as object)]);
});

test('records go by ID, in memory and in the store', async () => {
  const { records, open } = setUp();
  const queue = open('A');
  for (const id of ['1', '2', '3']) queue.add(item(id));
  await aTurn();
  queue.remove([item('2'), item('unknown')]);
  await aTurn();
  expect(idsOf(queue)).toEqual(['1', '3']);
  expect(queue.has(item('2'))).toBe(false);
  expect([...records.keys()]).toEqual(['event:1', 'event:3']);
});

test('what is removed before it was stored never is', async () => {
  const { records, open } = setUp();
  const queue = open('A');
  queue.add(item('1'));
  queue.remove(queue.events());
  await aTurn();
  expect(records.size).toBe(0);
});

test('what a page lets go the next one takes, all of it once', async () => {
  const { open, clock } = setUp();
  const left = open('A');
  for (const id of ['1', '2', '3']) left.add(item(id, { userId: 'u' }));
  await aTurn();
  left.releaseOwnership();
  expect(idsOf(left)).toEqual(['1', '2', '3']);
  const [next, another] = [open('B'), open('C')];
  await Promise.all([next.adoptAbandoned(), another.adoptAbandoned()]);
  expect([...idsOf(next), ...idsOf(another)].sort()).toEqual(['1', '2', '3']);
  expect(next.events()[0]).toMatchObject({ ...item('1', { userId: 'u' }) });
  await next.adoptAbandoned();
  clock.time += 1000;
  const third = open('D');
  await third.adoptAbandoned();
  expect(idsOf(third)).toEqual([]);
});

test('a page without anything leaves no note', () => {
  const { notes, open } = setUp();
  open('A').releaseOwnership();
  expect(notes.size).toBe(0);
});

test('what is not stored yet travels in the note, session or none', async () => {
  const { store, records, open } = setUp();
  const left = open('A', { ...store, put: () => new Promise(() => {}) });
  left.add(item('1'));
  const early: QueuedEvent = {
    event: { eventType: 'click', eventId: '2', sentAt: 7 },
    recordedAt: 1_000_007,
    size: 50,
  };
  left.add(early);
  left.releaseOwnership();
  await aTurn();
  expect(records.size).toBe(0);
  const next = open('B');
  await next.adoptAbandoned();
  expect(next.events()).toEqual([item('1'), early]);
  await aTurn();
  expect([...records.keys()]).toEqual(['event:1']);
});

test('what waits unconfirmed is known as such to the next page, stored or not', async () => {
  const { open, store } = setUp();
  const stored = item('1');
  const left = open('A');
  left.add(stored);
  left.add(item('2'));
  await aTurn();
  stored.unconfirmed = true;
  left.releaseOwnership();
  const unsaved = open('B', { ...store, put: () => new Promise(() => {}) });
  unsaved.add(item('3', { unconfirmed: true }));
  unsaved.releaseOwnership();
  const next = open('C');
  await next.adoptAbandoned();
  const known = next.events().map(({ event, unconfirmed }) => [event.eventId, !!unconfirmed]);
  expect(known).toEqual([
    ['1', true],
    ['2', false],
    ['3', true],
  ]);
});

test("a live page's records are not taken, abandoned ones are after a minute", async () => {
  const { open, clock, records } = setUp();
  const live = open('A');
  live.add(item('1'));
  await aTurn();
  const other = open('B');
  clock.time += 60_000;
  await other.adoptAbandoned();
  expect(idsOf(other)).toEqual([]);
  clock.time += 1;
  await live.adoptAbandoned();
  expect(records.get('event:1')).toMatchObject({ owner: 'A', ownedSince: 1_000_000 });
  await other.adoptAbandoned();
  expect(idsOf(other)).toEqual(['1']);
  expect(records.get('event:1')).toMatchObject({ owner: 'B', ownedSince: 1_060_001 });
  const third = open('C');
  await third.adoptAbandoned();
  expect(idsOf(third)).toEqual([]);
});

test('the store keeps other things than events', async () => {
  const { open, records } = setUp();
  records.set('session', { owner: 'A', sessionId: 's' });
  const left = open('A');
  left.add(item('1'));
  await aTurn();
  left.releaseOwnership();
  const next = open('B');
  await next.adoptAbandoned();
  expect(idsOf(next)).toEqual(['1']);
  expect(records.get('session')).toEqual({ owner: 'A', sessionId: 's' });
});

test.describe('a page that comes back', () => {
  test('goes on with what nobody took, and nobody can take it any more', async () => {
    const { open, notes } = setUp();
    const page = open('A');
    page.add(item('1'));
    page.add(item('2'));
    await aTurn();
    page.releaseOwnership();
    page.reclaimOwnership();
    expect(idsOf(page)).toEqual(['1', '2']);
    expect(notes.size).toBe(0);
    const other = open('B');
    await other.adoptAbandoned();
    expect(idsOf(other)).toEqual([]);
  });

  test('forgets what another page took, whether or not that has settled it', async () => {
    const { open } = setUp();
    const page = open('A');
    page.add(item('1'));
    page.add(item('2'));
    await aTurn();
    page.releaseOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    other.remove([item('1')]);
    page.reclaimOwnership();
    expect(idsOf(page)).toEqual([]);
    expect(idsOf(other)).toEqual(['2']);
  });

  test('keeps what it recorded after it let go', async () => {
    const { open } = setUp();
    const page = open('A');
    page.add(item('1'));
    await aTurn();
    page.releaseOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    page.add(item('2'));
    page.reclaimOwnership();
    await page.renewLease();
    expect(idsOf(page)).toEqual(['2']);
  });

  test('forgets what another page took from its note', async () => {
    const { open, store } = setUp();
    const page = open('A', { ...store, put: () => new Promise(() => {}) });
    page.add(item('1'));
    page.releaseOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    page.reclaimOwnership();
    expect([...idsOf(page), ...idsOf(other)]).toEqual(['1']);
  });

  test('leaves what others noted where it is, when it leaves before the store has answered', async () => {
    const { open, store, notes } = setUp();
    const gone = open('A', { ...store, put: () => new Promise(() => {}) });
    gone.add(item('1'));
    gone.releaseOwnership();
    const page = open('B');
    const recovering = page.adoptAbandoned();
    page.releaseOwnership();
    await recovering;
    expect([...notes.keys()]).toEqual(['A', 'B']);
    const next = open('C');
    await next.adoptAbandoned();
    expect(idsOf(next)).toEqual(['1']);
  });

  test('takes its note back, with what was not stored yet', async () => {
    const { open, store } = setUp();
    const page = open('A', { ...store, put: () => new Promise(() => {}) });
    page.add(item('1'));
    page.releaseOwnership();
    page.reclaimOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    expect([...idsOf(page), ...idsOf(other)]).toEqual(['1']);
  });
});

test('a page that leaves while it is still taking over loses nothing', async () => {
  const { notes, store, open } = setUp();
  const first = open('A');
  first.add(item('stored'));
  await aTurn();
  first.add(item('spilled'));
  first.releaseOwnership();

  // The store has given the second page its record, and has not told it yet.
  let answer = () => {};
  const second = open('B', {
    ...store,
    async update(prefix, change) {
      const changed = await store.update(prefix, change);
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return changed;
    },
  });
  second.adoptAbandoned();
  await aTurn();
  second.releaseOwnership();

  const third = open('C');
  await third.adoptAbandoned();
  expect(idsOf(third).sort()).toEqual(['spilled', 'stored']);
  expect(notes.size).toBe(0);
  answer();
});

test('what the store does not take is tried again with the next, and travels in the note until then', async () => {
  const { store, records, open } = setUp();
  let isFull = true;
  const page = open('A', { ...store, put: async (entries) => (isFull ? undefined : store.put(entries)) });
  page.add(item('1'));
  await aTurn();
  page.releaseOwnership();
  page.reclaimOwnership();
  isFull = false;
  page.add(item('2'));
  await aTurn();
  expect([...records.keys()].sort()).toEqual(['event:1', 'event:2']);
});

test('what has come while the store did not answer is tried when it has failed, and then no more', async () => {
  const { store, records, open } = setUp();
  const fails: (() => void)[] = [];
  const page = open('A', {
    ...store,
    put: (entries) =>
      fails.length < 2 ? new Promise((resolve) => fails.push(() => resolve(undefined))) : store.put(entries),
  });
  page.add(item('1'));
  await aTurn();
  page.add(item('2'));
  fails[0]?.();
  await aTurn();
  expect(fails).toHaveLength(2);
  fails[1]?.();
  await aTurn();
  expect([...records.keys()]).toEqual([]);
  page.add(item('3'));
  await aTurn();
  expect([...records.keys()].sort()).toEqual(['event:1', 'event:2', 'event:3']);
});

test('what was not stored is known to the next page from the note', async () => {
  const { store, open } = setUp();
  const page = open('A', { ...store, put: async () => undefined });
  page.add(item('1'));
  await aTurn();
  page.releaseOwnership();
  const next = open('B');
  await next.adoptAbandoned();
  expect(idsOf(next)).toEqual(['1']);
});

test.describe('what a page has held for long', () => {
  test('it forgets when another has taken it, keeps what nobody took, and says that it lives', async () => {
    const { open, clock, records } = setUp();
    const frozen = open('A');
    frozen.add(item('1'));
    await aTurn();
    clock.time += 61_000;
    const other = open('B');
    await other.adoptAbandoned();
    frozen.add(item('2'));
    await aTurn();
    await frozen.renewLease();
    expect(idsOf(frozen)).toEqual(['2']);
    expect(idsOf(other)).toEqual(['1']);
    expect(records.get('event:2')).toMatchObject({ owner: 'A', ownedSince: clock.time });
  });

  test('it renews, so that nobody takes it', async () => {
    const { open, clock } = setUp();
    const slow = open('A');
    slow.add(item('1'));
    await aTurn();
    clock.time += 50_000;
    await slow.renewLease();
    clock.time += 50_000;
    const other = open('B');
    await other.adoptAbandoned();
    expect([idsOf(slow), idsOf(other)]).toEqual([['1'], []]);
  });

  test('it keeps all when the store does not answer, and what the store never had', async () => {
    const { open, clock, store } = setUp();
    const failing = open('A', { ...store, update: async () => undefined });
    failing.add(item('1'));
    await aTurn();
    const unstored = open('B', { ...store, put: async () => undefined });
    unstored.add(item('2'));
    await aTurn();
    clock.time += 30_000;
    await failing.renewLease();
    await unstored.renewLease();
    expect([idsOf(failing), idsOf(unstored)]).toEqual([['1'], ['2']]);
  });

  test('it does not renew what it has settled and could not remove', async () => {
    const { open, clock, store, records } = setUp();
    const page = open('A', { ...store, remove: async () => undefined });
    const settled = item('1');
    page.add(settled);
    await aTurn();
    page.remove([settled]);
    clock.time += 50_000;
    await page.renewLease();
    expect(records.get('event:1')).toMatchObject({ ownedSince: 1_000_000 });
    clock.time += 50_000;
    const other = open('B');
    await other.adoptAbandoned();
    expect([idsOf(page), idsOf(other)]).toEqual([[], ['1']]);
  });

  test('what comes back while it is still held is no second one', async () => {
    const { open, clock } = setUp();
    const frozen = open('A');
    const inFlight = item('1');
    frozen.add(inFlight);
    await aTurn();
    clock.time += 61_000;
    const other = open('B');
    await other.adoptAbandoned();
    other.releaseOwnership();
    await frozen.adoptAbandoned();
    expect(frozen.events()).toEqual([inFlight]);
    expect(frozen.has(inFlight)).toBe(true);
  });

  test('it does not ask about what it has held for a short time, however long it had nothing before', async () => {
    const { open, store, clock } = setUp();
    let asked = 0;
    const page = open('A', {
      ...store,
      update(prefix, change) {
        asked++;
        return store.update(prefix, change);
      },
    });
    clock.time += 60_000;
    page.add(item('1'));
    await aTurn();
    await page.renewLease();
    expect(asked).toBe(0);
    clock.time += 60_000;
    page.add(item('2'));
    await page.renewLease();
    expect(asked).toBe(1);
  });
});

test('a clock that was set back hides nothing from the next page', async () => {
  const { open, clock } = setUp();
  const crashed = open('A');
  crashed.add(item('1'));
  await aTurn();
  clock.time -= 365 * 86_400_000;
  const next = open('B');
  await next.adoptAbandoned();
  expect(idsOf(next)).toEqual(['1']);
});

test.describe('past a bound', () => {
  const many = (count: number, more: Partial<QueuedEvent> = {}) =>
    Array.from({ length: count }, (_, i) => item(`${i}`, { recordedAt: 1_000_000 + i, ...more }));

  test('the oldest tenth goes, each reported and taken from the store', async () => {
    const { open, dropped, records } = setUp();
    const page = open('A');
    for (const one of many(1000)) page.add(one);
    await aTurn();
    expect(dropped).toEqual([]);
    page.add(item('latest', { recordedAt: 2_000_000 }));
    await aTurn();
    expect(idsOf(page)).toEqual([...Array.from({ length: 899 }, (_, i) => `${i + 101}`), 'latest']);
    expect(dropped).toHaveLength(101);
    expect(dropped).toContain('0: over 1000 events or 1 MB wait');
    expect(records.size).toBe(900);
  });

  test('of a million characters the newest stay', async () => {
    const { open, dropped } = setUp();
    const page = open('A');
    for (const one of many(101, { size: 10_000 })) page.add(one);
    await aTurn();
    expect(idsOf(page)[0]).toBe('11');
    expect(idsOf(page).at(-1)).toBe('100');
    expect(dropped).toHaveLength(11);
  });

  test('all tabs count, and whoever notices drops the oldest of all', async () => {
    const { open, dropped, records } = setUp();
    const one = open('A');
    for (const each of many(900)) one.add(each);
    await aTurn();
    const other = open('B');
    for (let i = 0; i < 101; i++) other.add(item(`b${i}`, { recordedAt: 2_000_000 + i }));
    await aTurn();
    expect(idsOf(other)).toHaveLength(101);
    expect(dropped).toHaveLength(101);
    expect(dropped[0]).toMatch(/^\d+: /);
    expect(records.size).toBe(900);
  });
});

test('a note of another making is no hindrance', async () => {
  const { open, notes } = setUp();
  notes.set('stranger', '{"theirs":true}');
  const page = open('A');
  await page.adoptAbandoned();
  page.add(item('1'));
  expect(idsOf(page)).toEqual(['1']);
});
