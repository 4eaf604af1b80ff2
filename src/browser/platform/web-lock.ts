import { withTimeout } from './timeout.js';

/** Two requests at their time limit take a minute: whoever holds a lock for longer is frozen. */
const WAIT_MS = 65_000;

/** Runs while no other tab of the site runs anything of this name, where the browser has Web Locks. */
export const withWebLock = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
  let running: Promise<T> | undefined;
  const runOnce = () => (running ??= run());
  try {
    return await withTimeout(WAIT_MS, navigator.locks.request(name, runOnce));
  } catch {
    // No locks (http:, Safari before 15.4), or none in time; what `run` itself rejects with, this rejects with.
    return runOnce();
  }
};
