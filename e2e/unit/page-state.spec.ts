import { expect, test } from '@playwright/test';
import type { ReceivedEvent, ReceivedRequest } from 'personalize-beacon/local';
import { createLoader } from '../../src/local-page/loader.js';
import { memoizeLast } from '../../src/local-page/memoize-last.js';
import { applySnapshot, applyUpdate, createState, type PageState } from '../../src/local-page/page-state.js';
import { createStore } from '../../src/local-page/page-store.js';

// The state of the local AWS's page, how often it is rendered, and how often the API is asked.

const eventAt = (number: number) => ({ number }) as ReceivedEvent;
const requestAt = (number: number, status = 200) => ({ number, status }) as ReceivedRequest;
const numbers = (list: readonly { number: number }[]) => list.map(({ number }) => number);

const empty = createState({ view: 'events', parameters: {} });
const snapshot = {
  events: [eventAt(1), eventAt(2)],
  requests: [requestAt(1), requestAt(2, 0)],
  dropped: { events: 0, requests: 0 },
  maxEvents: 3,
  faults: [],
  clockSkewMs: 0,
};

test("updates are appended up to the server's limit, and an answer replaces its waiting request", () => {
  const before: PageState = { ...empty, ...applySnapshot(snapshot) };
  expect(before.connection).toBe('live');
  const after = {
    ...before,
    ...applyUpdate(before, {
      events: [eventAt(3), eventAt(4)],
      requests: [requestAt(4), requestAt(2, 503), requestAt(3)],
      dropped: { events: 1, requests: 1 },
    }),
  };
  expect(numbers(after.events)).toEqual([2, 3, 4]);
  expect(after.requests.map(({ number, status }) => [number, status])).toEqual([
    [2, 503],
    [3, 200],
    [4, 200],
  ]);
  expect(after.dropped).toEqual({ events: 1, requests: 1 });
  expect(numbers(before.events)).toEqual([1, 2]);
});

test('a list without news stays the same array, so that nothing is computed again', () => {
  const before: PageState = { ...empty, ...applySnapshot(snapshot) };
  const after = applyUpdate(before, { events: [], requests: [], dropped: before.dropped });
  expect(after.events).toBe(before.events);
  expect(after.requests).toBe(before.requests);
  let runs = 0;
  const lengthOf = memoizeLast((list: readonly unknown[], _: string) => {
    runs++;
    return list.length;
  });
  for (const list of [before.events, after.events ?? [], before.events]) lengthOf(list, 'a');
  expect(runs).toBe(1);
  lengthOf(before.events, 'b');
  expect(runs).toBe(2);
});

/** Simulates frames and timers: they run when the test says so. */
const simulateTime = () => {
  const frames: (() => void)[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let now = 1000;
  const real = { performance, setTimeout, clearTimeout };
  Object.assign(globalThis, {
    performance: { now: () => now },
    requestAnimationFrame: (run: () => void) => frames.push(run),
    setTimeout: (run: () => void, ms: number) => timers.push({ run, ms }),
    clearTimeout: (id?: number) => id !== undefined && timers.splice(id - 1, 1),
  });
  return {
    timers,
    runFrames: () => frames.splice(0).map((run) => run()).length,
    advance(ms: number) {
      now += ms;
      for (const { run } of timers.splice(0)) run();
    },
    restore: () => Object.assign(globalThis, real),
  };
};

test('a burst is rendered once in 200 ms, and a change by the user in the next frame', () => {
  const time = simulateTime();
  try {
    const rendered: number[] = [];
    const store = createStore(empty, ({ shownRows }) => rendered.push(shownRows));
    for (let i = 1; i <= 3; i++) store.receive({ shownRows: i });
    expect(time.runFrames()).toBe(1);
    for (let i = 4; i <= 1000; i++) store.receive({ shownRows: i });
    expect(time.runFrames()).toBe(0);
    expect(time.timers.map(({ ms }) => ms)).toEqual([200]);
    time.advance(200);
    expect(time.runFrames()).toBe(1);
    store.receive({ shownRows: 1001 });
    store.set({ shownRows: 1002 });
    store.set({ shownRows: 1003 });
    expect(time.runFrames()).toBe(1);
    expect(time.timers).toEqual([]);
    expect(rendered).toEqual([3, 1000, 1003]);
  } finally {
    time.restore();
  }
});

test('a loader asks once at a time, then for the newest key alone, and passes on an error', async () => {
  const asked: string[] = [];
  const loaded: [string, object][] = [];
  const waiting: (() => void)[] = [];
  const load = createLoader(
    async (key: string) => {
      asked.push(key);
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (key === 'bad') throw new Error('There is none.');
      return key.length;
    },
    (key, result) => loaded.push([key, result]),
  );
  for (const key of ['a', 'b', 'bad']) load(key);
  expect(asked).toEqual(['a']);
  waiting.shift()?.();
  await expect.poll(() => asked).toEqual(['a', 'bad']);
  waiting.shift()?.();
  await expect
    .poll(() => loaded)
    .toEqual([
      ['a', { value: 1 }],
      ['bad', { error: 'There is none.' }],
    ]);
  load('again');
  expect(asked).toEqual(['a', 'bad', 'again']);
});
