import { tryOrUndefined } from '../../contract/try.js';
import { findAll, matches, readUnclobbered } from './dom-clobbering.js';
import { listen } from './lifecycle.js';

// `Node.ELEMENT_NODE`, `Node.DOCUMENT_FRAGMENT_NODE` and `NodeFilter.SHOW_ELEMENT`, whatever the page calls so.
const ELEMENT_NODE = 1;
const FRAGMENT_NODE = 11;
const SHOW_ELEMENT = 1;

/** Interval of the search for roots that the parser has attached, while the page is loading. */
const PARSER_MS = 400;

/** Precede whatever visitors do in a shadow root. */
const FIRST_EVENTS = ['pointerdown', 'focusin', 'click'];

const prototypeOf = Object.getPrototypeOf;

/** A document or a shadow root. */
export type Root = Document | ShadowRoot;

const shadowOf = (element: Element): ShadowRoot | null => readUnclobbered(element, 'shadowRoot');

/** Runs for each open shadow root in a place, not for those inside of them. */
export const eachShadow = (place: Root | Element, run: (root: ShadowRoot) => void): void => {
  // One element after the other: to make a list of all takes twice as long.
  const walker = readUnclobbered(document, 'createTreeWalker').call(document, place, SHOW_ELEMENT);
  while (walker.nextNode()) {
    const root = shadowOf(walker.currentNode as Element);
    if (root) run(root);
  }
};

/**
 * Finds what matches in the document and in its open shadow roots, now and whenever it comes. What it returns finds all of
 * it once more.
 * @param attributes an element is found again when one of these changes on it or around it
 * @param entered is called before anything in a root is found, and again whenever the root comes once more
 */
export const observeElements = (
  selector: string,
  attributes: string[],
  found: (elements: Iterable<Element>) => void,
  entered: (root: Root) => void,
  signal: AbortSignal,
): (() => void) => {
  // `Element.prototype`, beyond HTMLElement's, whatever the page calls `Element`.
  const elements: Element = prototypeOf(prototypeOf(prototypeOf(document.documentElement)));
  const { attachShadow } = elements;
  const known = new WeakSet<Root>();
  let fresh = new Set<Element>();

  const collect = (place: Root | Element) => {
    for (const element of findAll(place, selector)) fresh.add(element);
    eachShadow(place, enter);
  };

  const enter = (root: Root) => {
    if (!known.has(root)) {
      known.add(root);
      observer.observe(root, { childList: true, subtree: true, attributeFilter: attributes });
    }
    entered(root);
    collect(root);
  };

  const tell = () => {
    const elements = fresh;
    fresh = new Set();
    found(elements);
  };

  const observer = new MutationObserver((records) => {
    lookAtParser();
    for (const { type, target, addedNodes } of records) {
      for (const node of type === 'attributes' ? [target] : addedNodes) {
        if (readUnclobbered(node, 'nodeType') !== ELEMENT_NODE) continue;
        const element = node as Element;
        if (matches(element, selector)) fresh.add(element);
        const root = shadowOf(element);
        if (root) enter(root);
        collect(element);
      }
    }
    tell();
  });

  const attach: typeof attachShadow = function (this: Element, init) {
    const root = attachShadow.call(this, init);
    if (!signal.aborted && root.mode === 'open') enter(root);
    return root;
  };
  // No mutation record tells of a root that an element gets long after it came. It is empty still.
  tryOrUndefined(() => {
    elements.attachShadow = attach;
  }); // Unless the page has frozen it.

  /** Enters roots that the parser has attached to elements that are still open: the last one, the last one in it, and so on. */
  const lookAtParser = (place: Root | Element = document) => {
    if (readUnclobbered(document, 'readyState') !== 'loading') return;
    for (
      let last = readUnclobbered(place, 'lastElementChild');
      last;
      last = readUnclobbered(last, 'lastElementChild')
    ) {
      const root = shadowOf(last);
      if (!root) continue;
      if (!known.has(root)) enter(root);
      lookAtParser(root);
    }
  };
  /** The parser attaches a root to an element that has come before, without a mutation record. */
  const watchParser = () => {
    if (signal.aborted || readUnclobbered(document, 'readyState') !== 'loading') return;
    lookAtParser();
    tell();
    setTimeout(watchParser, PARSER_MS);
  };
  /** Enters every root that is not known yet. */
  const enterUnknown = (root: Root) => (known.has(root) ? eachShadow(root, enterUnknown) : enter(root));
  listen(
    document,
    'DOMContentLoaded',
    () => {
      enterUnknown(document);
      tell();
    },
    signal,
  );
  // The path of a visitor's event has all other roots: of an `attachShadow` that the page kept from before, say.
  const onFirstEvent = (event: Event) => {
    const roots = (event.composedPath() as Root[]).filter(
      (node) => readUnclobbered(node, 'nodeType') === FRAGMENT_NODE && !known.has(node),
    );
    for (const root of roots) enter(root);
    if (roots.length) tell();
  };
  for (const type of FIRST_EVENTS) listen(window, type, onFirstEvent, signal, true);

  const again = () => {
    enter(document);
    tell();
  };
  again();
  watchParser();
  signal.addEventListener('abort', () => {
    observer.disconnect();
    // Another script may have put its own over it.
    if (elements.attachShadow === attach) elements.attachShadow = attachShadow;
  });
  return again;
};
