import { readUnclobbered } from './dom-clobbering.js';
import { listen } from './lifecycle.js';
import { logError } from './log-error.js';

/** A tracker on this page. All copies and versions of the script read these objects: the names must never change. */
export interface RunningTracker {
  trackingId: string;
  tracker: { stop(): void };
  /** Returns false once it has been stopped, or `document.open()` has removed its listeners. */
  isListening(): boolean;
  /** The script element that started it; null for a module. */
  script: Node | null;
  /** A second start has been logged. */
  isTold?: boolean;
}

const NAME = 'personalize-beacon';

/** Returns a function that tests whether the page's listeners still work. */
export const probeListeners = (signal: AbortSignal): (() => boolean) => {
  let isHeard = false;
  const onProbe = () => {
    isHeard = !signal.aborted;
  };
  listen(window, NAME, onProbe, signal);
  return () => {
    isHeard = false;
    readUnclobbered(window, 'dispatchEvent').call(window, new Event(NAME));
    return isHeard;
  };
};

/** Returns the page's trackers. They are on the window under a symbol, which no listing of globals shows. */
const trackersOfPage = (): Set<RunningTracker> => {
  const page = window as unknown as Record<symbol, Set<RunningTracker>>;
  return (page[Symbol.for(NAME)] ??= new Set());
};

/** Adds a tracker to those of the page. */
export const register = (running: Omit<RunningTracker, 'script'>): void =>
  void trackersOfPage().add({ ...running, script: readUnclobbered(document, 'currentScript') });

/**
 * Returns a tracker that is already running, and logs that once. Stops a tracker that no longer listens, so that the
 * next one delivers its events.
 */
export const findRunning = (isMatch: (running: RunningTracker) => boolean): RunningTracker | undefined => {
  for (const running of trackersOfPage()) {
    const { trackingId, tracker, script, isTold } = running;
    if (!isMatch(running)) continue;
    if (running.isListening()) {
      // Not logged when a router has replaced the body, which runs the scripts in it again.
      if (!isTold && script?.isConnected !== false) {
        logError(`started again for ${trackingId}: ignored, with its options; stop() comes first`);
        running.isTold = true;
      }
      return running;
    }
    tracker.stop();
    trackersOfPage().delete(running);
  }
  return undefined;
};
