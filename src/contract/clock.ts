/** The visitor's clock, corrected by what a server said. All times are Unix milliseconds. */
export interface Clock {
  /** True time as far as it is known. */
  now(): number;
  /** Milliseconds to add to the visitor's clock. */
  offset: number;
  /** The offset, where it is sure: an answer has told it, and the clock has not been set since. */
  known(): number | undefined;
  /** Learns from the `Date` of an answer that cannot have come from a cache. */
  learn(date: string | null): void;
  /** Is called when an answer has changed the offset. */
  onOffset?: () => void;
}

/** No right clock shows less: the tracker is younger. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** Whether a clock that shows this is certain to be wrong. */
export const isTooEarly = (time: number): boolean => time < EARLIEST_MS;

/**
 * Returns the least time that can have passed since the visitor's clock showed `then`. Infinity where it cannot be told: the
 * clock has been set since, and nobody knows by how much.
 * @param offset the clock's then, where it was known: it may have been put right since
 */
export const ageOf = (then: number, offset: number | undefined, now: number): number => {
  const age = now - then;
  if (!offset && isTooEarly(then) && !isTooEarly(now)) return Number.POSITIVE_INFINITY;
  return Math.min(...[age, age - (offset ?? 0)].filter((each) => each >= 0));
};

// `Date` counts whole seconds and the answer was some time on the way: a difference below this is no evidence.
const NOISE_MS = 10_000;

/**
 * @param elapsed milliseconds since some moment, whatever the clock is set to
 * @param now the visitor's clock
 */
export const createClock = (elapsed: () => number, now: () => number = Date.now): Clock => {
  /** Where the visitor's clock stood at `elapsed` zero: moves when the clock is set. */
  const zero = () => now() - elapsed();
  let learntAt: number | undefined;
  const clock: Clock = {
    offset: 0,
    now: () => now() + clock.offset,
    // Before anything is learnt the difference is NaN, which is below nothing.
    known: () => (Math.abs(zero() - (learntAt as number)) < NOISE_MS ? clock.offset : undefined),
    learn(date) {
      const told = Date.parse(date ?? '');
      if (!told) return;
      const offset = told - now();
      learntAt = zero();
      if (Math.abs(offset - clock.offset) > NOISE_MS) {
        clock.offset = Math.abs(offset) > NOISE_MS ? offset : 0;
        clock.onOffset?.();
      }
    },
  };
  return clock;
};
