import type { TrackedEvent } from '../event.js';
import { numberOrText } from '../lib/check.js';

// The markup contract: what `data-personalize-*` attributes say of an element, by their names in `dataset`.
const ITEM = 'personalizeItem';
const LIST = 'personalizeList';
const PROPERTY = 'personalizeProperty';

/** The service's limit for `impression`. */
const MAX_IMPRESSION_ITEMS = 25;

type Marked = HTMLElement | SVGElement;

/**
 * The items of a list, in document order and without those of lists nested in it: as many as an impression
 * takes, around the one acted on.
 */
const itemsOf = (list: Marked, itemId: string): string[] => {
  const ids = new Set<string>();
  for (const element of list.querySelectorAll<Marked>('[data-personalize-item]')) {
    const id = element.dataset[ITEM];
    if (id && element.parentElement?.closest('[data-personalize-list]') === list) ids.add(id);
  }
  // In a shadow root of its own, say, where the list cannot see it.
  ids.add(itemId);
  const all = [...ids];
  const start = all.indexOf(itemId) - (MAX_IMPRESSION_ITEMS >> 1);
  const last = Math.max(0, all.length - MAX_IMPRESSION_ITEMS);
  const first = Math.min(Math.max(0, start), last);
  return all.slice(first, first + MAX_IMPRESSION_ITEMS);
};

/**
 * Reads the event that something done to `path[0]` makes, if it is in an item at all.
 * @param path from the target outwards, through open shadow roots: an event's `composedPath()`
 */
export const readEvent = (path: EventTarget[], defaultType: string): TrackedEvent | undefined => {
  const elements = (path as Marked[]).filter(({ dataset }) => dataset);
  /** The nearest element that has the attribute. */
  const find = (name: string, from = elements) => from.find(({ dataset }) => dataset[name] !== undefined);
  const read = (name: string) => find(name)?.dataset[name];

  const tile = find(ITEM);
  if (!tile) return undefined;
  const itemId = tile.dataset[ITEM] as string;
  const event: TrackedEvent = { eventType: read('personalizeEvent') || defaultType, itemId };

  const value = read('personalizeValue');
  if (value !== undefined) event.eventValue = numberOrText(value) as number;
  const recommendationId = read('personalizeRecommendationId');
  if (recommendationId) event.recommendationId = recommendationId;
  const eventAttributionSource = read('personalizeSource');
  if (eventAttributionSource) event.metricAttribution = { eventAttributionSource };

  // A list inside the tile does not show the tile.
  const list = find(LIST, elements.slice(elements.indexOf(tile) + 1));
  if (list) event.impression = itemsOf(list, itemId);

  // Outermost first, so that the nearest has the last word.
  for (const { dataset } of elements.reverse()) {
    for (const name in dataset) {
      if (!name.startsWith(PROPERTY)) continue;
      const [initial = '', ...rest] = name.slice(PROPERTY.length);
      event.properties = {
        ...event.properties,
        [initial.toLowerCase() + rest.join('')]: dataset[name] as string,
      };
    }
  }
  return event;
};
