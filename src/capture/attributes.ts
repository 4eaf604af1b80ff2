import type { TrackedAction, TrackedEvent } from '../event.js';
import { numberOrText } from '../lib/check.js';

// The markup contract: what `data-personalize-*` attributes say of an element, by their names in `dataset`.
const ITEM = 'personalizeItem';
const ACTION = 'personalizeAction';
const EVENT = 'personalizeEvent';
const ON = 'personalizeOn';
const LIST = 'personalizeList';
const IMPRESSION = 'personalizeImpression';
const MEDIA = 'personalizeMedia';
const PROPERTY = /^personalizeProperty(.)/;

/** What makes an element's event. */
export type Trigger = 'click' | 'load' | 'submit' | 'change' | 'impression' | 'media';

/** What is looked for as it comes. */
const TILE = '[data-personalize-item],[data-personalize-action]';
export const SELECTOR = `${TILE},[data-personalize-on=load],[data-personalize-media]`;

/** What makes an element another one when it changes. */
export const ATTRIBUTES = ['item', 'action', 'media', 'on', 'impression', 'list', 'recommendation-id'].map(
  (name) => `data-personalize-${name}`,
);

/** The service's limit for `impression`. */
const MAX_IMPRESSION_ITEMS = 25;

export type Marked = HTMLElement | SVGElement;

/** From an element outwards, through open shadow roots: what `composedPath()` is for an event. */
const pathOf = (element: Element): Marked[] => {
  const path: Marked[] = [];
  let next: Element | null = element;
  while (next) {
    path.push(next as Marked);
    next = next.assignedSlot ?? next.parentElement ?? ((next.getRootNode() as ShadowRoot).host || null);
  }
  return path;
};

/** Whether an impression may name the item of this tile. */
type IsSeen = (tile: Element, itemId: string) => boolean;

/**
 * The items of a list that have been seen, in document order and without those of lists nested in it: as many as an
 * impression takes, around the one acted on.
 */
const itemsOf = (list: Marked, itemId: string, isSeen: IsSeen): string[] => {
  const ids = new Set<string>();
  for (const element of list.querySelectorAll<Marked>('[data-personalize-item]')) {
    const id = element.dataset[ITEM];
    const isIn = id && element.parentElement?.closest('[data-personalize-list]') === list;
    if (isIn && (id === itemId || isSeen(element, id))) ids.add(id);
  }
  // In a shadow root of its own, say, where the list cannot see it.
  ids.add(itemId);
  const all = [...ids];
  const ahead = all.indexOf(itemId) - (MAX_IMPRESSION_ITEMS >> 1);
  // At an end of the list more of them lie on the other side.
  return all
    .slice(Math.max(0, Math.min(ahead, all.length - MAX_IMPRESSION_ITEMS)))
    .slice(0, MAX_IMPRESSION_ITEMS);
};

/** An event, and the list that showed its item or action. */
export interface Reading {
  event: TrackedEvent | TrackedAction;
  list: Marked | undefined;
}

/**
 * Reads the event that something done to an element makes, if it makes any.
 * @param from an element, or the path from it outwards: an event's `composedPath()`
 * @param eventTypeOf gives the type of an event that the markup gives none
 */
export const readEvent = (
  from: Element | EventTarget[],
  trigger: Trigger,
  eventTypeOf: (trigger: Trigger) => string,
  isSeen: IsSeen,
): Reading | undefined => {
  const elements = (Array.isArray(from) ? (from as Marked[]) : pathOf(from)).filter(({ dataset }) => dataset);
  const has = (name: string, { dataset }: Marked) => name in dataset;
  /** Of the nearest element that has it. */
  const read = (name: string, among = elements) => among.find((element) => has(name, element))?.dataset[name];
  const triggerOf = ({ dataset }: Marked) => dataset[ON] || 'click';

  const tile = elements.find((element) => has(ITEM, element) || has(ACTION, element));
  if (!tile) return undefined;
  // A list inside the tile does not show the tile.
  const list = elements.slice(elements.indexOf(tile) + 1).find((element) => has(LIST, element));

  let eventType: string | undefined;
  // What an element says of its own trigger is nothing to others inside it.
  const own = elements.filter((element) => triggerOf(element) === trigger);
  if (trigger === 'impression' || trigger === 'media') {
    eventType = trigger === 'media' ? read(MEDIA) : (tile.dataset[IMPRESSION] ?? list?.dataset[IMPRESSION]);
    if (eventType === undefined) return undefined;
  } else {
    const actor = elements.find(
      (element) => element === tile || has(ON, element) || (has(EVENT, element) && !has(LIST, element)),
    );
    if (!own.includes(actor as Marked)) return undefined;
    eventType = read(EVENT, own);
  }

  const { [ITEM]: itemId, [ACTION]: actionId } = tile.dataset;
  const event = {} as TrackedEvent;
  if (itemId === undefined) {
    eventType ||= trigger === 'load' || trigger === 'impression' ? 'Viewed' : 'Taken';
    Object.assign(event, { actionId });
  } else {
    event.itemId = itemId;
    const control = elements[0] as Marked & HTMLInputElement;
    const value = read('personalizeValue', own) ?? (trigger === 'change' ? control.value : undefined);
    if (value !== undefined) event.eventValue = numberOrText(value) as number;
    const eventAttributionSource = read('personalizeSource');
    if (eventAttributionSource) event.metricAttribution = { eventAttributionSource };
    if (list) event.impression = itemsOf(list, itemId, isSeen);
  }
  event.eventType = eventType || eventTypeOf(trigger);
  const recommendationId = read('personalizeRecommendationId');
  if (recommendationId) event.recommendationId = recommendationId;

  // Outermost first, so that the nearest has the last word.
  for (const { dataset } of elements.reverse()) {
    for (const name in dataset) {
      const key = name.replace(PROPERTY, (_, initial) => initial.toLowerCase());
      if (key !== name) event.properties = { ...event.properties, [key]: dataset[name] as string };
    }
  }
  return { event, list };
};
