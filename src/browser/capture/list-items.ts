import { cutImpression, ID } from '../../contract/event.js';
import { findAll } from '../platform/dom-clobbering.js';
import { itemOf } from './attributes.js';

/** Returns whether an impression may name the item of this tile. */
export type IsSeen = (tile: Element, itemId: string) => boolean;

const ITEMS = '[data-personalize-item]';

/** Match the copies of slides that carousels put at their ends. */
const CLONES = ['[class*=clone]', '[class*=duplicate]', '[data-clone]'];
const CLONED_ITEMS = CLONES.map((clone) => `${clone}${ITEMS},${clone} ${ITEMS}`).join();

/**
 * Returns the seen items of a list in document order, without those of nested lists: as many as an impression takes,
 * around the one acted on. A cloned slide counts as its item, but not at the clone's place.
 */
export const seenItemsOf = (list: Element, itemId: string, isSeen: IsSeen): string[] => {
  const nested = new Set(findAll(list, `:scope [data-personalize-list] ${ITEMS}`));
  const clones = new Set(findAll(list, CLONED_ITEMS));
  const seen = new Set([itemId]);
  const ids = new Set<string>();
  const clonedIds = new Set<string>();
  for (const tile of findAll(list, ITEMS)) {
    const id = itemOf(tile) as string;
    if (nested.has(tile) || !ID[1](id)) continue;
    (clones.has(tile) ? clonedIds : ids).add(id);
    if (!seen.has(id) && isSeen(tile, id)) seen.add(id);
  }
  // The list cannot find the item acted on if that is in a shadow root.
  const inOrder = [...new Set([...ids, ...clonedIds, itemId])];
  return cutImpression(
    inOrder.filter((id) => seen.has(id)),
    itemId,
  );
};
