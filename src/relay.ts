export type { Operation } from './contract/event.js';
export type {
  PutActionInteractionsBody,
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from './contract/put-events-request.js';
export { problemOfRequest } from './contract/validate-request.js';
export type { Batch, Forward } from './server/forward.js';
export { toPersonalize } from './server/forward.js';
export type { RelayOptions } from './server/relay-options.js';
export type { Relay } from './server/request-handler.js';
export { createRelay } from './server/request-handler.js';
