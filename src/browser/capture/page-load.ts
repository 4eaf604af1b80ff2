import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { tryOrUndefined } from '../../contract/try.js';
import { isVisible, onPageHide, onVisible, whenParsed } from '../platform/lifecycle.js';
import { isRendered, LOOK_AGAIN_MS } from '../platform/visibility.js';
import type { Reading } from './read-event.js';

export interface Loads {
  /** Elements that have come, or whose marks have changed. */
  watch(elements: Iterable<Element>): void;
  /**
   * Another page view: what is shown from now on counts again.
   * @param includesShown items that are shown already count again, too
   */
  restart(includesShown: boolean): void;
}

/** Records each item once a page view, when an element marked `load` is shown: when it is added, or later. */
export const captureLoads = (
  read: (element: Element, trigger: 'load') => Reading | undefined,
  record: (event: Reading['event'], trigger: 'load') => void,
  signal: AbortSignal,
): Loads => {
  /** Keys of the events of this page view. */
  let viewed = new Set<string>();
  /** The key of each element when it was last checked; undefined while it is hidden. */
  const shown = new Map<Element, string | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** While false, later scripts may still hide pages of a router or panels of tabs. */
  let isParsed = false;

  const keyOf = (event: Reading['event']) => {
    const { eventType, itemId, actionId } = event as TrackedEvent & Partial<TrackedAction>;
    return JSON.stringify([eventType, itemId, actionId]);
  };

  const show = (element: Element) => {
    const event = read(element, 'load')?.event;
    const key = event ? keyOf(event) : '';
    const before = shown.get(element);
    shown.set(element, key);
    if (!event || key === before || viewed.has(key)) return;
    viewed.add(key);
    record(event, 'load');
  };

  const look = () => {
    clearTimeout(timer);
    if (signal.aborted || !isParsed || !isVisible()) return;
    let isAnyHidden = false;
    for (const [element, before] of shown) {
      if (!element.isConnected) {
        shown.delete(element);
        observer?.unobserve(element);
      } else if (!isRendered(element)) {
        isAnyHidden = true;
        shown.set(element, undefined);
      } else if (before === undefined) show(element);
    }
    if (isAnyHidden) timer = setTimeout(look, LOOK_AGAIN_MS);
  };

  // Called when one is hidden or removed. Safari before 13.1 has none.
  const observer = tryOrUndefined(() => new ResizeObserver(look));
  signal.addEventListener('abort', () => observer?.disconnect());
  const begin = () => {
    isParsed = true;
    for (const element of shown.keys()) if (isRendered(element)) show(element);
    look();
  };
  whenParsed(begin, signal);
  onPageHide(() => isParsed || begin(), signal);
  onVisible(look, signal);

  return {
    watch(elements) {
      for (const element of elements) {
        if (!shown.has(element)) observer?.observe(element);
        if (isParsed && isRendered(element)) show(element);
        else shown.set(element, undefined);
      }
      look();
    },
    restart(includesShown) {
      viewed = new Set();
      if (includesShown) for (const element of shown.keys()) shown.set(element, undefined);
      look();
    },
  };
};
