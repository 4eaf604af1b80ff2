// Snowplow's browser tracker: https://docs.snowplow.io/docs/sources/web-trackers/tracker-setup/initialization-options/
import { flushBuffer, newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker';

export const start = () =>
  newTracker('bench', 'https://collector.shop.example', {
    appId: 'shop',
    // The default, an event a request: a larger buffer has no timer that flushes it.
    bufferSize: 1,
    // Only the event is compared, without data on the page.
    contexts: { webPage: false },
  });

/** @param {string} itemId */
export const record = (itemId) =>
  trackSelfDescribingEvent({
    event: { schema: 'iglu:example.shop/click/jsonschema/1-0-0', data: { itemId, row: 'top' } },
  });

export const flush = () => flushBuffer();
