/** The visitor's clock, corrected by the `Date` of responses. All times are Unix milliseconds. */
export interface Clock {
  /** Returns the corrected time. */
  now(): number;
  /** Milliseconds to add to the visitor's clock. */
  offset: number;
  /** Returns the offset if it is certain: a response has given it, and the clock has not been set since. */
  known(): number | undefined;
  /** Corrects the offset by the `Date` of a response that cannot have come from a cache. */
  learn(date: string | null): void;
  /** Runs when a response has changed the offset. */
  onOffset?: () => void;
}

/** A correct clock shows no earlier time: the tracker did not exist then. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** Returns whether a clock that shows this time is certainly wrong. */
export const isTooEarly = (time: number): boolean => time < EARLIEST_MS;

/**
 * Returns the shortest time, in milliseconds, that can have passed since the visitor's clock showed `then`. Returns
 * Infinity when that is unknown: the clock has been set since, by an unknown amount.
 * @param offset the clock's offset at `then`, if it was known: the clock may have been corrected since
 */
export const ageOf = (then: number, offset: number | undefined, now: number): number => {
  const age = now - then;
  if (!offset && isTooEarly(then) && !isTooEarly(now)) return Number.POSITIVE_INFINITY;
  return Math.min(...[age, age - (offset ?? 0)].filter((each) => each >= 0));
};

/** `Date` has whole seconds, and the response took time to arrive: a smaller difference is ignored. */
const NOISE_MS = 10_000;

/**
 * Creates a clock. Its offset is 0 until a response corrects it.
 * @param elapsed returns milliseconds since a fixed moment, whatever the clock is set to
 * @param now returns the time of the visitor's clock
 */
export const createClock = (elapsed: () => number, now: () => number = Date.now): Clock => {
  /** Returns what the visitor's clock showed when `elapsed` was 0. Changes only when the clock is set. */
  const timeOrigin = () => now() - elapsed();
  let learntOrigin: number | undefined;
  const clock: Clock = {
    offset: 0,
    now: () => now() + clock.offset,
    // Before the first `learn` the difference is NaN, and the comparison is false.
    known: () => (Math.abs(timeOrigin() - (learntOrigin as number)) < NOISE_MS ? clock.offset : undefined),
    learn(date) {
      const serverTime = Date.parse(date ?? '');
      if (!serverTime) return;
      const offset = serverTime - now();
      learntOrigin = timeOrigin();
      if (Math.abs(offset - clock.offset) > NOISE_MS) {
        clock.offset = Math.abs(offset) > NOISE_MS ? offset : 0;
        clock.onOffset?.();
      }
    },
  };
  return clock;
};
