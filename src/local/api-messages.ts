import type { Column } from '../server/interactions-schema.js';
import type { ActiveFault } from './faults.js';
import type { LocalAwsSettings } from './local-aws.js';
import type { ReceivedEvent, ReceivedRequest } from './received.js';

/** The state of the faults: the body of `GET /api/faults` and `PUT /api/faults`, and the message `faults`. */
export interface FaultState {
  faults: ActiveFault[];
  clockSkewMs: number;
}

/** The message `update`: the new events and requests. */
export interface StreamUpdate {
  events: readonly ReceivedEvent[];
  requests: readonly ReceivedRequest[];
  dropped: { events: number; requests: number };
}

/** The message `snapshot`: everything, at the start and after a `clear()`. */
export interface StreamSnapshot extends StreamUpdate, FaultState {
  /** Number of events, and of requests, that are kept. */
  maxEvents: number;
}

/** How a page sends to the local AWS. */
export interface TrackerSetup {
  /** Options of `init()`. */
  initOptions: Record<string, string>;
  /** Script tag. */
  tag: string;
}

/** A column of the schema, as the API shows it. */
export type SchemaColumn = Omit<Column, 'accepts'>;

/** The body of `GET /api`. */
export interface ApiDescription extends LocalAwsSettings, TrackerSetup {
  /** The dataset's columns; null without a schema. */
  schema: SchemaColumn[] | null;
  routes: string[];
}
