/**
 * Settles as what `run` returns does, or rejects once the signal is aborted. Every wait for the network or for a site's
 * own code goes through it: a promise that never settles would hold its place for ever.
 * @param what the name in the error
 */
export const rejectOnAbort = <T>(
  signal: AbortSignal,
  what: string,
  run: () => T | PromiseLike<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = () =>
      reject(new DOMException(`${what} has not settled: ${signal.reason.message}`, 'TimeoutError'));
    signal.addEventListener('abort', onAbort, { once: true });
    const runAsync = async () => run();
    runAsync()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });

/**
 * Runs `run` with a signal that is aborted after `ms`, and settles as it does. `run` itself awaits by `rejectOnAbort`.
 * @param controller aborts the signal earlier
 */
export const withTimeout = async <T>(
  ms: number,
  run: (signal: AbortSignal) => Promise<T>,
  controller = new AbortController(),
): Promise<T> => {
  const timer = setTimeout(() => controller.abort(new Error(`the limit of ${ms} ms is over`)), ms);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
};
