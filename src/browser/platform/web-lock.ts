import { onPageHide } from './lifecycle.js';
import { withTimeout } from './timeout.js';

/** Two requests at their timeout take a minute: a tab that holds a lock for longer is frozen. */
const LOCK_TIMEOUT_MS = 65_000;

/**
 * Runs while no other tab of the site runs anything under the same name. Without Web Locks it runs at once. The lock is
 * released as the page unloads: a browser drops a page from the back/forward cache when the next page waits for its lock.
 */
export const withWebLock = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
  let running: Promise<T> | undefined;
  const runOnce = () => (running ??= run());
  const listening = new AbortController();
  const unloaded = new Promise<void>((resolve) => onPageHide(resolve, listening.signal));
  const hold = () => Promise.race([runOnce(), unloaded]);
  try {
    await withTimeout(LOCK_TIMEOUT_MS, navigator.locks.request(name, hold));
  } catch {
    // No Web Locks (http:, Safari before 15.4), or no lock in time. A rejection of `run` follows below.
  }
  listening.abort();
  return runOnce();
};
