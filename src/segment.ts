export {
  personalizePlugin,
  type SegmentAnalytics,
  type SegmentContext,
  type SegmentOptions,
  type SegmentPlugin,
} from './browser/segment/segment-plugin.js';
