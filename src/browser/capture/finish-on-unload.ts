import { isVisible, listen } from '../platform/lifecycle.js';
import { isolate } from '../platform/log-error.js';

/** Functions that record at once what waits for more: a run of changes, the part played so far. */
export type Unfinished = Set<() => void>;

/** Runs these functions when the page is hidden or unloaded, before the tracker flushes its queue. Returns a way to run them now. */
export const finishOnUnload = (unfinished: Unfinished, signal: AbortSignal): (() => void) => {
  const finish = () => {
    for (const run of unfinished) isolate(run);
  };
  listen(window, 'pagehide', finish, signal, true);
  listen(window, 'visibilitychange', () => isVisible() || finish(), signal, true);
  return finish;
};
