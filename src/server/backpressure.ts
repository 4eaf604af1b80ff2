import pLimit from 'p-limit';
import { refuseForNow } from './refusal.js';

/** A crowd has passed, and another machine has taken over, within seconds. */
const RETRY_AFTER_SECONDS = 10;

/** Of all bodies that are being read, or wait to be passed on: 32 MiB, 512 of the largest that the default allows. */
export const MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;

/**
 * Bounds what the relay holds at a time: in requests, and in bytes of their bodies.
 * @param concurrency batches that are passed on at a time
 * @param maxWaiting further requests, which are being read or wait for their turn
 */
export const createBackpressure = (concurrency: number, maxWaiting: number) => {
  const limit = pLimit(concurrency);
  const inside = new Set<Promise<unknown>>();
  let bytesInside = 0;
  let isClosed = false;
  return {
    /** Runs with room for `bytes`, and settles as `run` does; throws the answer where there is no room. */
    async enter<T>(bytes: number, run: () => Promise<T>): Promise<T> {
      if (isClosed) throw refuseForNow(RETRY_AFTER_SECONDS, 'the relay is shutting down');
      if (inside.size >= concurrency + maxWaiting || bytesInside + bytes > MAX_BYTES_IN_FLIGHT) {
        throw refuseForNow(RETRY_AFTER_SECONDS, 'too many batches wait');
      }
      bytesInside += bytes;
      const visit = run().finally(() => {
        inside.delete(visit);
        bytesInside -= bytes;
      });
      inside.add(visit);
      return visit;
    },
    /** Runs when it is its turn; does not run if the signal has been aborted by then. */
    takeTurn: (signal: AbortSignal, run: () => Promise<void>): Promise<void> =>
      limit(() => {
        signal.throwIfAborted();
        return run();
      }),
    /** Admits no further requests; resolves when all that are in have ended. */
    async close(): Promise<void> {
      isClosed = true;
      await Promise.allSettled(inside);
    },
  };
};
