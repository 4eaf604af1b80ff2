/** Settles like `promise`, or rejects without a reason if that takes longer than `ms`: some promises never settle. */
export const withTimeout = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(reject, ms);
    // A page's promise may lack `finally`.
    Promise.resolve(promise)
      .finally(() => clearTimeout(timer))
      .then(resolve, reject);
  });
