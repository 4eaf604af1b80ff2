interface Waiter {
  rank: number;
  signal: AbortSignal;
  /** Resolves what it waits for. */
  answer(mayBegin: boolean): void;
}

const SECOND_MS = 1000;

/**
 * Lets so many begin in any second, by a window that slides. Others let two windows' requests meet at the seam, and
 * p-throttle reserves a time for each that waits, which those that give up would take from those that come.
 */
export const createRate = (perSecond: number) => {
  /** When the latest began, the oldest first. */
  const begun: number[] = [];
  const waiting = new Set<Waiter>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const admit = () => {
    clearTimeout(timer);
    while (waiting.size) {
      const [oldest = 0] = begun;
      const inMs = begun.length < perSecond ? 0 : oldest + SECOND_MS - performance.now();
      if (inMs > 0) {
        timer = setTimeout(admit, Math.ceil(inMs));
        return;
      }
      begun.push(performance.now());
      if (begun.length > perSecond) begun.shift();
      dismiss(
        [...waiting].reduce((first, other) => (other.rank < first.rank ? other : first)),
        true,
      );
    }
  };

  const dismiss = (waiter: Waiter, mayBegin: boolean) => {
    waiting.delete(waiter);
    waiter.answer(mayBegin);
  };

  /** One listener for all that wait by the same signal: Node warns of more than ten. */
  const watched = new WeakSet<AbortSignal>();
  const watch = (signal: AbortSignal) => {
    if (watched.has(signal)) return;
    watched.add(signal);
    signal.addEventListener('abort', () => {
      for (const waiter of waiting) if (waiter.signal === signal) dismiss(waiter, false);
      admit();
    });
  };

  /** Resolves to true when it may begin, the lowest rank first; to false, and takes no one's place, once aborted. */
  return (rank: number, signal: AbortSignal): Promise<boolean> =>
    new Promise((answer) => {
      if (signal.aborted) return answer(false);
      watch(signal);
      waiting.add({ rank, signal, answer });
      admit();
    });
};
