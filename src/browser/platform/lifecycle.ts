import { tryOrUndefined } from '../../contract/try.js';
import { readUnclobbered } from './dom-clobbering.js';

/** Removes what was installed. */
export type Stop = () => void;

/**
 * Adds a passive listener until `signal` is aborted. (Safari before 15 ignores signals: the listener stays.)
 * Calls the browser's own method, even if the page has replaced it.
 */
export const listen = (
  target: EventTarget,
  type: string,
  run: (event: Event) => void,
  signal: AbortSignal,
  capture = false,
): void =>
  readUnclobbered(target, 'addEventListener').call(target, type, run, { capture, passive: true, signal });

export const isVisible = (): boolean => document.visibilityState === 'visible';

/** Runs when the visitor switches tab or app; on a phone often a page's last event. On unload it follows `pagehide`. */
export const onHidden = (run: () => void, signal: AbortSignal): void =>
  listen(document, 'visibilitychange', () => isVisible() || run(), signal);

export const onVisible = (run: () => void, signal: AbortSignal): void =>
  listen(document, 'visibilitychange', () => isVisible() && run(), signal);

/**
 * Runs when the page is unloaded, for good or into the back/forward cache. Firefox cancels a running listener of
 * `pagehide` as a tab is closed: then `run` starts once more as the page is hidden, which follows.
 */
export const onPageHide = (run: () => void, signal: AbortSignal): void => {
  let isUnfinished = false;
  const runToEnd = () => {
    isUnfinished = true;
    run();
    isUnfinished = false;
  };
  // It fires only on `window`, never on `document`.
  listen(window, 'pagehide', runToEnd, signal);
  onHidden(() => isUnfinished && runToEnd(), signal);
};

/** Runs when the page is restored from the back/forward cache, with its memory as it was. */
export const onPageRestored = (run: () => void, signal: AbortSignal): void =>
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && run(), signal);

/** Runs when the network is back. */
export const onlineAgain = (run: () => void, signal: AbortSignal): void =>
  listen(window, 'online', run, signal);

declare global {
  interface Document {
    /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
    readonly prerendering?: boolean;
  }
}

/** Returns whether the page is being prerendered: it may never be seen. */
export const isPrerendered = (): boolean => !!document.prerendering;

/** Runs at once, or when a prerendered page is seen for the first time. */
export const whenActivated = (run: () => void): void => {
  if (isPrerendered()) document.addEventListener('prerenderingchange', run, { once: true });
  else run();
};

/** Runs at once, or when the document has been parsed and its deferred scripts have run. Once. */
export const whenParsed = (run: () => void, signal: AbortSignal): void => {
  // `readyState` is `interactive` before those scripts and after them.
  const isOver = () =>
    (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domContentLoadedEventStart;
  if (document.readyState === 'complete' || tryOrUndefined(isOver)) {
    run();
    return;
  }
  let hasRun = false;
  const runOnce = () => {
    if (!hasRun) run();
    hasRun = true;
  };
  listen(document, 'DOMContentLoaded', runOnce, signal);
  // Safari before 15 has no such entry: a script that starts between the two events hears only this one.
  listen(window, 'load', runOnce, signal);
};

/** A browser without `requestIdleCallback` has painted a few frames in this time, in milliseconds. */
const IDLE_FALLBACK_MS = 50;

/** Runs once, when the browser is idle; at the latest after `timeout` milliseconds. */
export const whenIdle = (run: () => void, timeout = 2000): void => {
  // Safari lacks it (https://caniuse.com/requestidlecallback), and a page may use this name for something else.
  if (!tryOrUndefined(() => requestIdleCallback(run, { timeout }))) setTimeout(run, IDLE_FALLBACK_MS);
};

const runInNextTask = (run: () => void): void => {
  setTimeout(run);
  // A timer waits for other tasks, and in a hidden page for a second. But Safari before 26 lacks `scheduler`
  // (https://caniuse.com/mdn-api_scheduler_posttask), and a page may use this name for something else.
  tryOrUndefined(() => scheduler.postTask(run, { priority: 'user-blocking' }));
};

/** Returns a function that schedules `run`: once, however often it is called before `run` begins. */
const coalesce = (schedule: (run: () => void) => void, run: () => void): (() => void) => {
  let isDue = false;
  const runIfDue = () => {
    if (!isDue) return;
    isDue = false;
    run();
  };
  return () => {
    if (isDue) return;
    isDue = true;
    schedule(runIfDue);
  };
};

/**
 * Returns a function that runs `run` as a microtask, once: before the current task ends, and in a listener that the
 * browser has called before the next listener.
 */
export const onceInThisTask = (run: () => void): (() => void) => coalesce(queueMicrotask, run);

/** Returns a function that runs `run` right after the current task, once. */
export const onceInNextTask = (run: () => void): (() => void) => coalesce(runInNextTask, run);

/** Returns a function that runs `run` when the browser is idle, at the latest after two seconds, once. */
export const onceWhenIdle = (run: () => void): (() => void) => coalesce(whenIdle, run);
