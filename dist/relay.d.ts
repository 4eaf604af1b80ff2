export type { Batch, Forward } from './relay/forward.js';
export { toPersonalize } from './relay/forward.js';
export type { RelayOptions } from './relay/options.js';
export type { Relay } from './relay/relay.js';
export { createRelay } from './relay/relay.js';
export type { Operation, PutActionInteractionsBody, PutEventsBody, WireActionInteraction, WireEvent, } from './wire.js';
export { problemOfRequest } from './wire.js';
