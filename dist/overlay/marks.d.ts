import type { Settings } from '../options.js';
/** A marked element, and what its marks come to. */
export interface Mark {
    element: Element;
    kind: 'item' | 'action' | 'list' | 'part';
    /** What it is. */
    title: string;
    /** The types of its events, where the title does not say it. */
    types: string;
    /** What it would send, and when. */
    lines: string[];
    mistakes: string[];
}
/** What a mark is read by: as the tracker reads it. */
export interface Reader {
    settings: Settings;
    isSeen(tile: Element, itemId: string): boolean;
}
/** All elements of the document and its open shadow roots, which are told of as they are entered. */
export declare function elementsOf(root: Document | ShadowRoot, enter: (root: Document | ShadowRoot) => void): Generator<Element>;
/** What is marked on an element; nothing, where nothing is. */
export declare const readMark: (element: Element, { settings, isSeen }: Reader) => Mark | undefined;
