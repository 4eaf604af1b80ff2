import { onHidden, onlineAgain, onPageHide, onPageRestored, onVisible } from './lifecycle.js';

/**
 * The phase of the page, in one place. A tracker is active from `activate()` on, except between the page's unload and
 * its restore from the back/forward cache, and never again after `stop()`.
 */
export interface PagePhase {
  /** Returns whether events may be stored and sent. */
  isActive(): boolean;
  /**
   * Returns whether the visitor has seen the page and consents, so that storage may be used. Stays true after unload
   * and `stop()`.
   */
  isActivated(): boolean;
  /** Aborted by `stop()`, which removes every listener. */
  signal: AbortSignal;
  /** Notes that the visitor sees the page and consents. */
  activate(): void;
  /** Notes that the visitor has withdrawn consent. */
  deactivate(): void;
  /** Notes that the page unloads, for good or into the back/forward cache. Its code may still run for a moment. */
  unload(): void;
  /** Notes that the page is restored from the back/forward cache. */
  restore(): void;
  stop(): void;
}

export const createPagePhase = (): PagePhase => {
  const controller = new AbortController();
  const { signal } = controller;
  let isActivated = false;
  let isUnloaded = false;
  return {
    signal,
    isActivated: () => isActivated,
    isActive: () => isActivated && !isUnloaded && !signal.aborted,
    activate() {
      isActivated = true;
    },
    deactivate() {
      isActivated = false;
    },
    unload() {
      isUnloaded = true;
    },
    restore() {
      isUnloaded = false;
    },
    stop: () => controller.abort(),
  };
};

/** Reactions to a change of the phase; each runs after the change. */
export interface PhaseListeners {
  onUnload(): void;
  onRestore(): void;
  onHide(): void;
  /** The page is visible again, or has a network again. */
  onReturn(): void;
}

/** Updates the phase by the browser's lifecycle events, and calls the listeners. */
export const followPage = (phase: PagePhase, listeners: PhaseListeners): void => {
  const { signal } = phase;
  onPageHide(() => {
    phase.unload();
    listeners.onUnload();
  }, signal);
  onHidden(listeners.onHide, signal);
  onPageRestored(() => {
    phase.restore();
    listeners.onRestore();
  }, signal);
  onVisible(listeners.onReturn, signal);
  onlineAgain(listeners.onReturn, signal);
};
