import { cutImpression, ID, type TrackedAction, type TrackedEvent } from '../../contract/event.js';
import { tryOrUndefined } from '../../contract/try.js';
import { numberOrText, tidy } from '../../contract/validate.js';
import { composedPathOf } from '../platform/composed-path.js';
import { findAll, readUnclobbered } from '../platform/dom-clobbering.js';
import { isOnPlayer } from './media-player.js';

// The markup contract: what `data-personalize-*` attributes say of an element, by their names in `dataset`.
const ITEM = 'personalizeItem';
const ACTION = 'personalizeAction';
const EVENT = 'personalizeEvent';
const ON = 'personalizeOn';
const LIST = 'personalizeList';
const IMPRESSION = 'personalizeImpression';
const MEDIA = 'personalizeMedia';
const PROPERTY = /^personalizeProperty(.)/;
/** They say something without a value. Any other that is empty is what a template renders of nothing: no mark. */
const SAY_BY_PRESENCE = /^personalize(List|Impression|Media)$/;

/** What makes an element's event. */
export type Trigger = 'click' | 'load' | 'submit' | 'change' | 'impression' | 'media';

/** Excepts an element and everything inside it that has no trigger of its own. */
const NONE = 'none';

/** These are heard on every page. Any other word is the name of an event that the page or a component dispatches. */
const HEARD = ['click', 'submit', 'change', NONE];
export const isCustom = (when: string): boolean => when !== 'load' && !HEARD.includes(when);

/** Selects elements to find as they are added: tiles, and those that wait for more than a click, submit or change. */
export const TILE = '[data-personalize-item],[data-personalize-action]';
export const SELF_ACTING = `[data-personalize-on]${HEARD.map((word) => `:not([data-personalize-on~=${word}])`).join('')},[data-personalize-media]`;
export const SELECTOR = `${TILE},${SELF_ACTING}`;

/** What makes an element another one when it changes. */
export const ATTRIBUTES = ['item', 'action', 'media', 'on', 'impression', 'list', 'recommendation-id'].map(
  (name) => `data-personalize-${name}`,
);

type Marked = HTMLElement | SVGElement;

/** Empty for a document or window, and where a component's own `dataset` throws. */
const datasetOf = (element: Element): DOMStringMap =>
  tryOrUndefined(() => readUnclobbered(element as Marked, 'dataset')) ?? {};

/** Returns what the markup says of an element, without the white space around it. */
export const attributesOf = (element: Element): DOMStringMap => {
  const marks: DOMStringMap = {};
  const dataset = datasetOf(element);
  for (const name in dataset) {
    const value = tidy(dataset[name]);
    if (value || SAY_BY_PRESENCE.test(name)) marks[name] = value ?? '';
  }
  return marks;
};

/** Returns the ID of an element's item: all its marks take longer to read. */
export const itemOf = (element: Element): string | undefined => tidy(datasetOf(element)[ITEM]);

/** Returns the word for what makes an element's event, where it has one. */
export const triggerOf = (element: Element): string | undefined => tidy(datasetOf(element)[ON]);

/** What JSX makes of a mark without a value is none. */
const blankIfTrue = (text: string | undefined) => (text === 'true' ? '' : text);

/** A list that has a name stays the same when it is rendered anew. */
export const nameOfList = (list: Element | undefined): string | undefined =>
  list && blankIfTrue(attributesOf(list)[LIST]);

/** Whether an element says what something done to it makes. A list says it of its tiles. */
const isActor = (marks: DOMStringMap) => ON in marks || (EVENT in marks && !(LIST in marks));

/**
 * Returns the element whose event lacks an item or action, on it or around it.
 * @param path from what something was done to outwards
 * @param when what `data-personalize-on` calls it
 */
export const findOrphan = (path: Element[], when: string): Element | undefined => {
  const scopes = path.map(attributesOf);
  if (scopes.some((marks) => ITEM in marks || ACTION in marks)) return undefined;
  const actor = scopes.find(isActor);
  const orphan = actor && (actor[ON] ?? 'click') === when ? path[scopes.indexOf(actor)] : undefined;
  // It may be what gives items inside of it their type.
  return orphan && !findAll(orphan, TILE).length ? orphan : undefined;
};

/** Whether an impression may name the item of this tile. */
type IsSeen = (tile: Element, itemId: string) => boolean;

const ITEMS = '[data-personalize-item]';

