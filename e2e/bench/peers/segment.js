// Segment's analytics-next: https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/
import { AnalyticsBrowser } from '@segment/analytics-next';

let analytics;

/** @param {{ atOnce: boolean }} options */
export const start = ({ atOnce }) => {
  analytics = AnalyticsBrowser.load(
    {
      writeKey: 'bench',
      // Replaces the request for the source's settings.
      cdnSettings: { integrations: { 'Segment.io': { apiKey: 'bench' } } },
    },
    {
      integrations: {
        'Segment.io': {
          deliveryStrategy: atOnce
            ? { strategy: 'standard' } // The default: a request an event.
            : // https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/#batching
              { strategy: 'batching', config: { size: 10, timeout: 5000 } },
        },
      },
    },
  );
};

/** @param {string} itemId */
export const record = (itemId) => analytics.track('click', { itemId, row: 'top' });
