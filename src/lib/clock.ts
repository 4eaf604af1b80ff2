/** The visitor's clock, corrected by what a server said. All times are Unix milliseconds. */
export interface Clock {
  /** True time as far as it is known. */
  now(): number;
  /** Milliseconds to add to the visitor's clock. */
  offset: number;
  /** Learns from the `Date` of an answer that cannot have come from a cache. */
  learn(date: string | null): void;
}

// `Date` counts whole seconds and the answer was some time on the way: a difference below this is no evidence.
const NOISE_MS = 10_000;

export const createClock = (now: () => number = Date.now): Clock => {
  const clock: Clock = {
    offset: 0,
    now: () => now() + clock.offset,
    learn(date) {
      const offset = Date.parse(date ?? '') - now();
      if (Math.abs(offset - clock.offset) > NOISE_MS) clock.offset = Math.abs(offset) > NOISE_MS ? offset : 0;
    },
  };
  return clock;
};
