/**
 * Settles as what `run` returns does, or rejects once the signal is aborted. All that another's code or the network owes
 * is awaited through it: a promise that never settles would hold its place for ever.
 * @param what is named in the error
 */
export const untilAborted = <T>(
  signal: AbortSignal,
  what: string,
  run: () => T | PromiseLike<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () =>
      reject(new DOMException(`${what} has not settled: ${signal.reason.message}`, 'TimeoutError'));
    signal.addEventListener('abort', abort, { once: true });
    const done = async () => run();
    done()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });

/** Runs with a signal that is aborted after `ms`; settles as `run` does, which awaits by `untilAborted`. */
export const withTimeLimit = async <T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`the limit of ${ms} ms is over`)), ms);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
};
