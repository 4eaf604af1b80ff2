import { isVisible, listen } from '../platform/lifecycle.js';
import { isolate } from '../platform/log-error.js';

/** Functions that record at once what would have waited for more: a run of changes, what has been played so far. */
export type Unfinished = Set<() => void>;

/** Runs them when the page is hidden or left, ahead of the tracker, which hands over what it has then. */
export const finishOnUnload = (unfinished: Unfinished, signal: AbortSignal): (() => void) => {
  const finish = () => {
    for (const run of unfinished) isolate(run);
  };
  listen(window, 'pagehide', finish, signal, true);
  listen(window, 'visibilitychange', () => isVisible() || finish(), signal, true);
  return finish;
};
