// @ts-check
// Resolves to the tracker once its tag has loaded. The tag is async: it may load before or after this module.

/** @typedef {import('../../../src/index.js').Tracker} Tracker */

/** @returns {Tracker | undefined} */
const loaded = () => /** @type {{ personalize?: Tracker }} */ (window).personalize;

/** @type {Promise<Tracker>} */
export const tracker = new Promise((resolve) => {
  const settle = () => {
    const found = loaded();
    if (found) resolve(found);
  };
  settle();
  document.querySelector('script[data-tracking-id]')?.addEventListener('load', settle);
});
