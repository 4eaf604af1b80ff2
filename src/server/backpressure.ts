import pLimit from 'p-limit';
import { createUnavailableError } from './service-error.js';

/** Within seconds a burst of requests has passed, and another machine has taken over from one that shuts down. */
const RETRY_AFTER_SECONDS = 10;

/** Limit of all bodies that are being read or wait to be forwarded: 32 MiB, 512 of the largest that the default allows. */
export const MAX_BYTES_IN_FLIGHT = 32 * 1024 * 1024;

/**
 * Limits how many requests, and how many bytes of their bodies, the relay holds at a time.
 * @param concurrency batches that are forwarded at a time
 * @param maxWaiting further requests, whose body is being read or which wait for their turn
 */
export const createBackpressure = (concurrency: number, maxWaiting: number) => {
  const limit = pLimit(concurrency);
  const admitted = new Set<Promise<unknown>>();
  let admittedBytes = 0;
  let isClosed = false;
  return {
    /** Reserves `bytes` while `run` runs, and settles as it does. Throws the answer when a limit is reached. */
    async admit<T>(bytes: number, run: () => Promise<T>): Promise<T> {
      if (isClosed) throw createUnavailableError(RETRY_AFTER_SECONDS, 'the relay is shutting down');
      if (admitted.size >= concurrency + maxWaiting || admittedBytes + bytes > MAX_BYTES_IN_FLIGHT) {
        throw createUnavailableError(RETRY_AFTER_SECONDS, 'too many batches wait');
      }
      admittedBytes += bytes;
      const running = run().finally(() => {
        admitted.delete(running);
        admittedBytes -= bytes;
      });
      admitted.add(running);
      return running;
    },
    /** Runs `run` when its turn comes. Rejects without running it if the signal has been aborted by then. */
    runInTurn: (signal: AbortSignal, run: () => Promise<void>): Promise<void> =>
      limit(() => {
        signal.throwIfAborted();
        return run();
      }),
    /** Admits no further requests. Resolves when all admitted ones have ended. */
    async close(): Promise<void> {
      isClosed = true;
      await Promise.allSettled(admitted);
    },
  };
};
