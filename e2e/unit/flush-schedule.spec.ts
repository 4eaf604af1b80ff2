import { expect, test } from '@playwright/test';
import { createFlushSchedule } from '../../src/browser/delivery/flush-schedule.js';
import type { QueuedEvent } from '../../src/browser/delivery/queued-event.js';
import { nextTask } from './doubles.js';

const HOUR_MS = 3_600_000;

const queued = (eventId: string): QueuedEvent => ({
  event: { eventType: 'click', eventId, sentAt: 1 },
  recordedAt: 1,
  size: 1,
});

/** Opens a schedule whose new events are those enqueued since the last flush. */
const open = ({ flushSize = 10, flushIntervalMs = HOUR_MS, isCheap = true } = {}) => {
  let newEvents: QueuedEvent[] = [];
  const flushes: string[][] = [];
  const page = { isActive: true };
  const schedule = createFlushSchedule({
    flushSize,
    flushIntervalMs,
    fresh: () => newEvents,
    isCheap: () => isCheap,
    isActive: () => page.isActive,
    send(events) {
      newEvents = newEvents.filter((event) => !events.includes(event));
      flushes.push(events.map(({ event }) => event.eventId));
    },
  });
  const enqueue = (...ids: string[]) => {
    for (const id of ids) {
      newEvents.push(queued(id));
      schedule.onEnqueued();
    }
  };
  return { schedule, page, flushes, enqueue };
};

test('after an idle period two flushes are immediate, each with all events of its task, and later events wait', async () => {
  const { schedule, flushes, enqueue } = open();
  enqueue('1', '2');
  await expect.poll(() => flushes).toEqual([['1', '2']]);
  enqueue('3');
  await expect.poll(() => flushes).toEqual([['1', '2'], ['3']]);
  enqueue('4');
  await nextTask();
  expect(flushes).toHaveLength(2);
  schedule.stop();
});

test('an immediate flush runs in the task that records, after it, with all that it has recorded by then', async () => {
  const { schedule, flushes, enqueue } = open();
  enqueue('1', '2');
  expect(flushes).toEqual([]);
  await Promise.resolve();
  expect(flushes).toEqual([['1', '2']]);
  schedule.stop();
});

test('a flush that costs time runs in the next task, as does that of a full batch', async () => {
  const costly = open({ isCheap: false });
  costly.enqueue('1');
  await Promise.resolve();
  expect(costly.flushes).toEqual([]);
  await expect.poll(() => costly.flushes).toEqual([['1']]);
  costly.schedule.stop();
  const { schedule, flushes, enqueue } = open({ flushSize: 2 });
  for (const id of ['1', '2']) {
    enqueue(id);
    await Promise.resolve();
  }
  enqueue('3', '4');
  await Promise.resolve();
  expect(flushes).toEqual([['1'], ['2']]);
  await expect.poll(() => flushes).toEqual([['1'], ['2'], ['3', '4']]);
  schedule.stop();
});

test('a full batch is flushed at once', async () => {
  const { schedule, flushes, enqueue } = open({ flushSize: 3 });
  enqueue('1');
  await expect.poll(() => flushes).toHaveLength(1);
  enqueue('2');
  await expect.poll(() => flushes).toHaveLength(2);
  enqueue('3', '4', '5');
  await expect.poll(() => flushes).toEqual([['1'], ['2'], ['3', '4', '5']]);
  schedule.stop();
});

test('the interval flushes the waiting events, and an interval without events starts an idle period', async () => {
  const { schedule, flushes, enqueue } = open({ flushIntervalMs: 5 });
  for (const id of ['1', '2', '3', '4']) {
    enqueue(id);
    await expect.poll(() => flushes.flat()).toContain(id);
  }
  schedule.stop();
});

test('a restored page begins with an idle period', async () => {
  const { schedule, flushes, enqueue } = open();
  for (const id of ['1', '2']) {
    enqueue(id);
    await expect.poll(() => flushes.flat()).toContain(id);
  }
  schedule.restart();
  enqueue('3');
  await expect.poll(() => flushes.flat()).toEqual(['1', '2', '3']);
  schedule.stop();
});

test('nothing is flushed while the page is not active', async () => {
  const { schedule, page, flushes, enqueue } = open();
  page.isActive = false;
  enqueue('1');
  schedule.flush([queued('2')]);
  await nextTask();
  expect(flushes).toEqual([]);
  page.isActive = true;
  schedule.onEnqueued(1);
  await expect.poll(() => flushes).toEqual([['1']]);
  schedule.stop();
});

test('events in flight do not count towards a full batch', async () => {
  const { schedule, flushes, enqueue } = open({ flushSize: 3 });
  for (const id of ['1', '2']) {
    enqueue(id);
    await expect.poll(() => flushes.flat()).toContain(id);
  }
  enqueue('3', '4');
  schedule.clear();
  enqueue('5');
  await nextTask();
  expect(flushes).toHaveLength(2);
  schedule.stop();
});
