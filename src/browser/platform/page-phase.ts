import { onHidden, onlineAgain, onPageHide, onPageRestored, onVisible } from './lifecycle.js';

/**
 * The phase of the page, in one place. A tracker is active from `activate()` on, but for the time between the page's
 * unload and its restore from the back/forward cache, and never again after `stop()`.
 */
export interface PagePhase {
  /** Whether events may be stored and sent. */
  isActive(): boolean;
  /** Whether the visitor has seen the page and consents: storage may be used. True also once the page is unloaded or stopped. */
  isActivated(): boolean;
  /** Aborted by `stop()`; takes every listener off. */
  signal: AbortSignal;
  /** The visitor sees the page and consents. */
  activate(): void;
  /** The visitor withdraws consent. */
  deactivate(): void;
  /** The page goes away, for good or into the back/forward cache. For a moment its code may still run. */
  unload(): void;
  /** The page is back from the back/forward cache. */
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

/** What a tracker does as the phase changes; each runs after the phase has changed. */
export interface PhaseListeners {
  onUnload(): void;
  onRestore(): void;
  onHide(): void;
  /** The page is visible again, or has a network again. */
  onReturn(): void;
}

/** Moves the phase as the browser says. */
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
