export type { Tracker, TrackerEvents } from './api.js';
export type { CredentialsProvider } from './credentials.js';
export type { Inspection } from './debug.js';
export type { PropertyValue, RecordedEvent, TrackedAction, TrackedEvent } from './event.js';
export type { Stop } from './lib/lifecycle.js';
export type { Options } from './options.js';
export type {
  CredentialsInput,
  SdkCredentials,
  ServiceAnswer,
  ServiceCredentials,
} from './parse-credentials.js';
export type { Credentials } from './sign.js';
export { init } from './tracker.js';
