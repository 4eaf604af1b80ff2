import { type InteractionsSchema, readInteractionsSchema } from '../server/interactions-schema.js';
import {
  createSchemaCheck,
  type Domain,
  type SchemaWarning,
  type SentEvent,
} from '../server/schema-check.js';
import { createKnownIds, type KnownIds } from './known-ids.js';

/** Options of the local AWS. */
export interface LocalAwsOptions {
  /** IDs of the event trackers that exist. Default: `demo-tracker`. */
  trackingId?: string | string[];
  /** IDs of the event trackers for actions that exist. Default: `demo-action-tracker`. */
  actionTrackingId?: string | string[];
  /** IDs of the identity pools that exist. Default: the region and `:00000000-0000-4000-8000-000000000000`. */
  identityPoolId?: string | string[];
  /** Region that requests must be signed for. Default: that of the identity pool, or `us-east-1`. */
  region?: string;
  /** The dataset's schema, as the Avro JSON that CreateSchema takes: each event is checked against it. */
  schema?: string | object;
  /** Domain of the dataset group: event types are checked, too. Goes with `schema`. */
  domain?: Domain;
  /**
   * Accepts any tracking ID, identity pool and region for which no option is given, so that a site can be tested with its
   * real IDs. Default: false.
   */
  acceptUnknownIds?: boolean;
  /** Number of events, and of requests, that are kept: the newest. Default: 10,000. */
  maxEvents?: number;
  /** Lifetime of guest credentials in seconds. Default: 3,600. */
  sessionSeconds?: number;
  /** Returns the time in milliseconds. Default: `Date.now`. */
  now?(): number;
  /** Returns a number from 0 to 1 that decides which requests a fault with a `share` affects. Default: `Math.random`. */
  random?(): number;
}

/** Options with their defaults. */
export interface ResolvedLocalOptions {
  trackingIds: string[];
  actionTrackingIds: string[];
  identityPoolIds: string[];
  region: string;
  knownIds: KnownIds;
  schema: InteractionsSchema | undefined;
  domain: Domain | undefined;
  checkSchema(sent: SentEvent): SchemaWarning[];
  maxEvents: number;
  sessionSeconds: number;
  now(): number;
  random(): number;
}

const DEFAULT_REGION = 'us-east-1';

const DEFAULT_MAX_EVENTS = 10_000;

const toList = (ids: string | string[]): string[] => [ids].flat();

const checkIds = (name: string, ids: string[]) => {
  const wrong = ids.find((id) => typeof id !== 'string' || id === '');
  if (wrong !== undefined || !ids.length) {
    throw new Error(`${name} must be a text, or a list of texts; got ${JSON.stringify(wrong ?? ids)}`);
  }
};

/** Resolves the options. @throws an error that says what to change */
export const resolveLocalOptions = (options: LocalAwsOptions = {}): ResolvedLocalOptions => {
  const {
    trackingId = 'demo-tracker',
    actionTrackingId = 'demo-action-tracker',
    identityPoolId,
    region = toList(identityPoolId ?? [])[0]?.split(':')[0] ?? DEFAULT_REGION,
    schema,
    domain,
    maxEvents = DEFAULT_MAX_EVENTS,
    sessionSeconds = 3600,
    now = Date.now,
    random = Math.random,
  } = options;
  const trackingIds = toList(trackingId);
  const actionTrackingIds = toList(actionTrackingId);
  const identityPoolIds = toList(identityPoolId ?? `${region}:00000000-0000-4000-8000-000000000000`);
  checkIds('trackingId', trackingIds);
  checkIds('actionTrackingId', actionTrackingIds);
  checkIds('identityPoolId', identityPoolIds);
  if (!Number.isInteger(maxEvents) || maxEvents < 1) {
    throw new Error(`maxEvents must be a whole number from 1; got ${maxEvents}`);
  }
  if (domain && schema === undefined) throw new Error('domain goes only with schema');
  const columns =
    schema === undefined
      ? undefined
      : readInteractionsSchema(typeof schema === 'string' ? schema : JSON.stringify(schema));
  const ids = { trackingIds, actionTrackingIds, identityPoolIds, region };
  return {
    ...ids,
    knownIds: createKnownIds(ids, options),
    schema: columns,
    domain,
    checkSchema: columns ? createSchemaCheck(columns, domain) : () => [],
    maxEvents,
    sessionSeconds,
    now,
    random,
  };
};
