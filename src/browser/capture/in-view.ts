/** Reports which elements come into view and leave it. */
export interface InViewListeners {
  /** Elements of which enough is in view: possibly some that were so before. */
  onEnter(elements: Element[]): void;
  onLeave(element: Element): void;
  /** Elements at a place in view, but without area. */
  onEmpty(elements: Element[]): void;
}

/** Fractions of the share that are reported, too: what is larger than the viewport never reaches the share itself. */
const FRACTIONS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];

const areaOf = ({ width, height }: DOMRectReadOnly) => width * height;

/** Returns whether the share of an element, or of the viewport if the element is larger, is in view. */
const isInView = (entry: IntersectionObserverEntry, share: number) => {
  const { intersectionRatio, intersectionRect, rootBounds } = entry;
  const area = areaOf(intersectionRect);
  // A frame of another origin does not learn the viewport.
  const viewport = rootBounds ? areaOf(rootBounds) : innerWidth * innerHeight;
  return area > 0 && (intersectionRatio >= share || area >= share * viewport);
};

/**
 * Observes which elements are in view. An element that the page removes leaves.
 * @param share 0 to 1
 * @returns observes an element; if called again, reports it again
 */
export const observeInView = (
  share: number,
  { onEnter, onLeave, onEmpty }: InViewListeners,
  signal: AbortSignal,
): ((element: Element) => void) => {
  const onEntries = (entries: IntersectionObserverEntry[]) => {
    const entered = new Set<Element>();
    const empty: Element[] = [];
    for (const entry of entries) {
      const { target, intersectionRatio, intersectionRect } = entry;
      if (isInView(entry, share)) {
        entered.add(target);
        continue;
      }
      // One batch of entries may report that an element came and left again.
      entered.delete(target);
      onLeave(target);
      // Without area it counts as wholly in view, and so is not reported when it grows.
      if (intersectionRatio && !areaOf(intersectionRect)) empty.push(target);
    }
    if (entered.size) onEnter([...entered]);
    if (empty.length) onEmpty(empty);
  };
  const observer = new IntersectionObserver(onEntries, {
    threshold: FRACTIONS.map((fraction) => share * fraction),
  });
  signal.addEventListener('abort', () => observer.disconnect());

  return (element) => {
    // The observer reports only newly observed elements. A note of those that are would cost 13 bytes a tile.
    observer.unobserve(element);
    observer.observe(element);
  };
};
