// @ts-check
// What is put on the page: the tracker, nothing at all, or the least that could do what one row measures. A floor runs
// in the page as the tracker does, and begins when `personalize.init()` is called, too.

/** @typedef {'nothing' | 'clicks' | 'sights' | 'changes' | 'both' | 'tracker'} Subject */

/** As src/capture/ has them: the thresholds for half an item, and the attributes that make an element another one. */
const SETTINGS = {
  threshold: [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64],
  attributeFilter: ['item', 'action', 'media', 'on', 'impression', 'list', 'recommendation-id'].map(
    (name) => `data-personalize-${name}`,
  ),
};

/** @typedef {typeof SETTINGS} Settings */

/** A listener that finds the tile and reads what it says. */
const clicks = () => {
  const personalize = {
    read: '',
    init() {
      addEventListener(
        'click',
        (event) => {
          const [target] = event.composedPath();
          const tile = target instanceof Element && target.closest('[data-personalize-item]');
          if (tile instanceof HTMLElement) personalize.read = `${tile.dataset.personalizeItem}`;
        },
        { capture: true, passive: true },
      );
    },
  };
  Object.assign(window, { personalize });
};

/** An observer of the tiles that are there. @param {Settings} settings */
const sights = ({ threshold }) => {
  const personalize = {
    seen: 0,
    init() {
      const observer = new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting } of entries) if (isIntersecting) personalize.seen++;
        },
        { threshold },
      );
      for (const tile of document.querySelectorAll('[data-personalize-item]')) observer.observe(tile);
    },
  };
  Object.assign(window, { personalize });
};

/** An observer of what comes, that does nothing with it. @param {Settings} settings */
const changes = ({ attributeFilter }) => {
  const personalize = {
    come: 0,
    init() {
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const _ of addedNodes) personalize.come++;
      });
      observer.observe(document, { childList: true, subtree: true, attributeFilter });
    },
  };
  Object.assign(window, { personalize });
};

/** An observer of what comes, and one of the tiles in it. @param {Settings} settings */
const both = ({ threshold, attributeFilter }) => {
  const personalize = {
    seen: 0,
    init() {
      const inView = new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting } of entries) if (isIntersecting) personalize.seen++;
        },
        { threshold },
      );
      const observer = new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const node of addedNodes) {
            if (!(node instanceof Element)) continue;
            for (const tile of node.querySelectorAll('[data-personalize-item]')) inView.observe(tile);
          }
        }
      });
      observer.observe(document, { childList: true, subtree: true, attributeFilter });
    },
  };
  Object.assign(window, { personalize });
};

/** @param {(settings: Settings) => void} floor */
const scriptOf = (floor) => `(${floor})(${JSON.stringify(SETTINGS)})`;

/** The script of each but the tracker, whose script is what is measured. */
export const scripts = {
  nothing: '',
  clicks: scriptOf(clicks),
  sights: scriptOf(sights),
  changes: scriptOf(changes),
  both: scriptOf(both),
};
