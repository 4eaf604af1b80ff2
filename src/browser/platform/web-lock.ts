import { withTimeout } from './timeout.js';

/** Two requests at their timeout take a minute: a tab that holds a lock for longer is frozen. */
const LOCK_TIMEOUT_MS = 65_000;

/** Runs while no other tab of the site runs anything under the same name. Without Web Locks it runs at once. */
export const withWebLock = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
  let running: Promise<T> | undefined;
  const runOnce = () => (running ??= run());
  try {
    return await withTimeout(LOCK_TIMEOUT_MS, navigator.locks.request(name, runOnce));
  } catch {
    // No Web Locks (http:, Safari before 15.4), or no lock in time. If `run` itself has rejected, this rejects
    // likewise.
    return runOnce();
  }
};
