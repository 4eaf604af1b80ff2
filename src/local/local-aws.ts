import { EventEmitter } from 'node:events';
import type { RequestListener } from 'node:http';
import type { InteractionsSchema } from '../server/interactions-schema.js';
import { AwsError } from './aws-error.js';
import { createAwsHandler, type Operation } from './aws-handler.js';
import { createEventLog } from './event-log.js';
import type { Fault } from './fault.js';
import { type ActiveFault, createFaults } from './faults.js';
import { createGuestAccess, type GuestCredentials, type IssuedCredentials } from './guest-access.js';
import { countLeftOut, toInteractionsCsv } from './interactions-table.js';
import { type LocalAwsOptions, type ResolvedLocalOptions, resolveLocalOptions } from './local-options.js';
import { createNewest } from './newest.js';
import { createPersonalizeEvents } from './personalize-events.js';
import type { ReceivedEvent, ReceivedRequest } from './received.js';
import { formOf } from './signature-claim.js';

/** The notifications of a local AWS, by name. */
export interface LocalAwsNotifications {
  /** An event has come. */
  event: (event: ReceivedEvent) => void;
  /** A request has its answer, or is to have none. */
  request: (request: ReceivedRequest) => void;
  /** A fault was set, took effect or was undone, or the service's clock was changed. */
  faults: () => void;
  /** Events and requests were removed. */
  clear: () => void;
}

/** IDs that a local AWS knows, its region, the domain that events are checked for, and how many events are kept. */
export type LocalAwsSettings = Pick<
  ResolvedLocalOptions,
  'trackingIds' | 'actionTrackingIds' | 'identityPoolIds' | 'region' | 'maxEvents' | 'domain'
>;

/** Simulated Cognito Identity and Personalize Events, on one origin. */
export interface LocalAws {
  /** Handles AWS's requests, for a server of node:http or node:https. */
  handler: RequestListener;
  /** Handles requests to a site's own endpoint, which accepts unsigned batches and checks them alike. */
  collectHandler: RequestListener;
  /** All events, oldest first; the newest 10,000, unless `maxEvents` says otherwise. */
  readonly events: readonly ReceivedEvent[];
  /** The events that were answered with 200, oldest first: accepted ones and duplicates. */
  readonly acknowledged: readonly ReceivedEvent[];
  /** All requests, oldest first, preflights included; the newest 10,000. */
  readonly requests: readonly ReceivedRequest[];
  /** Number of older events and requests that are no longer kept. */
  readonly dropped: { events: number; requests: number };
  /** The dataset's schema, by column. */
  readonly schema: InteractionsSchema | undefined;
  /** IDs that exist, the region, and limits. */
  readonly settings: LocalAwsSettings;
  /** Calls the listener from now on. Returns a function that ends that. */
  on<Name extends keyof LocalAwsNotifications>(name: Name, listener: LocalAwsNotifications[Name]): () => void;
  /** Removes events and requests, and counts the next ones as new; credentials and faults stay. */
  clear(): void;
  /** Lets requests fail, and returns a function that undoes it. @throws an error that says what is wrong with the fault */
  fail(fault: Fault): () => void;
  /** Returns the active faults, with the number of requests that each has affected. */
  faults(): ActiveFault[];
  /** Replaces all faults. A fault that stays the same keeps its hits. */
  setFaults(faults: Fault[]): void;
  /**
   * Sets the service's clock ahead by milliseconds, as seen by a visitor whose clock is late. Credentials keep their
   * remaining lifetime. Without an argument nothing changes. Returns the current offset.
   */
  skew(ms?: number): number;
  /** Undoes all faults and the skew. */
  heal(): void;
  /** Returns new guest credentials. */
  issueCredentials(): GuestCredentials;
  /** Expires all guest credentials issued so far. */
  expireCredentials(): void;
  /** Revokes all guest credentials issued so far. */
  revokeCredentials(): void;
  /** Deletes all identities, as in the pool. */
  deleteIdentities(): void;
  /** Returns the CSV of an Interactions dataset. */
  interactionsCsv(): string;
  /** Returns how many of the accepted events the CSV leaves out, by reason. */
  interactionsLeftOut(): { anonymous: number; withoutItem: number };
}

/** An access key for the AWS CLI and SDKs: the one of AWS's documentation, which secret scanners know to be harmless. */
export const ACCESS_KEY: IssuedCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const UNKNOWN: Operation = {
  contentType: 'application/json',
  run: async () => {
    throw new AwsError(404, 'UnknownOperationException', 'There is no such operation here.');
  },
};

