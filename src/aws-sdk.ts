export type { Tracker, TrackerEvents } from './browser/api.js';
export { init, type SdkOptions } from './browser/aws-sdk-tracker.js';
export type { Stop } from './browser/platform/lifecycle.js';
