import type { Stop } from './lifecycle.js';
/** A document or a shadow root. */
type Root = Document | ShadowRoot;
export interface Watch {
    /** Which elements. */
    selector: string;
    /** An element is found again when one of these changes on it or around it. */
    attributes: string[];
    found(elements: Iterable<Element>): void;
    /** Before anything in it is found. */
    entered(root: Root): void;
}
/** Finds what matches in the document and in its open shadow roots, now and whenever it comes. */
export declare const watchElements: ({ selector, attributes, found, entered }: Watch) => Stop;
export {};
