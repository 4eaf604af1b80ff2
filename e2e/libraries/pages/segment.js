import { AnalyticsBrowser } from '@segment/analytics-next';
import { personalizePlugin } from '../../../dist/segment.js';

/** Loads Segment's library with the plugin. */
window.start = (options) => {
  window.analytics = AnalyticsBrowser.load({ writeKey: 'key', cdnSettings: { integrations: {} } });
  window.analytics.register(personalizePlugin(window.personalize, options));
};
