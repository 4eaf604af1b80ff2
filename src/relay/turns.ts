import pLimit from 'p-limit';
import { refuseForNow } from './refusal.js';

/** A crowd has passed, and another machine has taken over, within seconds. */
const RETRY_AFTER_SECONDS = 10;

/**
 * Lets so many run at a time and so many wait for their turn.
 * @param concurrency at a time
 * @param maxWaiting for their turn
 */
export const createTurns = (concurrency: number, maxWaiting: number) => {
  const limit = pLimit(concurrency);
  const underWay = new Set<Promise<void>>();
  let isClosed = false;
  return {
    /** Settles as `run` does; throws the answer where there is no room. */
    async take(run: () => Promise<void>): Promise<void> {
      if (isClosed) throw refuseForNow(RETRY_AFTER_SECONDS, 'the relay is shutting down');
      if (underWay.size >= concurrency + maxWaiting) {
        throw refuseForNow(RETRY_AFTER_SECONDS, 'too many batches wait');
      }
      const turn = limit(run);
      underWay.add(turn);
      await turn.finally(() => underWay.delete(turn));
    },
    /** Lets nobody in any more; resolves when all who are in have ended. */
    async close(): Promise<void> {
      isClosed = true;
      await Promise.allSettled(underWay);
    },
  };
};
