import type { TrackedAction, TrackedEvent } from '../event.js';
import { watchAddress } from '../lib/address.js';
import { listen, onRestored } from '../lib/lifecycle.js';
import { watchElements } from '../lib/live.js';
import { matches } from '../lib/member.js';
import { ATTRIBUTES, marksOf, readEvent, SELECTOR, SELF_ACTING, type Trigger } from './attributes.js';
import { captureClicks } from './click.js';
import { captureImpressions } from './impression.js';
import type { WatchMedia } from './media.js';

export interface PageOptions {
  eventTypeOf(trigger: Trigger): string;
  /** Percent. */
  impressionShare: number;
  /** Milliseconds. */
  impressionTime: number;
  impressionItems: 'seen' | 'all';
}

/** Makes events of what a page shows and visitors do with it, as its markup says. */
export const capturePage = (
  options: PageOptions,
  record: (event: TrackedEvent | TrackedAction, trigger: Trigger) => void,
  signal: AbortSignal,
): void => {
  const isSeen = (tile: Element, itemId: string) =>
    options.impressionItems === 'all' || impressions.isSeen(tile, itemId);
  const read = (from: Element | EventTarget[], trigger: Trigger) =>
    readEvent(from, trigger, options.eventTypeOf, isSeen);

  const capture = (path: EventTarget[], trigger: Trigger) => {
    const made = read(path, trigger);
    if (made) record(made.event, trigger);
    return !!made;
  };

  const impressions = captureImpressions(
    read,
    marksOf,
    record,
    options.impressionShare / 100,
    options.impressionTime,
    signal,
  );

  /** What has been loaded on this page view. */
  let loaded = new Set<string>();
  const onLoad = (element: Element) => {
    const made = read(element, 'load');
    const key = JSON.stringify(made?.event);
    if (!made || loaded.has(key)) return;
    loaded.add(key);
    record(made.event, 'load');
  };

  /** A file of its own, for pages that have something to play. */
  let media: Promise<WatchMedia | undefined> | undefined;

  const onView = () => {
    loaded = new Set();
    impressions.restart();
  };
  const lookAtAddress = watchAddress(onView, signal);
  const onFound = (elements: Iterable<Element>) => {
    lookAtAddress();
    const players: Element[] = [];
    for (const element of elements) {
      // To read a tile's marks takes longer than all else that is done to it here.
      if (!matches(element, SELF_ACTING)) continue;
      const { personalizeOn, personalizeMedia } = marksOf(element);
      if (personalizeOn === 'load') onLoad(element);
      if (personalizeMedia !== undefined) players.push(element);
    }
    impressions.watch(elements);
    if (players.length) {
      media ??= import('./media.js').then(
        (it) => it.captureMedia(read, record, signal),
        console.error as () => undefined,
      );
    }
    media?.then((watch) => watch?.(players));
  };

  // Neither leaves a shadow root.
  const onForm = (event: Event) => capture(event.composedPath(), event.type as Trigger);
  const onRoot = (root: EventTarget) => {
    for (const type of ['submit', 'change']) listen(root, type, onForm, signal, true);
  };

  const findAgain = watchElements(SELECTOR, ATTRIBUTES, onFound, onRoot, signal);
  captureClicks((path) => capture(path, 'click'), signal);
  // It is looked at anew.
  onRestored(() => {
    onView();
    findAgain();
  }, signal);
};
