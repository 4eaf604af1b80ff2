import { readUnclobbered } from './dom-clobbering.js';
import { listen } from './lifecycle.js';
import { logError } from './log-error.js';

/** A tracker on this page. All copies and versions of the script read these: the names are for good. */
export interface RunningTracker {
  trackingId: string;
  tracker: { stop(): void };
  /** False once it has been stopped, or `document.open()` has taken its listeners off. */
  isListening(): boolean;
  /** The script that started it; absent of a module. */
  script: Node | null;
  isTold?: boolean;
}

const NAME = 'personalize-beacon';

/** Returns what tells whether the page's listeners are heard still. */
export const probeListeners = (signal: AbortSignal): (() => boolean) => {
  let isHeard = false;
  const hear = () => {
    isHeard = !signal.aborted;
  };
  listen(window, NAME, hear, signal);
  return () => {
    isHeard = false;
    readUnclobbered(window, 'dispatchEvent').call(window, new Event(NAME));
    return isHeard;
  };
};

/** On the window under a symbol, which no enumeration of globals shows. */
const all = (): Set<RunningTracker> => {
  const page = window as unknown as Record<symbol, Set<RunningTracker>>;
  return (page[Symbol.for(NAME)] ??= new Set());
};

export const register = (running: Omit<RunningTracker, 'script'>): void =>
  void all().add({ ...running, script: readUnclobbered(document, 'currentScript') });

/**
 * Finds a tracker that runs already, and says so once. One that no longer listens is stopped, for the next to deliver what
 * it has left.
 */
export const findRunning = (isMeant: (running: RunningTracker) => boolean): RunningTracker | undefined => {
  for (const running of all()) {
    const { trackingId, tracker, script, isTold } = running;
    if (!isMeant(running)) continue;
    if (running.isListening()) {
      // A router that swaps the body runs the scripts in it again; that is no mistake.
      if (!isTold && script?.isConnected !== false) {
        logError(`started again for ${trackingId}: ignored, with its options; stop() comes first`);
        running.isTold = true;
      }
      return running;
    }
    tracker.stop();
    all().delete(running);
  }
  return undefined;
};
