import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { matches } from '../platform/dom-clobbering.js';
import { onPageRestored } from '../platform/lifecycle.js';
import { loadChunk } from '../platform/load-chunk.js';
import { observeElements } from '../platform/observe-elements.js';
import { onUrlChange } from '../platform/url-changes.js';
import {
  ATTRIBUTES,
  attributesOf,
  isCustom,
  itemOf,
  SELECTOR,
  SELF_ACTING,
  TILE,
  type Trigger,
} from './attributes.js';
import { captureClicks, type TakeClick } from './click.js';
import { captureControls } from './control.js';
import { finishOnUnload, type Unfinished } from './finish-on-unload.js';
import { captureImpressions } from './impression.js';
import type { WatchMedia } from './media.js';
import { captureLoads } from './page-load.js';
import { readEvent } from './read-event.js';

export interface PageOptions {
  eventTypeOf(trigger: Trigger): string;
  /** Percent. */
  impressionShare: number;
  /** Milliseconds. */
  impressionTime: number;
  impressionItems: 'seen' | 'all';
  /** Whether a page view ends with the path or with any part of the address. */
  pageView: 'path' | 'address';
  /** URL of the chunks' folder, where they are not beside the script. */
  chunkUrl?: string;
}

export interface Capture {
  /** Takes a click that was made before. */
  takeClick: TakeClick;
  /** Records what would have waited for more. */
  finish(): void;
}

/**
 * Makes events of what a page shows and visitors do with it, as its markup says.
 * @param missed is told of what has been done and made no event, by the name of its event
 */
export const capturePage = (
  options: PageOptions,
  record: (event: TrackedEvent | TrackedAction, trigger: Trigger) => void,
  signal: AbortSignal,
  missed?: (path: EventTarget[], type: string) => void,
): Capture => {
  const unfinished: Unfinished = new Set();
  const finish = finishOnUnload(unfinished, signal);

  const isSeen = (tile: Element, itemId: string) =>
    options.impressionItems === 'all' || impressions.isSeen(tile, itemId);
  const read = (from: Element | EventTarget[], trigger: Trigger, type?: string) =>
    readEvent(from, trigger, options.eventTypeOf, isSeen, type);
  const readDone = (path: EventTarget[], trigger: Trigger, type: string) => {
    const made = read(path, trigger, type);
    if (!made) missed?.(path, type);
    return made;
  };

  const capture = (path: EventTarget[], trigger: Trigger, at?: number) => {
    const made = readDone(path, trigger, trigger);
    if (made) record(at ? { ...made.event, sentAt: at / 1000 } : made.event, trigger);
    return !!made;
  };
  const controls = captureControls(readDone, record, unfinished, signal);

  const impressions = captureImpressions(
    read,
    itemOf,
    record,
    options.impressionShare / 100,
    options.impressionTime,
    signal,
  );
  const loads = captureLoads(read, record, signal);

  /** A file of its own, for pages that have something to play. */
  let media: Promise<WatchMedia> | undefined;

  const onView = (includesShown: boolean) => {
    loads.restart(includesShown);
    impressions.restart(includesShown);
  };
  const lookAtAddress = onUrlChange(options.pageView, () => onView(false), signal);
  const onFound = (elements: Iterable<Element>) => {
    lookAtAddress();
    const tiles: Element[] = [];
    const views: Element[] = [];
    const players: Element[] = [];
    for (const element of elements) {
      if (matches(element, TILE)) tiles.push(element);
      // To read a tile's marks takes longer than all else that is done to it here.
      if (!matches(element, SELF_ACTING)) continue;
      const { personalizeOn, personalizeMedia } = attributesOf(element);
      if (personalizeOn === 'load') views.push(element);
      else if (personalizeOn && isCustom(personalizeOn)) controls.listenFor(element, personalizeOn);
      if (personalizeMedia !== undefined) players.push(element);
    }
    loads.watch(views);
    impressions.watch(tiles);
    if (players.length) {
      media ??= loadChunk('media', () => import('./media.js'), options.chunkUrl).then((it) =>
        it.captureMedia(read, record, unfinished, signal),
      );
    }
    media?.then((watch) => watch(players));
  };

  const findAgain = observeElements(SELECTOR, ATTRIBUTES, onFound, controls.enter, signal);
  // It is looked at anew.
  onPageRestored(() => {
    onView(true);
    findAgain();
  }, signal);
  return { takeClick: captureClicks((path, at) => capture(path, 'click', at), signal), finish };
};
