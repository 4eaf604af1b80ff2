import type { TrackedEvent } from '../event.js';
import { numberOrText } from '../lib/text.js';

/** The markup contract: what `data-personalize-*` attributes say of an element. */
const PREFIX = 'data-personalize-';
const ITEM = `${PREFIX}item`;
const LIST = `${PREFIX}list`;
const PROPERTY = `${PREFIX}property-`;

/** The service's limit for `impression`. */
const MAX_IMPRESSION_ITEMS = 25;

/** `number-of-ratings` → `numberOfRatings` */
const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The items of a list, in document order and without those of lists nested in it: as many as an impression
 * takes, around the one acted on.
 */
const itemsOf = (list: Element, itemId: string): string[] => {
  const ids = new Set<string>();
  for (const element of list.querySelectorAll(`[${ITEM}]`)) {
    const id = element.getAttribute(ITEM);
    if (id && element.parentElement?.closest(`[${LIST}]`) === list) ids.add(id);
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
  const elements = path.filter((target): target is Element => target instanceof Element);
  /** The nearest element that has the attribute. */
  const find = (name: string, from = elements) => from.find((element) => element.hasAttribute(name));
  const valueOf = (name: string) => find(PREFIX + name)?.getAttribute(PREFIX + name);

  const tile = find(ITEM);
  if (!tile) return undefined;
  const itemId = tile.getAttribute(ITEM) as string;
  const event: TrackedEvent = { eventType: valueOf('event') || defaultType, itemId };

  const value = valueOf('value');
  if (value != null) event.eventValue = numberOrText(value) as number;
  const recommendationId = valueOf('recommendation-id');
  if (recommendationId) event.recommendationId = recommendationId;
  const source = valueOf('source');
  if (source) event.metricAttribution = { eventAttributionSource: source };

  // A list inside the tile does not show the tile.
  const list = find(LIST, elements.slice(elements.indexOf(tile) + 1));
  if (list) event.impression = itemsOf(list, itemId);

  for (const element of elements) {
    for (const { name, value } of element.attributes) {
      if (!name.startsWith(PROPERTY)) continue;
      event.properties ??= {};
      const key = camelCase(name.slice(PROPERTY.length));
      if (!Object.keys(event.properties).includes(key)) event.properties[key] = value;
    }
  }
  return event;
};
