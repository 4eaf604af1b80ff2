import { findAll, matches, member } from './member.js';

/** A document or a shadow root. */
type Root = Document | ShadowRoot;

/**
 * Finds what matches in the document and in its open shadow roots, now and whenever it comes. What it returns finds all of
 * it once more.
 * @param attributes an element is found again when one of these changes on it or around it
 * @param entered is called before anything in a root is found
 */
export const watchElements = (
  selector: string,
  attributes: string[],
  found: (elements: Iterable<Element>) => void,
  entered: (root: Root) => void,
  signal: AbortSignal,
): (() => void) => {
  const { attachShadow } = Element.prototype;
  const known = new WeakSet<Root>();
  let fresh = new Set<Element>();

  const collect = (root: Root | Element) => {
    for (const element of findAll(root, selector)) fresh.add(element);
    // One after the other: to make a list of all takes twice as long.
    const walker = member(document, 'createTreeWalker').call(document, root, NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) lookInto(walker.currentNode as Element);
  };

  const lookInto = (element: Element) => {
    const root = member(element, 'shadowRoot');
    if (root) enter(root);
  };

  const enter = (root: Root) => {
    if (!known.has(root)) {
      known.add(root);
      observer.observe(root, { childList: true, subtree: true, attributeFilter: attributes });
      entered(root);
    }
    collect(root);
  };

  const tell = () => {
    const elements = fresh;
    fresh = new Set();
    found(elements);
  };

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      for (const node of type === 'attributes' ? [target] : addedNodes) {
        if (!(node instanceof Element)) continue;
        if (matches(node, selector)) fresh.add(node);
        lookInto(node);
        collect(node);
      }
    }
    tell();
  });

  const attach: typeof attachShadow = function (this: Element, init) {
    const root = attachShadow.call(this, init);
    if (!signal.aborted && init.mode === 'open') enter(root);
    return root;
  };
  // Nothing else tells of a root that an element gets long after it came. It is empty still.
  Element.prototype.attachShadow = attach;
  const again = () => {
    enter(document);
    tell();
  };
  again();
  signal.addEventListener('abort', () => {
    observer.disconnect();
    // Another script may have put its own over it.
    if (Element.prototype.attachShadow === attach) Element.prototype.attachShadow = attachShadow;
  });
  return again;
};
