/** A document or a shadow root. */
type Root = Document | ShadowRoot;
/**
 * Finds what matches in the document and in its open shadow roots, now and whenever it comes. What it returns finds all of
 * it once more.
 * @param attributes an element is found again when one of these changes on it or around it
 * @param entered is called before anything in a root is found
 */
export declare const watchElements: (selector: string, attributes: string[], found: (elements: Iterable<Element>) => void, entered: (root: Root) => void, signal: AbortSignal) => (() => void);
export {};
