import type { TrackedEvent } from '../event.js';
import { watchAddress } from '../lib/address.js';
import { numberOrText } from '../lib/check.js';
import type { Stop } from '../lib/lifecycle.js';
import { watchElements } from '../lib/live.js';
import { ATTRIBUTES, type Marked, type Reader, readEvent, SELECTOR, type Trigger } from './attributes.js';
import { captureClicks } from './click.js';
import { captureImpressions } from './impression.js';

export interface PageOptions {
  eventTypes: Reader['eventTypes'];
  /** Percent. */
  impressionShare: number;
  /** Milliseconds. */
  impressionTime: number;
  impressionItems: 'seen' | 'all';
}

/** Makes events of what a page shows and visitors do with it, as its markup says; returns the undo. */
export const capturePage = (
  { eventTypes, impressionShare, impressionTime, impressionItems }: PageOptions,
  record: (event: TrackedEvent, trigger: Trigger) => void,
): Stop => {
  const reader: Reader = {
    eventTypes,
    isSeen: (tile, itemId) => impressionItems === 'all' || impressions.isSeen(tile, itemId),
  };
  const read = (from: Element | EventTarget[], trigger: Trigger) => readEvent(from, trigger, reader);

  const onClick = (path: EventTarget[]) => {
    const made = read(path, 'click');
    if (made) record(made.event, 'click');
    return !!made;
  };

  const impressions = captureImpressions({
    share: impressionShare / 100,
    timeMs: impressionTime,
    read: (tile) => read(tile, 'impression'),
    record: (event) => record(event, 'impression'),
  });

  /** What has been loaded on this page view. */
  let loaded = new Set<string>();
  const onLoad = (element: Element) => {
    const made = read(element, 'load');
    const key = JSON.stringify(made?.event);
    if (!made || loaded.has(key)) return;
    loaded.add(key);
    record(made.event, 'load');
  };

  // Neither leaves a shadow root.
  const onForm = (event: Event) => {
    const type = event.type as 'submit' | 'change';
    const made = read(event.composedPath(), type)?.event;
    if (!made) return;
    const { value } = event.target as HTMLInputElement;
    if (type === 'change') made.eventValue ??= numberOrText(value) as number;
    record(made, type);
  };

  const address = watchAddress(() => {
    loaded = new Set();
    impressions.restart();
  });
  const controller = new AbortController();
  const stopWatching = watchElements({
    selector: SELECTOR,
    attributes: ATTRIBUTES,
    found(elements) {
      address.look();
      for (const element of elements) {
        if ((element as Marked).dataset.personalizeOn === 'load') onLoad(element);
      }
      impressions.watch(elements);
    },
    entered(root) {
      // By a signal: a list of undos would keep every root alive. (Safari before 15 knows none; its listeners stay.)
      const options = { capture: true, passive: true, signal: controller.signal };
      for (const type of ['submit', 'change']) root.addEventListener(type, onForm, options);
    },
  });
  const stopClicks = captureClicks(onClick);
  return () => {
    controller.abort();
    stopClicks();
    stopWatching();
    address.stop();
    impressions.stop();
  };
};
