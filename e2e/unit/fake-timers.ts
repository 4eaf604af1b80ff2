import { AsyncLocalStorage } from 'node:async_hooks';

/** The timers of the code that runs, such as one of several pages. */
interface Timers {
  /** Returns a timer with `cancel()`. */
  setTimeout(run: () => void, ms: number): unknown;
  /** Returns the monotonic time in milliseconds. Default: the real one. */
  now?(): number;
}

const acting = new AsyncLocalStorage<Timers>();

/** Runs code, and everything that it starts, with timers of its own. */
export const runWithTimers = <T>(timers: Timers, run: () => T): T => acting.run(timers, run);

/** Replaces the global timers for code that runs by `runWithTimers`. Other code gets the real ones. */
export const fakeTimers = () => {
  const { setTimeout, clearTimeout } = globalThis;
  const { random } = Math;
  const now = performance.now.bind(performance);
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ...rest: [number]) =>
      (acting.getStore()?.setTimeout ?? setTimeout)(run, ...rest),
    clearTimeout(timer?: { cancel?(): void } & NodeJS.Timeout) {
      if (timer?.cancel) timer.cancel();
      else clearTimeout(timer);
    },
  });
  performance.now = () => acting.getStore()?.now?.() ?? now();
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Object.assign(performance, { now });
    Math.random = random;
  };
};
