import type { TrackedAction, TrackedEvent } from '../event.js';
import { hasLength, numberOrText } from '../lib/check.js';
import { findAll, member } from '../lib/member.js';

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

/** What is looked for as it comes: tiles, and what makes events without a visitor's doing. */
const TILE = '[data-personalize-item],[data-personalize-action]';
export const SELF_ACTING = '[data-personalize-on=load],[data-personalize-media]';
export const SELECTOR = `${TILE},${SELF_ACTING}`;

/** What makes an element another one when it changes. */
export const ATTRIBUTES = ['item', 'action', 'media', 'on', 'impression', 'list', 'recommendation-id'].map(
  (name) => `data-personalize-${name}`,
);

/** The service's limits for `impression`. */
const MAX_IMPRESSION_ITEMS = 25;
const MAX_ID_CHARACTERS = 256;

export type Marked = HTMLElement | SVGElement;

/** What the markup says of an element. */
export const marksOf = (element: Element): DOMStringMap => member(element as Marked, 'dataset');

/** What JSX makes of a mark without a value is none. */
const wordOf = (text: string | undefined) => (text === 'true' ? '' : text);

/** A list that has a name stays the same when it is rendered anew. */
export const nameOfList = (list: Element | undefined): string | undefined =>
  list && wordOf(marksOf(list)[LIST]);

/** From an element outwards, through open shadow roots: what `composedPath()` is for an event. */
const pathOf = (element: Element): Element[] => {
  const path: Element[] = [];
  let next: Element | null = element;
  while (next) {
    path.push(next);
    next =
      member(next, 'assignedSlot') ??
      member(next, 'parentElement') ??
      ((member(next, 'getRootNode').call(next) as ShadowRoot).host || null);
  }
  return path;
};

/** Whether an impression may name the item of this tile. */
type IsSeen = (tile: Element, itemId: string) => boolean;

/**
 * The items of a list that have been seen, in document order and without those of lists nested in it: as many as an
 * impression takes, around the one acted on.
 */
const itemsOf = (list: Element, itemId: string, isSeen: IsSeen): string[] => {
  const ids = new Set<string>();
  const nested = new Set(findAll(list, ':scope [data-personalize-list] [data-personalize-item]'));
  for (const element of findAll(list, '[data-personalize-item]')) {
    const id = marksOf(element)[ITEM] as string;
    const isIn = !nested.has(element) && hasLength(id, MAX_ID_CHARACTERS);
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

/** An event, and the list that showed its item or action, with its name. */
export interface Reading {
  event: TrackedEvent | TrackedAction;
  list: Element | undefined;
  listName: string | undefined;
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
  const path = (Array.isArray(from) ? from : pathOf(from)) as Element[];
  /** What they say, from the innermost outwards. */
  const said = path.map(marksOf).filter(Boolean);
  /** Of the nearest element that has it. */
  const read = (name: string, among = said) => among.find((marks) => name in marks)?.[name];
  const triggerOf = (marks: DOMStringMap) => marks[ON] || 'click';

  const tile = said.find((marks) => ITEM in marks || ACTION in marks);
  if (!tile) return undefined;
  // A list inside the tile does not show the tile.
  const shows = said.slice(said.indexOf(tile) + 1).find((marks) => LIST in marks);
  const list = shows && path.find((element) => marksOf(element) === shows);

  let eventType: string | undefined;
  // What an element says of its own trigger is nothing to others inside it.
  const own = said.filter((marks) => triggerOf(marks) === trigger);
  if (trigger === 'impression' || trigger === 'media') {
    eventType = trigger === 'media' ? read(MEDIA) : (tile[IMPRESSION] ?? shows?.[IMPRESSION]);
    if (eventType === undefined) return undefined;
  } else {
    const actor = said.find((marks) => marks === tile || ON in marks || (EVENT in marks && !(LIST in marks)));
    if (!own.includes(actor as DOMStringMap)) return undefined;
    eventType = read(EVENT, own);
  }

  const { [ITEM]: itemId, [ACTION]: actionId } = tile;
  const event = {} as TrackedEvent;
  if (itemId === undefined) {
    eventType ||= trigger === 'load' || trigger === 'impression' ? 'Viewed' : 'Taken';
    Object.assign(event, { actionId });
  } else {
    event.itemId = itemId;
    const control = path[0] as HTMLInputElement;
    const value = read('personalizeValue', own) ?? (trigger === 'change' ? control.value : undefined);
    if (value !== undefined) event.eventValue = numberOrText(value) as number;
    const eventAttributionSource = read('personalizeSource');
    if (eventAttributionSource) event.metricAttribution = { eventAttributionSource };
    if (list) event.impression = itemsOf(list, itemId, isSeen);
  }
  event.eventType = wordOf(eventType) || eventTypeOf(trigger);
  const recommendationId = read('personalizeRecommendationId');
  if (recommendationId) event.recommendationId = recommendationId;

  // Outermost first, so that the nearest has the last word.
  for (const marks of said.reverse()) {
    for (const name in marks) {
      const key = name.replace(PROPERTY, (_, initial) => initial.toLowerCase());
      if (key !== name) event.properties = { ...event.properties, [key]: marks[name] as string };
    }
  }
  return { event, list, listName: nameOfList(list) };
};
