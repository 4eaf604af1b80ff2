export type { ConsumerOptions, KinesisBatchResponse, KinesisEvent } from './relay/consumer.js';
export { createConsumer } from './relay/consumer.js';
export type { Batch, Forward } from './relay/forward.js';
export { toPersonalize } from './relay/forward.js';
export type { InvocationContext } from './relay/invocation.js';
export type { KinesisOptions } from './relay/kinesis.js';
export { toKinesis } from './relay/kinesis.js';
export type { KinesisRecord, Rejected } from './relay/record.js';
export type {
  PutActionInteractionsBody,
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from './wire.js';
