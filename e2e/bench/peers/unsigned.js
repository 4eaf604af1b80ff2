// This tracker without AWS credentials, as in docs/relay.md: batches go unsigned to an endpoint of the site's own.

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) =>
  window.personalize.init({
    trackingId: 'demo-tracker',
    // Another origin than the site's, as the collectors of the other peers: its requests need preflights.
    endpoint: 'https://relay.shop.example/collect',
    ...(atOnce && { flushInterval: 0 }),
  });

export { flush, record } from './tracker.js';
