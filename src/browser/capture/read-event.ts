import type { TrackedAction, TrackedEvent } from '../../contract/event.js';
import { numberOrText } from '../../contract/validate.js';
import { composedPathOf } from '../platform/composed-path.js';
import {
  ACTION,
  attributesOf,
  blankIfTrue,
  EVENT,
  IMPRESSION,
  ITEM,
  isActor,
  isTile,
  LIST,
  MEDIA,
  NONE,
  nameOfList,
  ON,
  PROPERTY,
  RECOMMENDATION_ID,
  SOURCE,
  type Trigger,
  VALUE,
  whenOf,
} from './attributes.js';
import { type IsSeen, seenItemsOf } from './list-items.js';
import { isOnPlayer } from './media-player.js';

/** An event, and the list that showed its item or action, with its name. */
export interface Reading {
  event: TrackedEvent | TrackedAction;
  list: Element | undefined;
  listName: string | undefined;
}

/** The markup on an element and around it. A scope is one element's attributes. */
interface Markup {
  /** From the element outwards. */
  path: Element[];
  /** One for each element of the path. */
  scopes: DOMStringMap[];
  /** Scopes whose `data-personalize-on` is this trigger: they alone give the event its type and value. */
  ownScopes: DOMStringMap[];
  /** The nearest item or action. */
  tile: DOMStringMap;
  /** The nearest list around the tile. */
  list: Element | undefined;
  listScope: DOMStringMap | undefined;
}

/** Returns an attribute's value on the nearest element that has it. */
const nearest = (scopes: DOMStringMap[], name: string) => scopes.find((scope) => name in scope)?.[name];

/** Reads the markup of a path; undefined without an item or action. */
const readMarkup = (path: Element[], when: string): Markup | undefined => {
  const scopes = path.map(attributesOf);
  const tileAt = scopes.findIndex(isTile);
  if (tileAt < 0) return undefined;
  // A list inside the tile does not show the tile.
  const listAt = scopes.findIndex((scope, at) => at > tileAt && LIST in scope);
  return {
    path,
    scopes,
    ownScopes: scopes.filter((scope) => whenOf(scope) === when),
    tile: scopes[tileAt] as DOMStringMap,
    list: path[listAt],
    listScope: scopes[listAt],
  };
};

/** Returns whether the nearest element that acts or is the tile makes an event at this trigger. */
const isActedOn = ({ path, scopes, ownScopes, tile }: Markup, trigger: Trigger) => {
  const actorAt = scopes.findIndex((scope) => scope === tile || isActor(scope));
  const actor = scopes[actorAt] as DOMStringMap;
  if (!ownScopes.includes(actor) || nearest(scopes.slice(actorAt), ON) === NONE) return false;
  return !(trigger === 'click' && actor === tile && isOnPlayer(path, path[actorAt] as Element));
};

/** Returns the event type in the markup, blank if it gives none; undefined if the trigger makes no event here. */
const readEventType = (markup: Markup, trigger: Trigger): string | undefined => {
  const { scopes, ownScopes, tile, listScope } = markup;
  if (trigger === 'media') return nearest(scopes, MEDIA);
  if (trigger === 'impression') {
    // Only the tile itself makes an impression, nothing inside it.
    return tile === scopes[0] ? (tile[IMPRESSION] ?? listScope?.[IMPRESSION]) : undefined;
  }
  return isActedOn(markup, trigger) ? (nearest(ownScopes, EVENT) ?? '') : undefined;
};

/** Returns the event type that the service prescribes for what is done about an action; none for an item. */
const actionTypeOf = (tile: DOMStringMap, trigger: Trigger) => {
  if (ITEM in tile) return undefined;
  return trigger === 'load' || trigger === 'impression' ? 'Viewed' : 'Taken';
};

/** Adds the item, with the fields that only its events have, or else the action. */
const addSubject = (event: TrackedEvent, { scopes, ownScopes, tile, list }: Markup, isSeen: IsSeen) => {
  const { [ITEM]: itemId, [ACTION]: actionId } = tile;
  if (itemId === undefined) {
    Object.assign(event, { actionId });
    return;
  }
  event.itemId = itemId;
  const value = nearest(ownScopes, VALUE);
  if (value !== undefined) event.eventValue = numberOrText(value) as number;
  const eventAttributionSource = nearest(scopes, SOURCE);
  if (eventAttributionSource) event.metricAttribution = { eventAttributionSource };
  if (list) event.impression = seenItemsOf(list, itemId, isSeen);
};

const addRecommendationId = (event: TrackedEvent, scopes: DOMStringMap[]) => {
  const recommendationId = nearest(scopes, RECOMMENDATION_ID);
  if (recommendationId) event.recommendationId = recommendationId;
};

/** Adds the properties of all scopes: the outermost first, so that the nearest wins. */
const addProperties = (event: TrackedEvent, scopes: DOMStringMap[]) => {
  for (const scope of [...scopes].reverse()) {
    for (const name in scope) {
      const key = name.replace(PROPERTY, (_, initial) => initial.toLowerCase());
      if (key !== name) event.properties = { ...event.properties, [key]: scope[name] as string };
    }
  }
};

/**
 * Reads the event that a trigger makes of an element, if it makes any.
 * @param from the element, or the path from it outwards: an event's `composedPath()`
 * @param eventTypeOf returns the type of an event whose markup gives none
 * @param when the trigger's word in `data-personalize-on`; for a custom event, which counts as a change, its name
 */
export const readEvent = (
  from: Element | EventTarget[],
  trigger: Trigger,
  eventTypeOf: (trigger: Trigger) => string,
  isSeen: IsSeen,
  when: string = trigger,
): Reading | undefined => {
  const path = (Array.isArray(from) ? from : composedPathOf(from)) as Element[];
  const markup = readMarkup(path, when);
  if (!markup) return undefined;
  const markedType = readEventType(markup, trigger);
  if (markedType === undefined) return undefined;

  const { scopes, tile, list } = markup;
  const event = {} as TrackedEvent;
  addSubject(event, markup, isSeen);
  event.eventType = blankIfTrue(markedType) || actionTypeOf(tile, trigger) || eventTypeOf(trigger);
  addRecommendationId(event, scopes);
  addProperties(event, scopes);
  return { event, list, listName: nameOfList(list) };
};
