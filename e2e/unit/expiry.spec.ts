import { expect, test } from '@playwright/test';
import { createEventStore } from '../../src/browser/delivery/event-store.js';
import { createExpiry, MAX_AGE_MS } from '../../src/browser/delivery/expiry.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { memoryHandoffs, memoryStore } from './doubles.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const NOW = Date.UTC(2026, 10, 28);
const OLDER = 'older than 168 hours';

/** Sets up a device whose clock can be set, and opens its pages one after the other. */
const setUp = () => {
  const store = memoryStore();
  const handoffs = new Map<string, string>();
  const clock = { time: NOW };
  const dropped: string[] = [];
  const now = () => clock.time;
  let pages = 0;
  /** Opens the next page, which adopts the events of the previous one. */
  const open = async () => {
    const queue = createEventStore(store, memoryHandoffs(handoffs), `page ${++pages}`, () => {}, now);
    const expire = createExpiry(
      queue,
      ({ event }, reason) => dropped.push(`${event.eventId}: ${reason}`),
      now,
    );
    await queue.adoptAbandoned();
    expire(MAX_AGE_MS, () => true);
    return { queue, expire, ids: () => queue.events().map(({ event }) => event.eventId) };
  };
  const unload = async ({ queue }: Awaited<ReturnType<typeof open>>) => {
    await new Promise((resolve) => setImmediate(resolve));
    queue.releaseOwnership();
  };
  const visit = async () => {
    const page = await open();
    await unload(page);
    return page.ids();
  };
  const item = (eventId: string, offset?: number): QueuedEvent => ({
    event: { eventType: 'click', eventId, sentAt: clock.time / 1000 },
    recordedAt: clock.time,
    size: 50,
    sessionId: 's',
    offset,
  });
  /** Records one event and unloads the page. */
  const recordAndUnload = async (offset?: number) => {
    const page = await open();
    page.queue.add(item('1', offset));
    await unload(page);
  };
  return { clock, dropped, open, visit, item, recordAndUnload };
};

test('an event expires more than seven days after it was recorded', async () => {
  const { clock, dropped, open, item } = setUp();
  const page = await open();
  page.queue.add(item('old'));
  clock.time += 1;
  page.queue.add(item('young'));
  clock.time += MAX_AGE_MS;
  page.expire(MAX_AGE_MS, () => true);
  expect(page.ids()).toEqual(['young']);
  expect(dropped).toEqual([`old: ${OLDER}`]);
  page.expire(DAY_MS, () => true);
  expect(dropped).toEqual([`old: ${OLDER}`, 'young: older than 24 hours']);
});

test('only the events that the filter selects expire', async () => {
  const { clock, open, item } = setUp();
  const page = await open();
  for (const id of ['a', 'b']) page.queue.add(item(id));
  clock.time += MAX_AGE_MS + 1;
  page.expire(MAX_AGE_MS, ({ event }) => event.eventId === 'a');
  expect(page.ids()).toEqual(['b']);
});

const OFF: [what: string, ms: number][] = [
  ['in 2019', -7 * YEAR_MS],
  ['in 2035', 9 * YEAR_MS],
  ['a month and a half behind', -45 * DAY_MS],
  ['a month and a half ahead', 45 * DAY_MS],
  ['an hour ahead', 3_600_000],
];

for (const [what, ms] of OFF) {
  for (const isKnown of [true, false]) {
    const offset = isKnown ? -ms : undefined;
    const knowledge = isKnown ? 'is known' : 'is unknown';
    test(`an event of a clock ${what}, whose offset ${knowledge}, expires a week after the clock is corrected`, async () => {
      const { clock, dropped, visit, recordAndUnload } = setUp();
      clock.time += ms;
      await recordAndUnload(offset);
      clock.time -= ms;
      expect(await visit()).toEqual(['1']);
      clock.time += 6.9 * DAY_MS;
      expect(await visit()).toEqual(['1']);
      clock.time += 7.2 * DAY_MS;
      expect(await visit()).toEqual([]);
      expect(dropped).toEqual([`1: ${OLDER}`]);
    });
  }

  test(`an event does not expire while the clock is wrong for a time: ${what}`, async () => {
    const { clock, visit, recordAndUnload } = setUp();
    await recordAndUnload(0);
    clock.time += ms;
    expect(await visit()).toEqual(['1']);
    clock.time -= ms;
    expect(await visit()).toEqual(['1']);
  });

  test(`setting the clock while the page is open expires no event: ${what}`, async () => {
    const { clock, open, item } = setUp();
    const page = await open();
    page.queue.add(item('1'));
    clock.time += ms;
    page.expire(MAX_AGE_MS, () => true);
    page.expire(DAY_MS, () => true);
    expect(page.ids()).toEqual(['1']);
  });
}

test('an event keeps a known clock offset, and with an unknown one its age counts from when it is first seen', async () => {
  const { clock, open, recordAndUnload } = setUp();
  clock.time -= 7 * YEAR_MS;
  await recordAndUnload(7 * YEAR_MS);
  clock.time += 7 * YEAR_MS;
  const [known] = (await open()).queue.events() as [QueuedEvent];
  expect(known.event.sentAt * 1000 + (known.offset as number)).toBe(NOW);

  const other = setUp();
  other.clock.time += 9 * YEAR_MS;
  await other.recordAndUnload();
  other.clock.time -= 9 * YEAR_MS;
  const [unknown] = (await other.open()).queue.events() as [QueuedEvent];
  expect([unknown.event.sentAt * 1000, unknown.recordedAt]).toEqual([NOW, NOW]);
});

test('an event that repeatedly seems too old expires in the end', async () => {
  const { clock, dropped, visit, recordAndUnload } = setUp();
  await recordAndUnload();
  for (let visits = 0; visits < 3; visits++) {
    clock.time += 40 * DAY_MS;
    expect(await visit()).toEqual(['1']);
  }
  clock.time += 40 * DAY_MS;
  expect(await visit()).toEqual([]);
  expect(dropped).toEqual([`1: ${OLDER}`]);
});
