import { tryOrUndefined } from '../../contract/try.js';
import { readUnclobbered } from './dom-clobbering.js';

/** Takes back what was installed. */
export type Stop = () => void;

/**
 * Adds a passive listener until `signal` is aborted. (Safari before 15 knows no signals: there it stays.)
 * By the browser's own method, also where the page has a function of its own of that name.
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

/** A switch of tab or app; on a phone often the last thing a page hears. On leaving a page it follows `pagehide`. */
export const onHidden = (run: () => void, signal: AbortSignal): void =>
  listen(document, 'visibilitychange', () => isVisible() || run(), signal);

export const onVisible = (run: () => void, signal: AbortSignal): void =>
  listen(document, 'visibilitychange', () => isVisible() && run(), signal);

/** The page goes away, for good or into the back/forward cache. Fires on `window` alone, never on `document`. */
export const onPageHide = (run: () => void, signal: AbortSignal): void =>
  listen(window, 'pagehide', run, signal);

/** The page is back from the back/forward cache, its memory as it was. */
export const onPageRestored = (run: () => void, signal: AbortSignal): void =>
  listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && run(), signal);

/** The network is back. */
export const onlineAgain = (run: () => void, signal: AbortSignal): void =>
  listen(window, 'online', run, signal);

declare global {
  interface Document {
    /** https://developer.mozilla.org/docs/Web/API/Document/prerendering */
    readonly prerendering?: boolean;
  }
}

/** A prerendered page may never be seen. */
export const isPrerendered = (): boolean => !!document.prerendering;

/** Runs at once, or when a prerendered page is seen for the first time. */
export const whenActivated = (run: () => void): void => {
  if (isPrerendered()) document.addEventListener('prerenderingchange', run, { once: true });
  else run();
};

/** Runs at once, or when the document has been parsed and its deferred scripts have run. */
export const whenParsed = (run: () => void, signal: AbortSignal): void => {
  // It is `interactive` before those scripts and after them.
  const isOver = () =>
    (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).domContentLoadedEventStart;
  if (document.readyState === 'complete' || tryOrUndefined(isOver)) run();
  else listen(document, 'DOMContentLoaded', run, signal);
};

/** Runs once, when the browser has nothing better to do; at the latest after two seconds. */
export const whenIdle = (run: () => void): void => {
  // Safari has none (https://caniuse.com/requestidlecallback), and a page may have something else of that name.
  if (!tryOrUndefined(() => requestIdleCallback(run, { timeout: 2000 }))) setTimeout(run, 200);
};

/** What has `run` run once the task is over, before others; once, however often it is called meanwhile. */
export const onceInNextTask = (run: () => void): (() => void) => {
  let isDue = false;
  const begin = () => {
    if (isDue) {
      isDue = false;
      run();
    }
  };
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(begin);
    // A timer waits for other tasks, and in a hidden page for a second. But Safari has nothing else before 26
    // (https://caniuse.com/mdn-api_scheduler_posttask), and pages have things of their own called so.
    tryOrUndefined(() => scheduler.postTask(begin, { priority: 'user-blocking' }));
  };
};
