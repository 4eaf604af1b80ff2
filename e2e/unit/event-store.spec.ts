import { expect, test } from '@playwright/test';
import { createEventStore } from '../../src/browser/delivery/event-store.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { memoryHandoffs, memoryStore } from './doubles.js';

const setUp = () => {
  const records = new Map<string, unknown>();
  const store = memoryStore(records);
  const handoffs = new Map<string, string>();
  const clock = { time: 1_000_000 };
  const dropped: string[] = [];
  const open = (owner: string, database = store) =>
    createEventStore(
      database,
      memoryHandoffs(handoffs),
      owner,
      ({ event }, reason) => dropped.push(`${event.eventId}: ${reason}`),
      () => clock.time,
    );
  return { records, store, handoffs, clock, dropped, open };
};

const item = (eventId: string, more: Partial<QueuedEvent> = {}): QueuedEvent => ({
  event: { eventType: 'click', eventId, sentAt: 0 },
  recordedAt: 1_000_000,
  size: 50,
  sessionId: 's',
  ...more,
});

const idsOf = (queue: { events(): QueuedEvent[] }) => queue.events().map(({ event }) => event.eventId);

/** Waits for the write at the end of the turn. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('an event is in memory at once, and is stored at the end of the turn in one write', async () => {
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
  await nextTurn();
  expect([...records.keys()]).toEqual(['event:1', 'event:2', 'event:3']);
  expect(writes).toBe(1);
});

test('an event without a session is stored once it has one', async () => {
  const { records, open } = setUp();
  const queue = open('A');
  const pending: QueuedEvent = {
    event: { eventType: 'click', eventId: '1', sentAt: 0 },
    recordedAt: 1_000_000,
    size: 50,
  };
  queue.add(pending);
  await nextTurn();
  expect(records.size).toBe(0);
  pending.sessionId = 's';
  queue.add(pending);
  await nextTurn();
  expect([...records.values()]).toEqual([item('1', { owner: 'A', ownedSince: 1_000_000 } as object)]);
});

test('events are removed by ID, from memory and from the store', async () => {
  const { records, open } = setUp();
  const queue = open('A');
  for (const id of ['1', '2', '3']) queue.add(item(id));
  await nextTurn();
  queue.remove([item('2'), item('unknown')]);
  await nextTurn();
  expect(idsOf(queue)).toEqual(['1', '3']);
  expect(queue.has(item('2'))).toBe(false);
  expect([...records.keys()]).toEqual(['event:1', 'event:3']);
});

test('an event removed before it was stored is never stored', async () => {
  const { records, open } = setUp();
  const queue = open('A');
  queue.add(item('1'));
  queue.remove(queue.events());
  await nextTurn();
  expect(records.size).toBe(0);
});

test('the next page adopts released events, each once', async () => {
  const { open, clock } = setUp();
  const released = open('A');
  for (const id of ['1', '2', '3']) released.add(item(id, { userId: 'u' }));
  await nextTurn();
  released.releaseOwnership();
  expect(idsOf(released)).toEqual(['1', '2', '3']);
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

test('a page without events leaves no handoff', () => {
  const { handoffs, open } = setUp();
  open('A').releaseOwnership();
  expect(handoffs.size).toBe(0);
});

test('events not yet stored are in the handoff, with or without a session', async () => {
  const { store, records, open } = setUp();
  const released = open('A', { ...store, put: () => new Promise(() => {}) });
  released.add(item('1'));
  const pending: QueuedEvent = {
    event: { eventType: 'click', eventId: '2', sentAt: 7 },
    recordedAt: 1_000_007,
    size: 50,
  };
  released.add(pending);
  released.releaseOwnership();
  await nextTurn();
  expect(records.size).toBe(0);
  const next = open('B');
  await next.adoptAbandoned();
  expect(next.events()).toEqual([item('1'), pending]);
  await nextTurn();
  expect([...records.keys()]).toEqual(['event:1']);
});

test('unconfirmed events stay unconfirmed on the next page, stored or not', async () => {
  const { open, store } = setUp();
  const stored = item('1');
  const released = open('A');
  released.add(stored);
  released.add(item('2'));
  await nextTurn();
  stored.unconfirmed = true;
  released.releaseOwnership();
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

test('events of a live page are not adopted, abandoned ones are adopted after a minute', async () => {
  const { open, clock, records } = setUp();
  const live = open('A');
  live.add(item('1'));
  await nextTurn();
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

test('adopting events leaves other records in the store unchanged', async () => {
  const { open, records } = setUp();
  records.set('session', { owner: 'A', sessionId: 's' });
  const released = open('A');
  released.add(item('1'));
  await nextTurn();
  released.releaseOwnership();
  const next = open('B');
  await next.adoptAbandoned();
  expect(idsOf(next)).toEqual(['1']);
  expect(records.get('session')).toEqual({ owner: 'A', sessionId: 's' });
});

test.describe('a restored page', () => {
  test('keeps the events that no page adopted, and no other page can adopt them any more', async () => {
    const { open, handoffs } = setUp();
    const page = open('A');
    page.add(item('1'));
    page.add(item('2'));
    await nextTurn();
    page.releaseOwnership();
    page.reclaimOwnership();
    expect(idsOf(page)).toEqual(['1', '2']);
    expect(handoffs.size).toBe(0);
    const other = open('B');
    await other.adoptAbandoned();
    expect(idsOf(other)).toEqual([]);
  });

  test('drops the events that another page adopted, settled or not', async () => {
    const { open } = setUp();
    const page = open('A');
    page.add(item('1'));
    page.add(item('2'));
    await nextTurn();
    page.releaseOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    other.remove([item('1')]);
    page.reclaimOwnership();
    expect(idsOf(page)).toEqual([]);
    expect(idsOf(other)).toEqual(['2']);
  });

  test('keeps the events that it recorded after releasing the others', async () => {
    const { open } = setUp();
    const page = open('A');
    page.add(item('1'));
    await nextTurn();
    page.releaseOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    page.add(item('2'));
    page.reclaimOwnership();
    await page.renewLease();
    expect(idsOf(page)).toEqual(['2']);
  });

  test('drops the events that another page adopted from its handoff', async () => {
    const { open, store } = setUp();
    const page = open('A', { ...store, put: () => new Promise(() => {}) });
    page.add(item('1'));
    page.releaseOwnership();
    const other = open('B');
    await other.adoptAbandoned();
    page.reclaimOwnership();
    expect([...idsOf(page), ...idsOf(other)]).toEqual(['1']);
  });

  test("leaves others' handoffs in place when it unloads before the store has answered", async () => {
    const { open, store, handoffs } = setUp();
    const unloaded = open('A', { ...store, put: () => new Promise(() => {}) });
    unloaded.add(item('1'));
    unloaded.releaseOwnership();
    const page = open('B');
    const adopting = page.adoptAbandoned();
    page.releaseOwnership();
    await adopting;
    expect([...handoffs.keys()]).toEqual(['A', 'B']);
    const next = open('C');
    await next.adoptAbandoned();
    expect(idsOf(next)).toEqual(['1']);
  });

  test('takes back its handoff, with the events not yet stored', async () => {
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

test('a page that unloads while adopting events loses none', async () => {
  const { handoffs, store, open } = setUp();
  const first = open('A');
  first.add(item('stored'));
  await nextTurn();
  first.add(item('spilled'));
  first.releaseOwnership();

  // The store has assigned the second page its records, and has not answered yet.
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
  await nextTurn();
  second.releaseOwnership();

  const third = open('C');
  await third.adoptAbandoned();
  expect(idsOf(third).sort()).toEqual(['spilled', 'stored']);
  expect(handoffs.size).toBe(0);
  answer();
});

test('events that the store failed to write are written along with the next, and are in the handoff until then', async () => {
  const { store, records, open } = setUp();
  let isFull = true;
  const page = open('A', { ...store, put: async (entries) => (isFull ? undefined : store.put(entries)) });
  page.add(item('1'));
  await nextTurn();
  page.releaseOwnership();
  page.reclaimOwnership();
  isFull = false;
  page.add(item('2'));
  await nextTurn();
  expect([...records.keys()].sort()).toEqual(['event:1', 'event:2']);
});

test('events added during a failing write are tried once more, then wait for the next event', async () => {
  const { store, records, open } = setUp();
  const fails: (() => void)[] = [];
  const page = open('A', {
    ...store,
    put: (entries) =>
      fails.length < 2 ? new Promise((resolve) => fails.push(() => resolve(undefined))) : store.put(entries),
  });
  page.add(item('1'));
  await nextTurn();
  page.add(item('2'));
  fails[0]?.();
  await nextTurn();
  expect(fails).toHaveLength(2);
  fails[1]?.();
  await nextTurn();
  expect([...records.keys()]).toEqual([]);
  page.add(item('3'));
  await nextTurn();
  expect([...records.keys()].sort()).toEqual(['event:1', 'event:2', 'event:3']);
});

test('the next page takes unstored events from the handoff', async () => {
  const { store, open } = setUp();
  const page = open('A', { ...store, put: async () => undefined });
  page.add(item('1'));
  await nextTurn();
  page.releaseOwnership();
  const next = open('B');
  await next.adoptAbandoned();
  expect(idsOf(next)).toEqual(['1']);
});

test.describe('renewing a lease', () => {
  test('drops events that another page has adopted, and renews the rest', async () => {
    const { open, clock, records } = setUp();
    const frozen = open('A');
    frozen.add(item('1'));
    await nextTurn();
    clock.time += 61_000;
    const other = open('B');
    await other.adoptAbandoned();
    frozen.add(item('2'));
    await nextTurn();
    await frozen.renewLease();
    expect(idsOf(frozen)).toEqual(['2']);
    expect(idsOf(other)).toEqual(['1']);
    expect(records.get('event:2')).toMatchObject({ owner: 'A', ownedSince: clock.time });
  });

  test('keeps other pages from adopting the events', async () => {
    const { open, clock } = setUp();
    const slow = open('A');
    slow.add(item('1'));
    await nextTurn();
    clock.time += 50_000;
    await slow.renewLease();
    clock.time += 50_000;
    const other = open('B');
    await other.adoptAbandoned();
    expect([idsOf(slow), idsOf(other)]).toEqual([['1'], []]);
  });

  test('keeps all events when the store does not answer, and those never stored', async () => {
    const { open, clock, store } = setUp();
    const failing = open('A', { ...store, update: async () => undefined });
    failing.add(item('1'));
    await nextTurn();
    const unstored = open('B', { ...store, put: async () => undefined });
    unstored.add(item('2'));
    await nextTurn();
    clock.time += 30_000;
    await failing.renewLease();
    await unstored.renewLease();
    expect([idsOf(failing), idsOf(unstored)]).toEqual([['1'], ['2']]);
  });

  test('does not renew settled events that could not be removed', async () => {
    const { open, clock, store, records } = setUp();
    const page = open('A', { ...store, remove: async () => undefined });
    const settled = item('1');
    page.add(settled);
    await nextTurn();
    page.remove([settled]);
    clock.time += 50_000;
    await page.renewLease();
    expect(records.get('event:1')).toMatchObject({ ownedSince: 1_000_000 });
    clock.time += 50_000;
    const other = open('B');
    await other.adoptAbandoned();
    expect([idsOf(page), idsOf(other)]).toEqual([[], ['1']]);
  });

  test('does not duplicate an event that is adopted back', async () => {
    const { open, clock } = setUp();
    const frozen = open('A');
    const inFlight = item('1');
    frozen.add(inFlight);
    await nextTurn();
    clock.time += 61_000;
    const other = open('B');
    await other.adoptAbandoned();
    other.releaseOwnership();
    await frozen.adoptAbandoned();
    expect(frozen.events()).toEqual([inFlight]);
    expect(frozen.has(inFlight)).toBe(true);
  });

  test('does not ask the store about events recorded a short time ago, even after a long pause', async () => {
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
    await nextTurn();
    await page.renewLease();
    expect(asked).toBe(0);
    clock.time += 60_000;
    page.add(item('2'));
    await page.renewLease();
    expect(asked).toBe(1);
  });
});

test('a clock that was set back hides no event from the next page', async () => {
  const { open, clock } = setUp();
  const crashed = open('A');
  crashed.add(item('1'));
  await nextTurn();
  clock.time -= 365 * 86_400_000;
  const next = open('B');
  await next.adoptAbandoned();
  expect(idsOf(next)).toEqual(['1']);
});

test.describe('when a limit is exceeded', () => {
  const many = (count: number, more: Partial<QueuedEvent> = {}) =>
    Array.from({ length: count }, (_, i) => item(`${i}`, { recordedAt: 1_000_000 + i, ...more }));

  test('the oldest 10 % is dropped, each event reported and removed from the store', async () => {
    const { open, dropped, records } = setUp();
    const page = open('A');
    for (const one of many(1000)) page.add(one);
    await nextTurn();
    expect(dropped).toEqual([]);
    page.add(item('latest', { recordedAt: 2_000_000 }));
    await nextTurn();
    expect(idsOf(page)).toEqual([...Array.from({ length: 899 }, (_, i) => `${i + 101}`), 'latest']);
    expect(dropped).toHaveLength(101);
    expect(dropped).toContain('0: over 1000 events or 1 MB wait');
    expect(records.size).toBe(900);
  });

  test('the newest events up to a million characters are kept', async () => {
    const { open, dropped } = setUp();
    const page = open('A');
    for (const one of many(101, { size: 10_000 })) page.add(one);
    await nextTurn();
    expect(idsOf(page)[0]).toBe('11');
    expect(idsOf(page).at(-1)).toBe('100');
    expect(dropped).toHaveLength(11);
  });

  test('events of all tabs count, and the tab that notices drops the oldest of all', async () => {
    const { open, dropped, records } = setUp();
    const first = open('A');
    for (const each of many(900)) first.add(each);
    await nextTurn();
    const other = open('B');
    for (let i = 0; i < 101; i++) other.add(item(`b${i}`, { recordedAt: 2_000_000 + i }));
    await nextTurn();
    expect(idsOf(other)).toHaveLength(101);
    expect(dropped).toHaveLength(101);
    expect(dropped[0]).toMatch(/^\d+: /);
    expect(records.size).toBe(900);
  });
});

test('a handoff in an unknown format does no harm', async () => {
  const { open, handoffs } = setUp();
  handoffs.set('stranger', '{"theirs":true}');
  const page = open('A');
  await page.adoptAbandoned();
  page.add(item('1'));
  expect(idsOf(page)).toEqual(['1']);
});
