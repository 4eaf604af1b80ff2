// @ts-check
// The tracker, once its tag has loaded. The tag is async, so it may come before this module or after it.

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
