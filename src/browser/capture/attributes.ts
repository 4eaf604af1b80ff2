import { tryOrUndefined } from '../../contract/try.js';
import { tidy } from '../../contract/validate.js';
import { findAll, readUnclobbered } from '../platform/dom-clobbering.js';

// The markup contract: the `data-personalize-*` attributes, by their names in `dataset`.
export const ITEM = 'personalizeItem';
export const ACTION = 'personalizeAction';
export const EVENT = 'personalizeEvent';
export const ON = 'personalizeOn';
export const LIST = 'personalizeList';
export const IMPRESSION = 'personalizeImpression';
export const MEDIA = 'personalizeMedia';
export const VALUE = 'personalizeValue';
export const SOURCE = 'personalizeSource';
export const RECOMMENDATION_ID = 'personalizeRecommendationId';
export const PROPERTY = /^personalizeProperty(.)/;

/** Attributes that count even when empty. Any other empty one is ignored: a template had no value to write. */
const VALUE_IS_OPTIONAL = /^personalize(List|Impression|Media)$/;

/** Causes of an element's event. */
export type Trigger = 'click' | 'load' | 'submit' | 'change' | 'impression' | 'media';

/** In `data-personalize-on`: an element and everything inside it without a trigger of its own makes no event. */
export const NONE = 'none';

/** Listened for on every page. Any other word is the name of an event that the page or a component dispatches. */
const BUILT_IN = ['click', 'submit', 'change', NONE];
export const isCustom = (when: string): boolean => when !== 'load' && !BUILT_IN.includes(when);

/** Selects tiles: elements that are an item or an action. */
export const TILE = '[data-personalize-item],[data-personalize-action]';

/** Selects elements whose events need more than a listener for clicks, submits and changes. */
export const SELF_ACTING = `[data-personalize-on]${BUILT_IN.map((word) => `:not([data-personalize-on~=${word}])`).join('')},[data-personalize-media]`;

/** Selects elements to find as they are added. */
export const SELECTOR = `${TILE},${SELF_ACTING}`;

/** Attributes whose change makes an element count as a new one. */
export const ATTRIBUTES = ['item', 'action', 'media', 'on', 'impression', 'list', 'recommendation-id'].map(
  (name) => `data-personalize-${name}`,
);

/** Returns an element's `dataset`; empty for a document or window, and if a component's own `dataset` throws. */
const datasetOf = (element: Element): DOMStringMap =>
  tryOrUndefined(() => readUnclobbered(element as HTMLElement | SVGElement, 'dataset')) ?? {};

/** Returns the attributes of an element, trimmed and without those that are empty by mistake. */
export const attributesOf = (element: Element): DOMStringMap => {
  const attributes: DOMStringMap = {};
  const dataset = datasetOf(element);
  for (const name in dataset) {
    const value = tidy(dataset[name]);
    if (value || VALUE_IS_OPTIONAL.test(name)) attributes[name] = value ?? '';
  }
  return attributes;
};

/** Returns the ID of an element's item: faster than reading all of its attributes. */
export const itemOf = (element: Element): string | undefined => tidy(datasetOf(element)[ITEM]);

/** Returns an element's `data-personalize-on`. */
export const triggerOf = (element: Element): string | undefined => tidy(datasetOf(element)[ON]);

/** Blanks the value that JSX writes for an attribute without one. */
export const blankIfTrue = (text: string | undefined): string | undefined => (text === 'true' ? '' : text);

/** Returns a list's name: with a name, a list stays the same when the page renders it again. */
export const nameOfList = (list: Element | undefined): string | undefined =>
  list && blankIfTrue(attributesOf(list)[LIST]);

/** Returns whether an element is a tile, by its attributes. */
export const isTile = (scope: DOMStringMap): boolean => ITEM in scope || ACTION in scope;

/** Returns whether an element says which event it makes. A list says it for its tiles. */
export const isActor = (scope: DOMStringMap): boolean => ON in scope || (EVENT in scope && !(LIST in scope));

/** Returns the word in `data-personalize-on` that an element goes by. */
export const whenOf = (scope: DOMStringMap): string => scope[ON] ?? 'click';

/**
 * Returns the element that should have made an event, but has no item or action on it or around it.
 * @param path from the target outwards
 * @param when the trigger's word in `data-personalize-on`
 */
export const findOrphan = (path: Element[], when: string): Element | undefined => {
  const scopes = path.map(attributesOf);
  if (scopes.some(isTile)) return undefined;
  const actor = scopes.find(isActor);
  const orphan = actor && whenOf(actor) === when ? path[scopes.indexOf(actor)] : undefined;
  // With tiles inside, it may only give their events a type.
  return orphan && !findAll(orphan, TILE).length ? orphan : undefined;
};
