import { member } from './dom-clobbering.js';

/** From an element outwards, through slots and open shadow roots: what `composedPath()` is for an event that leaves them all. */
export const pathOf = (element: Element): Element[] => {
  const path: Element[] = [];
  let next: Element | null = element;
  while (next) {
    path.push(next);
    next =
      member(next, 'assignedSlot') ??
      member(next, 'parentElement') ??
      ((member(next, 'getRootNode').call(next) as ShadowRoot).host || null);
  }
  return path;
};
