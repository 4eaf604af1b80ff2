import { readUnclobbered } from './dom-clobbering.js';

/** Returns the path from an element outwards, through slots and open shadow roots: as `composedPath()` of a composed event. */
export const composedPathOf = (element: Element): Element[] => {
  const path: Element[] = [];
  let next: Element | null = element;
  while (next) {
    path.push(next);
    next =
      readUnclobbered(next, 'assignedSlot') ??
      readUnclobbered(next, 'parentElement') ??
      ((readUnclobbered(next, 'getRootNode').call(next) as ShadowRoot).host || null);
  }
  return path;
};
