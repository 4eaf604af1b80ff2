// This tracker as in its README: the script of a tag, started by page code with default options.

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  window.personalize.init({
    trackingId: 'demo-tracker',
    identityPoolId: 'us-east-1:00000000-0000-4000-8000-000000000000',
    // The longest time that an event waits for others, as in the README.
    ...(atOnce && { flushInterval: 0 }),
  });

/** @param {string} itemId */
export const record = (itemId) => window.personalize.track('click', itemId, { properties: { row: 'top' } });

export const flush = () => window.personalize.flush();
