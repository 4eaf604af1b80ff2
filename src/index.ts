export type { Tracker, TrackerEvents } from './browser/api.js';
export type { Inspection } from './browser/debug.js';
export { init } from './browser/init.js';
export type { Stop } from './browser/platform/lifecycle.js';
export type {
  CredentialsInput,
  CredentialsProvider,
  SdkCredentials,
  ServiceAnswer,
  ServiceCredentials,
} from './contract/credentials-input.js';
export type {
  DatasetFields,
  EventFields,
  PropertyValue,
  RecordedEvent,
  TrackedAction,
  TrackedEvent,
} from './contract/event.js';
export type { Options } from './contract/options.js';
export type { Credentials } from './contract/sigv4.js';
export type { TrackActionArguments, TrackArguments } from './contract/track-arguments.js';
