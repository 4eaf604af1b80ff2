export type {
  PutActionInteractionsBody,
  PutEventsBody,
  WireActionInteraction,
  WireEvent,
} from './contract/put-events-request.js';
export type { Batch, Forward } from './server/forward.js';
export { toPersonalize } from './server/forward.js';
export type { InvocationContext } from './server/invocation.js';
export type { ConsumerOptions, KinesisBatchResponse, KinesisEvent } from './server/kinesis-consumer.js';
export { createConsumer } from './server/kinesis-consumer.js';
export type { KinesisRecord, Rejected } from './server/kinesis-record.js';
export type { KinesisOptions } from './server/kinesis-stream.js';
export { toKinesis } from './server/kinesis-stream.js';
