import { tryOrUndefined } from '../../contract/try.js';
import { findAll, matches, readUnclobbered } from './dom-clobbering.js';
import { listen } from './lifecycle.js';

// `Node.ELEMENT_NODE`, `Node.DOCUMENT_FRAGMENT_NODE` and `NodeFilter.SHOW_ELEMENT`: a page may redefine these names.
const ELEMENT_NODE = 1;
const FRAGMENT_NODE = 11;
const SHOW_ELEMENT = 1;

/** Interval of the search for shadow roots that the parser has attached, while the page is loading. */
const PARSER_INTERVAL_MS = 400;

/** Precede all other events of visitors in a shadow root. */
const FIRST_EVENTS = ['pointerdown', 'focusin', 'click'];

const prototypeOf = Object.getPrototypeOf;

/** A document or a shadow root. */
export type Root = Document | ShadowRoot;

const shadowOf = (element: Element): ShadowRoot | null => readUnclobbered(element, 'shadowRoot');

/** Runs for each open shadow root in a place, but not for roots inside of these. */
export const eachShadow = (place: Root | Element, run: (root: ShadowRoot) => void): void => {
  // One element after the other: making a list of all takes twice as long.
  const walker = readUnclobbered(document, 'createTreeWalker').call(document, place, SHOW_ELEMENT);
  while (walker.nextNode()) {
    const root = shadowOf(walker.currentNode as Element);
    if (root) run(root);
  }
};

/** Runs for each open shadow root that is attached while the signal is not aborted: no mutation record reports one. */
const onAttachShadow = (run: (root: ShadowRoot) => void, signal: AbortSignal) => {
  // `Element.prototype`, above HTMLElement's: a page may redefine `Element`.
  const elements: Element = prototypeOf(prototypeOf(prototypeOf(document.documentElement)));
  const { attachShadow } = elements;
  const patched: typeof attachShadow = function (this: Element, init) {
    const root = attachShadow.call(this, init);
    if (!signal.aborted && root.mode === 'open') run(root);
    return root;
  };
  // Fails if the page has frozen the prototype.
  tryOrUndefined(() => {
    elements.attachShadow = patched;
  });
  signal.addEventListener('abort', () => {
    // Another script may have patched it since.
    if (elements.attachShadow === patched) elements.attachShadow = attachShadow;
  });
};

const isLoading = () => readUnclobbered(document, 'readyState') === 'loading';

/** Runs for each shadow root on elements that the parser has not closed: the last one, the last one in it, and so on. */
const eachShadowAtParser = (place: Root | Element, run: (root: ShadowRoot) => void) => {
  let last = readUnclobbered(place, 'lastElementChild');
  while (last) {
    const root = shadowOf(last);
    if (root) {
      run(root);
      eachShadowAtParser(root, run);
    }
    last = readUnclobbered(last, 'lastElementChild');
  }
};

/**
 * Finds matching elements in the document and in its open shadow roots, now and whenever they are added.
 * @param attributes an element is found again when one of these changes on it or around it
 * @param onRoot is called before anything in a root is found, and again whenever the root is added again
 * @returns finds all of them again
 */
export const observeElements = (
  selector: string,
  attributes: string[],
  onFound: (elements: Iterable<Element>) => void,
  onRoot: (root: Root) => void,
  signal: AbortSignal,
): (() => void) => {
  const known = new WeakSet<Root>();
  /** Elements found since the last report. */
  let found = new Set<Element>();

  const report = () => {
    const elements = found;
    found = new Set();
    onFound(elements);
  };

  const collect = (place: Root | Element) => {
    for (const element of findAll(place, selector)) found.add(element);
    eachShadow(place, enter);
  };

  const enter = (root: Root) => {
    if (!known.has(root)) {
      known.add(root);
      observer.observe(root, { childList: true, subtree: true, attributeFilter: attributes });
    }
    onRoot(root);
    collect(root);
  };
  const enterNew = (root: Root) => {
    if (!known.has(root)) enter(root);
  };
  const enterNewInside = (root: Root) => (known.has(root) ? eachShadow(root, enterNewInside) : enter(root));
  const enterAtParser = () => {
    if (isLoading()) eachShadowAtParser(document, enterNew);
  };
  const enterDocument = () => {
    enter(document);
    report();
  };

  const onAddedOrChanged = (node: Node) => {
    if (readUnclobbered(node, 'nodeType') !== ELEMENT_NODE) return;
    const element = node as Element;
    if (matches(element, selector)) found.add(element);
    const root = shadowOf(element);
    if (root) enter(root);
    collect(element);
  };
  const observer = new MutationObserver((records) => {
    enterAtParser();
    for (const { type, target, addedNodes } of records) {
      for (const node of type === 'attributes' ? [target] : addedNodes) onAddedOrChanged(node);
    }
    report();
  });
  signal.addEventListener('abort', () => observer.disconnect());

  // The root is still empty: nothing is found in it yet.
  onAttachShadow(enter, signal);

  /** Watches for roots of the parser: it attaches them to elements that were added before, without a mutation record. */
  const watchParser = () => {
    if (signal.aborted || !isLoading()) return;
    enterAtParser();
    report();
    setTimeout(watchParser, PARSER_INTERVAL_MS);
  };
  const onParsed = () => {
    enterNewInside(document);
    report();
  };
  listen(document, 'DOMContentLoaded', onParsed, signal);

  // The path of a visitor's event has all other roots, such as those of an `attachShadow` that the page kept from before.
  const onFirstEvent = (event: Event) => {
    const roots = (event.composedPath() as Root[]).filter(
      (node) => readUnclobbered(node, 'nodeType') === FRAGMENT_NODE && !known.has(node),
    );
    for (const root of roots) enter(root);
    if (roots.length) report();
  };
  for (const type of FIRST_EVENTS) listen(window, type, onFirstEvent, signal, true);

  enterDocument();
  watchParser();
  return enterDocument;
};
