/** Rejects, without a reason, when `promise` has not settled in `ms`: what never answers must not be waited for. */
export const withTimeout = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(reject, ms);
    // A page's promise may lack `finally`.
    Promise.resolve(promise)
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
