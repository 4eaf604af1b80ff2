import type { TrackedAction, TrackedEvent } from '../event.js';
/** What makes an element's event. */
export type Trigger = 'click' | 'load' | 'submit' | 'change' | 'impression' | 'media';
export declare const SELF_ACTING = "[data-personalize-on=load],[data-personalize-media]";
export declare const SELECTOR = "[data-personalize-item],[data-personalize-action],[data-personalize-on=load],[data-personalize-media]";
/** What makes an element another one when it changes. */
export declare const ATTRIBUTES: string[];
export type Marked = HTMLElement | SVGElement;
/** What the markup says of an element. */
export declare const marksOf: (element: Element) => DOMStringMap;
/** A list that has a name stays the same when it is rendered anew. */
export declare const nameOfList: (list: Element | undefined) => string | undefined;
/** Whether an impression may name the item of this tile. */
type IsSeen = (tile: Element, itemId: string) => boolean;
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
export declare const readEvent: (from: Element | EventTarget[], trigger: Trigger, eventTypeOf: (trigger: Trigger) => string, isSeen: IsSeen) => Reading | undefined;
export {};
