import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { matches } from '../platform/dom-clobbering.js';
import { createIdleSlices } from '../platform/idle-slices.js';
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
import type { Media } from './media.js';
import { captureLoads } from './page-load.js';
import { readEvent } from './read-event.js';

export interface PageOptions {
  eventTypeOf(trigger: Trigger): string;
  /** In percent. */
  impressionShare: number;
  /** In milliseconds. */
  impressionTime: number;
  impressionItems: 'seen' | 'all';
  /** The part of the address whose change begins another page view. */
  pageView: 'path' | 'address';
  /** URL of the chunks' folder, if they are not beside the script. */
  chunkUrl?: string;
}

export interface Capture {
  /** Records a click that was made before this call. */
  takeClick: TakeClick;
  /** Records at once what waits for more. */
  finish(): void;
}

/** The found elements, by the capture that watches them. */
interface Found {
  tiles: Element[];
  /** Elements with the trigger `load`. */
  loads: Element[];
  /** Elements with `data-personalize-media`. */
  media: Element[];
  /** Elements with an event of their own as trigger. */
  custom: [element: Element, type: string][];
}

const sortFound = (elements: Element[]): Found => {
  const found: Found = { tiles: [], loads: [], media: [], custom: [] };
  for (const element of elements) {
    if (matches(element, TILE)) found.tiles.push(element);
    // Reading a tile's attributes takes longer than all else that is done to it here.
    if (!matches(element, SELF_ACTING)) continue;
    const { personalizeOn, personalizeMedia } = attributesOf(element);
    if (personalizeOn === 'load') found.loads.push(element);
    else if (personalizeOn && isCustom(personalizeOn)) found.custom.push([element, personalizeOn]);
    if (personalizeMedia !== undefined) found.media.push(element);
  }
  return found;
};

/**
 * Records what a page shows and what visitors do with it, as its markup says.
 * @param missed is called with a visitor's action that made no event, by the name of its DOM event
 */
export const capturePage = (
  options: PageOptions,
  record: (event: TrackedEvent | TrackedAction, trigger: Trigger) => void,
  signal: AbortSignal,
  missed?: (path: EventTarget[], type: string) => void,
): Capture => {
  const slices = createIdleSlices(signal);
  const unfinished: Unfinished = new Set();
  const finish = finishOnUnload(unfinished, signal);

  const isSeen = (tile: Element, itemId: string) =>
    options.impressionItems === 'all' || impressions.isSeen(tile, itemId);
  const read = (from: Element | EventTarget[], trigger: Trigger, type?: string) =>
    readEvent(from, trigger, options.eventTypeOf, isSeen, type);
  const readAction = (path: EventTarget[], trigger: Trigger, type: string) => {
    const reading = read(path, trigger, type);
    if (!reading) missed?.(path, type);
    return reading;
  };

  const onClick = (path: EventTarget[], at?: number) => {
    const event = readAction(path, 'click', 'click')?.event;
    if (event) record(at ? { ...event, sentAt: at / 1000 } : event, 'click');
    return !!event;
  };
  const controls = captureControls(readAction, record, unfinished, slices, signal);

  // Separate slices: impressions do not wait until all of a large page is found.
  const impressionSlices = createIdleSlices(signal);
  unfinished.add(impressionSlices.finish);
  const impressions = captureImpressions({
    ...{ read, itemOf, record, signal },
    share: options.impressionShare / 100,
    timeMs: options.impressionTime,
    slices: impressionSlices,
  });
  const loads = captureLoads(read, record, signal);

  /** Loads a chunk, which only pages with players need. */
  const loadMedia = () =>
    loadChunk('media', () => import('./media.js'), options.chunkUrl).then(({ captureMedia }) =>
      captureMedia(read, record, unfinished, signal),
    );
  let media: Promise<Media> | undefined;

  const beginPageView = (includesShown: boolean) => {
    loads.restart(includesShown);
    impressions.restart(includesShown);
  };
  const checkUrl = onUrlChange(options.pageView, () => beginPageView(false), signal);
  const onChange = () => {
    checkUrl();
    loads.check();
    media?.then(({ check }) => check());
  };
  const onFound = (elements: Element[]) => {
    checkUrl();
    const { tiles, loads: loadElements, media: mediaElements, custom } = sortFound(elements);
    for (const [element, type] of custom) controls.listenFor(element, type);
    // Watching checks all elements again, and a page with many tiles is found in many parts.
    if (loadElements.length) loads.watch(loadElements);
    impressions.watch(tiles);
    if (mediaElements.length) media ??= loadMedia();
    media?.then(({ watch }) => watch(mediaElements));
  };

  const findAgain = observeElements({
    ...{ selector: SELECTOR, attributes: ATTRIBUTES, onChange, onFound, onRoot: controls.enter },
    ...{ slices, signal },
  });
  onPageRestored(() => {
    beginPageView(true);
    findAgain();
  }, signal);
  return { takeClick: captureClicks(onClick, signal), finish };
};
