// This tracker, as its README has it: the script of a tag, begun by page code. Its options are the defaults.

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  window.personalize.init({
    trackingId: 'demo-tracker',
    identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
    // The README's options: the longest an event waits for others.
    ...(atOnce && { flushInterval: 0 }),
  });

/** @param {string} itemId */
export const record = (itemId) => window.personalize.track('click', itemId, { properties: { row: 'top' } });

export const flush = () => window.personalize.flush();
