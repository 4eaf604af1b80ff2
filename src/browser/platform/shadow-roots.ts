import { tryOrUndefined } from '../../contract/try.js';
import { readUnclobbered } from './dom-clobbering.js';
import type { Work } from './idle-slices.js';

// `NodeFilter.SHOW_ELEMENT`: a page may redefine this name.
const SHOW_ELEMENT = 1;

/** The number of elements that a walk visits between two pauses: some tenths of a millisecond on a slow phone. */
const ELEMENTS_A_STEP = 100;

const prototypeOf = Object.getPrototypeOf;

/** A document or a shadow root. */
export type Root = Document | ShadowRoot;

const shadowOf = (element: Element): ShadowRoot | null => readUnclobbered(element, 'shadowRoot');

/** Walks through a place, and does the work of `enter` for each open shadow root. Does not walk into these roots. */
export function* walkShadowRoots(place: Root | Element, enter: (root: ShadowRoot) => Work): Work {
  // Without elements inside there is no need for a walk.
  if (!readUnclobbered(place, 'firstElementChild')) {
    const root = shadowOf(place as Element);
    if (root) yield* enter(root);
    return;
  }
  // It goes on where it was after the page has removed the element that it had reached; a `TreeWalker` would end.
  const elements = readUnclobbered(document, 'createNodeIterator').call(document, place, SHOW_ELEMENT);
  let count = 0;
  for (let node = elements.nextNode(); node; node = elements.nextNode()) {
    const root = shadowOf(node as Element);
    if (root) yield* enter(root);
    if (++count % ELEMENTS_A_STEP === 0) yield;
  }
}

/** Runs for each open shadow root that is attached while the signal is not aborted: no mutation record reports one. */
export const onAttachShadow = (run: (root: ShadowRoot) => void, signal: AbortSignal): void => {
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

/** Runs for each shadow root on elements that the parser has not closed: the last one, the last one in it, and so on. */
export const eachShadowAtParser = (place: Root | Element, run: (root: ShadowRoot) => void): void => {
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
