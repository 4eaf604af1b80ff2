import { expect, test } from '@playwright/test';
import { createRetryGate } from '../../src/browser/delivery/retry-gate.js';

const UNANSWERED = { status: 0, retryAfterMs: 0 };
const REFUSED = { status: 503, retryAfterMs: 0 };

/** Opens a gate whose timer runs at `elapse()`. */
const open = (isVisible = () => true) => {
  let clock = 1_000_000;
  const { setTimeout, clearTimeout } = globalThis;
  let due: { run(): void; ms: number } | undefined;
  Object.assign(globalThis, {
    setTimeout(run: () => void, ms: number) {
      due = { run, ms };
      return due;
    },
    clearTimeout(timer: unknown) {
      if (timer === due) due = undefined;
    },
  });
  let opened = 0;
  const gate = createRetryGate(isVisible, () => clock);
  gate.onOpen(() => opened++);
  return {
    gate,
    opened: () => opened,
    waits: () => due?.ms,
    setClock(ms: number) {
      clock += ms;
    },
    elapse() {
      const { run } = due as { run(): void };
      due = undefined;
      run();
    },
    restore: () => Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
};

let world: ReturnType<typeof open>;
test.afterEach(() => world.restore());

test('a closed gate opens after its delay', () => {
  world = open();
  world.gate.close(1000, REFUSED);
  expect([world.gate.isClosed(), world.waits(), world.opened()]).toEqual([true, 1000, 0]);
  world.elapse();
  expect([world.gate.isClosed(), world.opened()]).toEqual([false, 1]);
});

test('several failures at a time count as one', () => {
  world = open();
  for (let i = 0; i < 3; i++) world.gate.close(1000, UNANSWERED);
  expect(world.gate.failures()).toBe(1);
});

test('after five unanswered attempts the gate opens once a minute', () => {
  world = open();
  for (let i = 0; i < 5; i++) {
    expect(world.gate.isSlow()).toBe(false);
    world.gate.close(10, UNANSWERED);
    if (i < 4) world.elapse();
  }
  expect([world.gate.isSlow(), world.waits()]).toEqual([true, 60_000]);
  world.elapse();
  expect(world.opened()).toBe(5);
  world.gate.close(10, REFUSED);
  expect([world.gate.isSlow(), world.waits()]).toEqual([false, 10]);
});

test('at the slow pace a hidden page stays paused until its next event', () => {
  world = open(() => false);
  for (let i = 0; i < 5; i++) {
    world.gate.close(10, UNANSWERED);
    world.elapse();
  }
  expect([world.opened(), world.gate.isClosed()]).toEqual([4, false]);
});

test("tryNow() opens the gate at once, but not before the server's Retry-After", () => {
  world = open();
  world.gate.close(1000, UNANSWERED);
  world.gate.tryNow();
  expect([world.gate.isClosed(), world.opened(), world.waits()]).toEqual([false, 1, undefined]);
  world.gate.close(20_000, { status: 503, retryAfterMs: 20_000 });
  world.gate.tryNow();
  expect([world.gate.isClosed(), world.opened(), world.waits()]).toEqual([true, 1, 20_000]);
});

test('a restored page waits for the remaining time, never longer than the delay', () => {
  world = open();
  world.gate.close(1000, REFUSED);
  world.gate.pause();
  expect(world.waits()).toBeUndefined();
  for (const [passed, remainingMs] of [
    [400, 600],
    [-10_000, 1000],
    [60_000, 0],
  ] as const) {
    world.setClock(passed);
    world.gate.resume();
    expect(world.waits()).toBe(remainingMs);
  }
});

test("the server's Retry-After elapses in a frozen page, too", () => {
  world = open();
  world.gate.close(20_000, { status: 503, retryAfterMs: 20_000 });
  world.setClock(20_000);
  world.gate.tryNow();
  expect(world.opened()).toBe(1);
});
