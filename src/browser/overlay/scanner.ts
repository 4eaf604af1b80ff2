import type { Settings } from '../../contract/resolve-options.js';
import { itemOf } from '../capture/attributes.js';
import { captureImpressions } from '../capture/impression.js';
import { createIdleSlices } from '../platform/idle-slices.js';
import { elementsOf, type Mark, readMark } from './marks.js';

/** Intervals of reading: of a page that has changed, and of any, since the items in view change without a mutation. */
const CHANGED_READ_MS = 250;
const READ_MS = 1000;

/** Reads the marks of a page as it changes. */
export interface Scanner {
  /** Returns the page's marks if it is time to read them again. @param now the time of the frame */
  scan(now: number): Mark[] | undefined;
}

/** @param host the overlay's own element, which is left out */
export const createScanner = (host: Element, getSettings: () => Settings, signal: AbortSignal): Scanner => {
  const { impressionShare, impressionTime } = getSettings();
  // Only the tracker knows the earlier impressions: these count from now on.
  const impressions = captureImpressions({
    read: () => undefined,
    itemOf,
    record() {},
    share: impressionShare / 100,
    timeMs: impressionTime,
    slices: createIdleSlices(signal),
    signal,
  });
  const isSeen = (tile: Element, itemId: string) =>
    getSettings().impressionItems === 'all' || impressions.isSeen(tile, itemId);

  let hasChanged = true;
  let readAt = Number.NEGATIVE_INFINITY;
  const observer = new MutationObserver(() => {
    hasChanged = true;
  });
  signal.addEventListener('abort', () => observer.disconnect());
  const observe = (root: Node) =>
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });

  /** Elements whose impressions are captured, with their titles then. */
  const watched = new WeakMap<Element, string>();

  const read = (): Mark[] => {
    const settings = getSettings();
    const marks: Mark[] = [];
    const changed: Element[] = [];
    for (const element of elementsOf(document, observe)) {
      const mark = element === host ? undefined : readMark(element, { settings, isSeen });
      if (!mark) continue;
      marks.push(mark);
      if (watched.get(element) !== mark.title) changed.push(element);
      watched.set(element, mark.title);
    }
    impressions.watch(changed);
    return marks;
  };

  return {
    scan(now) {
      if (now - readAt <= (hasChanged ? CHANGED_READ_MS : READ_MS)) return undefined;
      hasChanged = false;
      readAt = now;
      return read();
    },
  };
};