/** Returns the operations at the paths of AWS and at those of a site's own endpoint. */
const createRoutes = (
  guestAccess: ReturnType<typeof createGuestAccess>,
  { putEvents, putActionInteractions }: ReturnType<typeof createPersonalizeEvents>,
) => {
  const cognito: Operation = {
    contentType: 'application/x-amz-json-1.1',
    hasTypeInBody: true,
    run: async ({ request, body }) => guestAccess.call(String(request.headers['x-amz-target']), body),
  };
  const signed = ({ signed: run, reject }: typeof putEvents): Operation => ({
    contentType: 'application/json',
    formOf,
    run,
    reject,
  });
  const unsigned = ({ unsigned: run, reject }: typeof putEvents): Operation => ({
    contentType: 'application/json',
    formOf: () => 'unsigned',
    run,
    reject,
  });
  return {
    aws({ method, path, target }: ReceivedRequest): Operation {
      if (method !== 'POST') return UNKNOWN;
      if (path === '/' && target !== null) return cognito;
      if (path === '/events') return signed(putEvents);
      return path === '/action-interactions' ? signed(putActionInteractions) : UNKNOWN;
    },
    collect({ method, path }: ReceivedRequest): Operation {
      if (method !== 'POST') return UNKNOWN;
      if (path.endsWith('/events')) return unsigned(putEvents);
      return path.endsWith('/action-interactions') ? unsigned(putActionInteractions) : UNKNOWN;
    },
  };
};

/**
 * Creates a local AWS, as strict as the real one: it verifies signatures with AWS's own signer, checks every limit of the
 * service, and counts each event once.
 * @throws an error that says which option to change
 */
export const createLocalAws = (options: LocalAwsOptions = {}): LocalAws => {
  const resolved = resolveLocalOptions(options);
  const { trackingIds, actionTrackingIds, identityPoolIds, region, maxEvents, domain, now, schema } =
    resolved;
  const emitter = new EventEmitter<{
    [Name in keyof LocalAwsNotifications]: Parameters<LocalAwsNotifications[Name]>;
  }>();
  emitter.setMaxListeners(0);
  let skewMs = 0;
  /** Returns the service's time. */
  const clock = () => now() + skewMs;

  const requests = createNewest<ReceivedRequest>(maxEvents);
  const log = createEventLog({ ...resolved, onEvent: (event) => emitter.emit('event', event) });
  const faults = createFaults(resolved.random, () => emitter.emit('faults'));
  const guestAccess = createGuestAccess({ ...resolved, now: clock });
  const personalizeEvents = createPersonalizeEvents({
    ...resolved,
    now: clock,
    findCredentials: (id) => (id === ACCESS_KEY.accessKeyId ? ACCESS_KEY : guestAccess.find(id)),
    log,
  });
  const routes = createRoutes(guestAccess, personalizeEvents);
  const createHandler = (route: (received: ReceivedRequest) => Operation) =>
    createAwsHandler({
      route,
      faults,
      onRequest: requests.add,
      onAnswer: (received) => emitter.emit('request', received),
      clock,
      now,
    });

  const skew = (ms = skewMs) => {
    if (!Number.isFinite(ms)) throw new Error(`skew() takes milliseconds, not ${JSON.stringify(ms)}.`);
    if (ms !== skewMs) {
      guestAccess.postponeExpirations(ms - skewMs);
      skewMs = ms;
      emitter.emit('faults');
    }
    return skewMs;
  };
  const { list: events } = log.events;

  return {
    handler: createHandler(routes.aws),
    collectHandler: createHandler(routes.collect),
    events,
    get acknowledged() {
      return events.filter(({ status }) => status === 'accepted' || status === 'duplicate');
    },
    requests: requests.list,
    get dropped() {
      return { events: log.events.dropped, requests: requests.dropped };
    },
    schema,
    settings: { trackingIds, actionTrackingIds, identityPoolIds, region, maxEvents, domain },
    on(name, listener) {
      emitter.on(name, listener as never);
      return () => emitter.off(name, listener as never);
    },
    clear() {
      log.clear();
      requests.clear();
      emitter.emit('clear');
    },
    fail: faults.fail,
    faults: faults.list,
    setFaults: faults.replace,
    skew,
    heal() {
      skew(0);
      faults.undoAll();
    },
    issueCredentials: guestAccess.issueCredentials,
    expireCredentials: guestAccess.expireCredentials,
    revokeCredentials: guestAccess.revokeCredentials,
    deleteIdentities: guestAccess.deleteIdentities,
    interactionsCsv: () => toInteractionsCsv(events, schema),
    interactionsLeftOut: () => countLeftOut(events),
  };
};
