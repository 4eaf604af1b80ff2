import { findAll, matches, readUnclobbered } from './dom-clobbering.js';
import type { IdleSlices, Work } from './idle-slices.js';
import { listen } from './lifecycle.js';
import { eachShadowAtParser, onAttachShadow, type Root, walkShadowRoots } from './shadow-roots.js';

// `Node.ELEMENT_NODE` and `Node.DOCUMENT_FRAGMENT_NODE`: a page may redefine these names.
const ELEMENT_NODE = 1;
const FRAGMENT_NODE = 11;

/** Interval of the search for shadow roots that the parser has attached, while the page is loading. */
const PARSER_INTERVAL_MS = 400;

/** Precede all other events of visitors in a shadow root. */
const FIRST_EVENTS = ['pointerdown', 'focusin', 'click'];

/** The most elements that are reported at once: the main thread is free before the next ones. */
const MAX_REPORTED = 100;

const isElement = (node: Node): node is Element => readUnclobbered(node, 'nodeType') === ELEMENT_NODE;

const isLoading = () => readUnclobbered(document, 'readyState') === 'loading';

export interface ObserveOptions {
  selector: string;
  /** An element is found again when one of these changes on it or around it. */
  attributes: string[];
  /** Is called after each change of the page, before anything that it added is found. */
  onChange(): void;
  onFound(elements: Element[]): void;
  /** Is called before anything in a root is found, and again whenever the root is added again. */
  onRoot(root: Root): void;
  slices: IdleSlices;
  signal: AbortSignal;
}

/**
 * Finds matching elements in the document and in its open shadow roots, now and whenever they are added. On a large page
 * some are found later, in idle time.
 * @returns finds all of them again
 */
export const observeElements = (options: ObserveOptions): (() => void) => {
  const { selector, attributes, onChange, onFound, onRoot, slices, signal } = options;
  const known = new WeakSet<Root>();

  function* matchesIn(place: Root | Element): Generator<Element> {
    if (isElement(place) && matches(place, selector)) yield place;
    // Most elements that a page adds have no others inside.
    if (readUnclobbered(place, 'firstElementChild')) yield* findAll(place, selector);
  }

  function* reportElements(places: Iterable<Root | Element>): Work {
    // A page may add an element and one around it.
    const reported = new Set<Element>();
    const found: Element[] = [];
    for (const place of places) {
      for (const element of matchesIn(place)) {
        if (reported.has(element)) continue;
        reported.add(element);
        if (found.push(element) < MAX_REPORTED) continue;
        onFound(found.splice(0));
        yield;
      }
      yield;
    }
    if (found.length) onFound(found);
  }

  /** Reports the elements of these places, then enters the shadow roots in them. */
  function* search(places: Iterable<Root | Element>): Work {
    yield* reportElements(places);
    for (const place of places) {
      yield* walkShadowRoots(place, enter);
      yield;
    }
  }

  const open = (root: Root) => {
    if (!known.has(root)) {
      known.add(root);
      observer.observe(root, { childList: true, subtree: true, attributeFilter: attributes });
    }
    onRoot(root);
  };
  function* enter(root: Root): Work {
    open(root);
    yield* search([root]);
  }
  /** Enters unknown roots, also those inside of known ones. */
  const enterNew = (root: Root): Work => (known.has(root) ? walkShadowRoots(root, enterNew) : enter(root));

  /** Opens a root at once, since the visitor or the page is about to use it. */
  const openNow = (root: Root) => {
    open(root);
    slices.run(search([root]));
  };
  const openNew = (root: Root) => {
    if (!known.has(root)) openNow(root);
  };
  const openAtParser = () => {
    if (isLoading()) eachShadowAtParser(document, openNew);
  };

  const observer = new MutationObserver((records) => {
    onChange();
    openAtParser();
    const changed = new Set<Element>();
    for (const { type, target, addedNodes } of records) {
      for (const node of type === 'attributes' ? [target] : addedNodes)
        if (isElement(node)) changed.add(node);
    }
    slices.run(search(changed));
  });
  signal.addEventListener('abort', () => observer.disconnect());

  // The root is still empty: nothing is found in it yet.
  onAttachShadow(open, signal);

  /** Watches for roots of the parser: it attaches them to elements that were added before, without a mutation record. */
  const watchParser = () => {
    if (signal.aborted || !isLoading()) return;
    openAtParser();
    setTimeout(watchParser, PARSER_INTERVAL_MS);
  };
  const onParsed = () => slices.run(enterNew(document));
  listen(document, 'DOMContentLoaded', onParsed, signal);

  // The path of a visitor's event has all other roots, such as those of an `attachShadow` that the page kept from before.
  const onFirstEvent = (event: Event) => {
    for (const node of event.composedPath() as Root[]) {
      if (readUnclobbered(node, 'nodeType') === FRAGMENT_NODE) openNew(node);
    }
  };
  for (const type of FIRST_EVENTS) listen(window, type, onFirstEvent, signal, true);

  openNow(document);
  watchParser();
  return () => openNow(document);
};
