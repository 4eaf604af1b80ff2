import { tryOrUndefined } from '../../contract/try.js';
import { composedPathOf } from './composed-path.js';
import { boxOf, matches, readUnclobbered } from './dom-clobbering.js';

/** Hidden elements are checked again at this interval: no event tells of a changed style. */
export const LOOK_AGAIN_MS = 500;

/** Includes the names that `checkVisibility()` had for them in Chromium before 121. */
const VISIBILITY_CHECKS = {
  opacityProperty: true,
  visibilityProperty: true,
  checkOpacity: true,
  checkVisibilityCSS: true,
};

/** Returns whether an element is rendered, without `visibility: hidden` or `opacity: 0`, in the viewport or outside of it. */
export const isRendered = (element: Element): boolean => {
  const rendered = tryOrUndefined(() =>
    readUnclobbered(element, 'checkVisibility').call(element, VISIBILITY_CHECKS),
  );
  if (rendered !== undefined) return rendered && element.isConnected;
  // Safari before 17.4, Firefox before 106.
  const styles = composedPathOf(element).map((it) => getComputedStyle(it));
  const isGone = ({ display, opacity }: CSSStyleDeclaration) => display === 'none' || opacity === '0';
  return element.isConnected && styles[0]?.visibility === 'visible' && !styles.some(isGone);
};

/** Returns the elements at a point of the viewport, from the top down, those in open shadow roots before their hosts. */
const elementsAt = (x: number, y: number, root: Document | ShadowRoot = document): Element[] =>
  readUnclobbered(root, 'elementsFromPoint')
    .call(root, x, y)
    // Some browsers return elements outside of the root, too.
    .filter((element) => readUnclobbered(element, 'getRootNode').call(element) === root)
    .flatMap((element) => {
      const inner = readUnclobbered(element, 'shadowRoot');
      return inner ? [...elementsAt(x, y, inner), element] : [element];
    });

/** Returns whether an element is laid over the page: modal, fixed, sticky, or positioned and as large as the viewport. */
const isOverlay = (element: Element): boolean => {
  const { position } = getComputedStyle(element);
  if (/fixed|sticky/.test(position) || tryOrUndefined(() => matches(element, ':modal'))) return true;
  const { left, top, right, bottom } = boxOf(element);
  const { clientWidth, clientHeight } = document.documentElement;
  return position === 'absolute' && left <= 0 && top <= 0 && right >= clientWidth && bottom >= clientHeight;
};

/**
 * Returns whether an element that is not hit at its middle is clipped there: the intersection observers of Firefox and
 * WebKit count the part that a `clip-path` cuts off.
 * @param path from the element outwards
 */
const isClipped = (path: Element[]): boolean => {
  const styles = path.map((it) => getComputedStyle(it));
  const isUnhittable = styles[0]?.pointerEvents === 'none';
  return !isUnhittable && styles.some(({ clipPath, clip }) => clipPath !== 'none' || clip !== 'auto');
};

/**
 * Returns whether the middle of an element's part in the viewport is covered by an overlay or by another element of the
 * same kind, or is cut off by a `clip-path`.
 * @param kind selects elements that hide each other, such as slides
 */
const isCoveredOrClipped = (element: Element, kind: string): boolean => {
  const { left, top, right, bottom } = boxOf(element);
  const middle = (from: number, to: number, size: number) => (Math.max(from, 0) + Math.min(to, size)) / 2;
  const around = composedPathOf(element);
  const own = new Set(around);
  for (const hit of elementsAt(middle(left, right, innerWidth), middle(top, bottom, innerHeight))) {
    const path = composedPathOf(hit);
    if (path.includes(element)) return false;
    // An element around it: nothing covers it.
    if (own.has(hit)) return isClipped(around);
    const above = path.slice(
      0,
      path.findIndex((it) => own.has(it)),
    );
    if (above.some((it) => matches(it, kind) || isOverlay(it)) && isRendered(hit)) return true;
  }
  return false;
};

/** Returns whether an element that is in the viewport can be seen and used. */
export const isSeeable = (element: Element, kind: string): boolean =>
  isRendered(element) &&
  !composedPathOf(element).some((it) => matches(it, '[inert]')) &&
  !isCoveredOrClipped(element, kind);
