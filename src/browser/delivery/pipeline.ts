import { NO_ANSWER } from '../../contract/answer.js';
import type { Clock } from '../../contract/clock.js';
import { askCognito } from '../../contract/cognito.js';
import type { CredentialsProvider } from '../../contract/credentials-input.js';
import type { Operation } from '../../contract/event.js';
import { toRequest } from '../../contract/put-events-request.js';
import type { Settings } from '../../contract/resolve-options.js';
import type { Store } from '../platform/indexed-db.js';
import type { PagePhase } from '../platform/page-phase.js';
import type { Parse, Read } from '../platform/stored-format.js';
import { type CredentialsKeeper, createCredentials } from './credentials.js';
import { createDelivery, type Delivery, type DeliveryOptions } from './delivery.js';
import { post } from './http.js';
import type { DeliveryListeners } from './settlement.js';
import { parseStoredCredentials } from './stored-credentials.js';
import type { Acceptance } from './suspects.js';
import { createTransport } from './transport.js';

/** The settings of a tracker, and its transport. */
export interface TrackerSettings extends Settings {
  /** Creates a transport other than the tracker's own. */
  createTransport?: typeof createTransport;
}

export interface PipelineOptions extends DeliveryListeners, Pick<DeliveryOptions, 'store'> {
  settings: TrackerSettings;
  clock: Clock;
  phase: PagePhase;
  /** Stores credentials, and whether an event was ever accepted. */
  database: Store;
  /** Creates a reader of stored values. */
  reader: <T>(parse: Parse<T>) => Read<T>;
}

export interface Pipeline extends Delivery {
  /** Absent if requests are not signed. */
  credentials: CredentialsKeeper | undefined;
}

const readAccepted: Read<true> = (value) => (value === true ? value : undefined);

/** Creates a record in IndexedDB of whether the service has ever accepted an event. */
const createAcceptance = (database: Store): Acceptance => {
  const keyOf = (operation: Operation) => `accepted:${operation === 'events' ? 'events' : 'actions'}`;
  return {
    wasAccepted: async (operation) => !!(await database.get(keyOf(operation), readAccepted))?.length,
    // Written once per device, not once per page.
    onAccepted(operation) {
      const key = keyOf(operation);
      database.update<true>(key, (stored) => (stored.length ? [] : [[key, true]]), readAccepted);
    },
  };
};

/**
 * Creates the keeper of the identity pool's credentials, or of those of the site's own provider. Returns undefined for
 * an unsigned endpoint.
 */
const createCredentialsKeeper = ({
  settings: { region, identityPoolId, identityUrl, credentials },
  clock,
  phase: { isActivated },
  database,
  reader,
  onTrouble,
}: PipelineOptions): CredentialsKeeper | undefined =>
  region === undefined
    ? undefined
    : createCredentials(
        async (identityId) =>
          identityPoolId
            ? askCognito(
                async (request) => (isActivated() ? post(request, clock.learn).answer : NO_ANSWER),
                identityUrl,
                identityPoolId,
                identityId,
              )
            : { credentials: await (credentials as CredentialsProvider)() },
        onTrouble,
        region,
        clock,
        isActivated,
        identityPoolId
          ? {
              store: database,
              key: `identity:${identityPoolId} ${identityUrl}`,
              read: reader(parseStoredCredentials),
            }
          : undefined,
      );

/** Combines delivery with the transport that sends and the credentials that sign. */
export const createPipeline = (options: PipelineOptions): Pipeline => {
  const { settings, clock, database } = options;
  const open = settings.createTransport ?? createTransport;
  const credentials = createCredentialsKeeper(options);
  const delivery = createDelivery({
    ...options,
    transport: open(clock.learn, settings.exitTransport === 'keepalive'),
    credentials,
    acceptance: createAcceptance(database),
    toRequest: (batch) => toRequest(settings, batch, clock.offset),
    flushSize: settings.flushSize,
    flushIntervalMs: settings.flushInterval,
  });
  return {
    ...delivery,
    credentials,
    onInactive() {
      credentials?.stop();
      delivery.onInactive();
    },
  };
};