/** Matches the copies of slides that carousels put at their ends. */
const CLONES = ['[class*=clone]', '[class*=duplicate]', '[data-clone]'];

/**
 * The items of a list that have been seen, in document order and without those of lists nested in it: as many as an
 * impression takes, around the one acted on. A carousel's copy of a slide is its item, but not its place.
 */
const itemsOf = (list: Element, itemId: string, isSeen: IsSeen): string[] => {
  const nested = new Set(findAll(list, `:scope [data-personalize-list] ${ITEMS}`));
  const clones = new Set(findAll(list, CLONES.map((it) => `${it}${ITEMS},${it} ${ITEMS}`).join()));
  const seen = new Set([itemId]);
  const ids = new Set<string>();
  const late = new Set<string>();
  for (const tile of findAll(list, ITEMS)) {
    const id = itemOf(tile) as string;
    if (nested.has(tile) || !ID[1](id)) continue;
    (clones.has(tile) ? late : ids).add(id);
    if (!seen.has(id) && isSeen(tile, id)) seen.add(id);
  }
  // The one acted on may be in a shadow root of its own, say, where the list cannot see it.
  const inOrder = [...new Set([...ids, ...late, itemId])];
  return cutImpression(
    inOrder.filter((id) => seen.has(id)),
    itemId,
  );
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
 * @param when what `data-personalize-on` calls it: of a custom event, which counts as a change, its name
 */
export const readEvent = (
  from: Element | EventTarget[],
  trigger: Trigger,
  eventTypeOf: (trigger: Trigger) => string,
  isSeen: IsSeen,
  when: string = trigger,
): Reading | undefined => {
  const path = (Array.isArray(from) ? from : composedPathOf(from)) as Element[];
  /** What they say, from the innermost outwards. */
  const scopes = path.map(attributesOf);
  /** Of the nearest element that has it. */
  const read = (name: string, among = scopes) => among.find((marks) => name in marks)?.[name];
  const tile = scopes.find((marks) => ITEM in marks || ACTION in marks);
  // An impression is the tile's own, of nothing inside it.
  if (!tile || (trigger === 'impression' && tile !== scopes[0])) return undefined;
  // A list inside the tile does not show the tile.
  const listScope = scopes.slice(scopes.indexOf(tile) + 1).find((marks) => LIST in marks);
  const list = listScope && path[scopes.indexOf(listScope)];

  let eventType: string | undefined;
  // What an element says of its own trigger is nothing to others inside it.
  const own = scopes.filter((marks) => (marks[ON] ?? 'click') === when);
  if (trigger === 'impression' || trigger === 'media') {
    eventType = trigger === 'media' ? read(MEDIA) : (tile[IMPRESSION] ?? listScope?.[IMPRESSION]);
    if (eventType === undefined) return undefined;
  } else {
    const at = scopes.findIndex((marks) => marks === tile || isActor(marks));
    const actor = scopes[at] as DOMStringMap;
    if (!own.includes(actor) || read(ON, scopes.slice(at)) === NONE) return undefined;
    if (trigger === 'click' && actor === tile && isOnPlayer(path, path[at] as Element)) return undefined;
    eventType = read(EVENT, own);
  }

  const { [ITEM]: itemId, [ACTION]: actionId } = tile;
  const event = {} as TrackedEvent;
  if (itemId === undefined) {
    eventType ||= trigger === 'load' || trigger === 'impression' ? 'Viewed' : 'Taken';
    Object.assign(event, { actionId });
  } else {
    event.itemId = itemId;
    const value = read('personalizeValue', own);
    if (value !== undefined) event.eventValue = numberOrText(value) as number;
    const eventAttributionSource = read('personalizeSource');
    if (eventAttributionSource) event.metricAttribution = { eventAttributionSource };
    if (list) event.impression = itemsOf(list, itemId, isSeen);
  }
  event.eventType = blankIfTrue(eventType) || eventTypeOf(trigger);
  const recommendationId = read('personalizeRecommendationId');
  if (recommendationId) event.recommendationId = recommendationId;

  // Outermost first, so that the nearest has the last word.
  for (const marks of scopes.reverse()) {
    for (const name in marks) {
      const key = name.replace(PROPERTY, (_, initial) => initial.toLowerCase());
      if (key !== name) event.properties = { ...event.properties, [key]: marks[name] as string };
    }
  }
  return { event, list, listName: nameOfList(list) };
};
