/** A timer in Node and Bun. Other runtimes' timers are numbers, or have no `unref`. */
type Timer = ReturnType<typeof setTimeout> & { unref?(): void };

/** Starts a timer that does not keep the process alive, if the runtime can do that. */
export const startUnrefTimer = (run: () => void, ms: number): Timer => {
  const timer: Timer = setTimeout(run, ms);
  timer.unref?.();
  return timer;
};

/** The longest interval of a timer. */
const LONGEST_MS = 2 ** 31 - 1;

/** Keeps the process alive until a promise has settled. Settles as it does. */
export const keepAlive = async <T>(promise: Promise<T>): Promise<T> => {
  const timer = setInterval(() => {}, LONGEST_MS);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
};
