import { expect, test } from '@playwright/test';
import { ageOf, createClock } from '../../src/contract/clock.js';

const HOUR_MS = 3_600_000;

const setUp = () => {
  const visitor = { time: Date.UTC(2026, 0, 1), elapsed: 500 };
  const clock = createClock(
    () => visitor.elapsed,
    () => visitor.time,
  );
  const pass = (ms: number) => {
    visitor.time += ms;
    visitor.elapsed += ms;
  };
  const learn = (offset: number) => clock.learn(new Date(visitor.time + offset).toUTCString());
  return { visitor, clock, pass, learn };
};

test("the clock shows the visitor's time until an answer brings the server's", () => {
  const { clock, visitor, learn } = setUp();
  expect(clock.now()).toBe(visitor.time);
  expect(clock.known()).toBeUndefined();
  learn(HOUR_MS);
  expect(clock.offset).toBe(HOUR_MS);
  expect(clock.now()).toBe(visitor.time + HOUR_MS);
  expect(clock.known()).toBe(HOUR_MS);
});

test('an offset of seconds is ignored, and an offset is dropped once the clock is right', () => {
  const { clock, learn } = setUp();
  learn(9_000);
  expect([clock.offset, clock.known()]).toEqual([0, 0]);
  learn(-20_000);
  expect(clock.offset).toBe(-20_000);
  learn(-25_000);
  expect(clock.offset).toBe(-20_000);
  learn(3_000);
  expect(clock.offset).toBe(0);
});

test('an answer without a date changes nothing', () => {
  const { clock } = setUp();
  clock.learn(null);
  clock.learn('soon');
  expect([clock.offset, clock.known()]).toEqual([0, undefined]);
});

test('an offset is unknown after the clock was set, until the next answer', () => {
  const { clock, visitor, learn, pass } = setUp();
  learn(HOUR_MS);
  pass(5 * HOUR_MS);
  expect(clock.known()).toBe(HOUR_MS);
  visitor.time += HOUR_MS;
  expect(clock.known()).toBeUndefined();
  learn(0);
  expect(clock.known()).toBe(0);
});

test('only a change of the offset is reported', () => {
  const { clock, learn, pass } = setUp();
  let changes = 0;
  clock.onOffset = () => changes++;
  learn(5_000);
  expect(changes).toBe(0);
  learn(HOUR_MS);
  learn(HOUR_MS + 1000);
  expect(changes).toBe(1);
  pass(1000);
  learn(0);
  expect(changes).toBe(2);
});

test('the age of an event is the least that its clock allows', () => {
  const now = Date.UTC(2026, 10, 28);
  const year = 365 * 24 * HOUR_MS;
  expect(ageOf(now - HOUR_MS, undefined, now)).toBe(HOUR_MS);
  // A clock that is still wrong, and one that has been corrected since.
  expect(ageOf(now - HOUR_MS, 7 * year, now)).toBe(HOUR_MS);
  expect(ageOf(now - HOUR_MS - 7 * year, 7 * year, now)).toBe(HOUR_MS);
  expect(ageOf(now - HOUR_MS + 9 * year, -9 * year, now)).toBe(HOUR_MS);
  // A time in the future, and one before the tracker existed.
  expect(ageOf(now + 1, undefined, now)).toBe(Number.POSITIVE_INFINITY);
  expect(ageOf(now - 7 * year, undefined, now)).toBe(Number.POSITIVE_INFINITY);
  expect(ageOf(now - 7 * year - HOUR_MS, undefined, now - 7 * year)).toBe(HOUR_MS);
});
