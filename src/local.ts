export type { Fault, FaultKind, FaultTarget } from './local/fault.js';
export type { ActiveFault } from './local/faults.js';
export { type EventFilter, findEvents } from './local/find-events.js';
export type { GuestCredentials, IssuedCredentials } from './local/guest-access.js';
export { type Listening, listen } from './local/listen.js';
export {
  ACCESS_KEY,
  createLocalAws,
  type LocalAws,
  type LocalAwsNotifications,
  type LocalAwsSettings,
} from './local/local-aws.js';
export type { LocalAwsOptions } from './local/local-options.js';
export type {
  EventFields,
  EventStatus,
  ReceivedEvent,
  ReceivedRequest,
  Rejection,
  SignatureForm,
} from './local/received.js';
export {
  type RunningLocalAws,
  type StartLocalAwsOptions,
  startLocalAws,
} from './local/start-local-aws.js';
export type { InteractionsSchema } from './server/interactions-schema.js';
export type { Domain, SchemaWarning } from './server/schema-check.js';
