import type { TrackedEvent } from '../event.js';
/** What makes an element's event. */
export type Trigger = 'click' | 'load' | 'submit' | 'change' | 'impression';
/** What is looked for as it comes. */
export declare const SELECTOR = "[data-personalize-item],[data-personalize-on=load]";
/** What makes an element another one when it changes. */
export declare const ATTRIBUTES: string[];
export type Marked = HTMLElement | SVGElement;
export interface Reader {
    /** The type of an event that the markup gives none. */
    eventTypes: ReadonlyMap<string, string>;
    /** Whether an impression may name the item of this tile. */
    isSeen(tile: Element, itemId: string): boolean;
}
/** An event, and the list that showed its item. */
export interface Reading {
    event: TrackedEvent;
    list: Marked | undefined;
}
/**
 * Reads the event that something done to an element makes, if it makes any.
 * @param from an element, or the path from it outwards: an event's `composedPath()`
 */
export declare const readEvent: (from: Element | EventTarget[], trigger: Trigger, { eventTypes, isSeen }: Reader) => Reading | undefined;
