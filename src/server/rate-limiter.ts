/**
 * Resolves to true when a request may begin, the one with the lowest rank first; to false once the signal is aborted: it
 * then uses up nothing of the rate.
 */
export type WaitForTurn = (rank: number, signal: AbortSignal) => Promise<boolean>;

interface Waiter {
  rank: number;
  signal: AbortSignal;
  resolve(mayBegin: boolean): void;
}

const SECOND_MS = 1000;

const withLowestRank = (waiters: Iterable<Waiter>) =>
  [...waiters].reduce((first, other) => (other.rank < first.rank ? other : first));

/**
 * Limits the requests that begin in any second, by a sliding window. With fixed windows, the requests of two of them may
 * fall into one second. p-throttle reserves a time for each waiter, which one that gives up would take from the others.
 */
export const createRateLimiter = (perSecond: number): WaitForTurn => {
  /** Start times of the latest requests, the oldest first. */
  const begun: number[] = [];
  const waiting = new Set<Waiter>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const dismiss = (waiter: Waiter, mayBegin: boolean) => {
    waiting.delete(waiter);
    waiter.resolve(mayBegin);
  };

  const admit = () => {
    clearTimeout(timer);
    while (waiting.size) {
      const [oldest = 0] = begun;
      const delayMs = begun.length < perSecond ? 0 : oldest + SECOND_MS - performance.now();
      if (delayMs > 0) {
        timer = setTimeout(admit, Math.ceil(delayMs));
        return;
      }
      begun.push(performance.now());
      if (begun.length > perSecond) begun.shift();
      dismiss(withLowestRank(waiting), true);
    }
  };

  /** Signals with a listener. One serves all waiters of a signal: Node warns of more than ten. */
  const watched = new WeakSet<AbortSignal>();
  const watch = (signal: AbortSignal) => {
    if (watched.has(signal)) return;
    watched.add(signal);
    signal.addEventListener('abort', () => {
      for (const waiter of waiting) if (waiter.signal === signal) dismiss(waiter, false);
      admit();
    });
  };

  return (rank, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(false);
      watch(signal);
      waiting.add({ rank, signal, resolve });
      admit();
    });
};
