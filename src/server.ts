export type {
  DatasetFields,
  EventFields,
  PropertyValue,
  TrackedAction,
  TrackedEvent,
} from './contract/event.js';
export type { TrackActionArguments, TrackArguments } from './contract/track-arguments.js';
export { createServerTracker } from './server/server-tracker.js';
export type { ServerTracker, UndeliveredEvent, Visitor } from './server/server-tracker-api.js';
export type { ServerTrackerOptions } from './server/server-tracker-options.js';
