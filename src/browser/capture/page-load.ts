import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { tryOrUndefined } from '../../contract/try.js';
import { isVisible, onPageHide, onVisible, whenParsed } from '../platform/lifecycle.js';
import { isRendered, LOOK_AGAIN_MS } from '../platform/visibility.js';
import { createCountedKeys } from './counted-keys.js';
import type { Reading } from './read-event.js';

export interface Loads {
  /** Watches elements that are new, or whose attributes have changed. */
  watch(elements: Iterable<Element>): void;
  /** Checks all watched elements again: the page has changed. */
  check(): void;
  /**
   * Begins another page view: what is shown from now on counts again.
   * @param includesShown items that are shown already count again, too
   */
  restart(includesShown: boolean): void;
}

const keyOf = (event: Reading['event']) => {
  const { eventType, itemId, actionId } = event as TrackedEvent & Partial<TrackedAction>;
  return JSON.stringify([eventType, itemId, actionId]);
};

/**
 * Records each item once a page view, when an element with the trigger `load` is shown: when the page adds it, or later.
 */
export const captureLoads = (
  read: (element: Element, trigger: 'load') => Reading | undefined,
  record: (event: Reading['event'], trigger: 'load') => void,
  signal: AbortSignal,
): Loads => {
  let countKey = createCountedKeys();
  /** The key of each element when it was last checked; undefined while it is hidden. */
  const shown = new Map<Element, string | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** While false, later scripts may still hide pages of a router or panels of tabs. */
  let isParsed = false;

  const onShown = (element: Element) => {
    const event = read(element, 'load')?.event;
    const key = event ? keyOf(event) : '';
    const keyBefore = shown.get(element);
    shown.set(element, key);
    if (event && key !== keyBefore && countKey(key)) record(event, 'load');
  };

  const unwatch = (element: Element) => {
    shown.delete(element);
    observer?.unobserve(element);
  };

  /** Checks an element that is on the page. Returns whether it is shown. */
  const check = (element: Element, keyBefore: string | undefined) => {
    if (!isRendered(element)) {
      shown.set(element, undefined);
      return false;
    }
    if (keyBefore === undefined) onShown(element);
    return true;
  };

  const checkAll = () => {
    clearTimeout(timer);
    // A page that changes in a hidden tab must not keep what it has removed.
    for (const element of shown.keys()) if (!element.isConnected) unwatch(element);
    if (signal.aborted || !isParsed || !isVisible()) return;
    let isAnyHidden = false;
    for (const [element, keyBefore] of shown) {
      if (!check(element, keyBefore)) isAnyHidden = true;
    }
    if (isAnyHidden) timer = setTimeout(checkAll, LOOK_AGAIN_MS);
  };

  // Called when an element is hidden or removed. Safari before 13.1 has no ResizeObserver.
  const observer = tryOrUndefined(() => new ResizeObserver(checkAll));
  signal.addEventListener('abort', () => observer?.disconnect());
  const onParsed = () => {
    isParsed = true;
    for (const element of shown.keys()) if (isRendered(element)) onShown(element);
    checkAll();
  };
  whenParsed(onParsed, signal);
  onPageHide(() => isParsed || onParsed(), signal);
  onVisible(checkAll, signal);

  return {
    watch(elements) {
      for (const element of elements) {
        if (!shown.has(element)) observer?.observe(element);
        if (isParsed && isRendered(element)) onShown(element);
        else shown.set(element, undefined);
      }
      checkAll();
    },
    check: checkAll,
    restart(includesShown) {
      countKey = createCountedKeys();
      if (includesShown) for (const element of shown.keys()) shown.set(element, undefined);
      checkAll();
    },
  };
};
