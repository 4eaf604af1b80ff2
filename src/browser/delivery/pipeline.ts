import { NO_ANSWER } from '../../contract/answer.js';
import type { Clock } from '../../contract/clock.js';
import { askCognito } from '../../contract/cognito.js';
import type { CredentialsProvider } from '../../contract/credentials-input.js';
import type { Settings } from '../../contract/options.js';
import { toRequest } from '../../contract/put-events-request.js';
import type { Store } from '../platform/indexed-db.js';
import type { Parse, Read } from '../platform/stored-format.js';
import { type CredentialsKeeper, createCredentials } from './credentials.js';
import { createDelivery, type Delivery, type DeliveryOptions } from './delivery.js';
import { post } from './http.js';
import { parseKept } from './kept-credentials.js';
import type { Acceptance } from './suspects.js';
import { createTransport } from './transport.js';

export interface PipelineOptions
  extends Pick<DeliveryOptions, 'queue' | 'onDelivered' | 'onRejected' | 'onHalt' | 'onTrouble'> {
  settings: Settings;
  clock: Clock;
  /** Keeps credentials, and whether anything was ever accepted. */
  store: Store;
  /** Whether anything may be requested. */
  isOpen(): boolean;
  /** Makes a reader of stored values. */
  reader: <T>(parse: Parse<T>) => Read<T>;
  /** Makes another sender than the tracker's own. */
  toSender?: typeof createTransport | undefined;
}

export interface Pipeline extends Delivery {
  /** Absent where nothing is signed. */
  credentials: CredentialsKeeper | undefined;
}

const readAccepted: Read<true> = (value) => (value === true ? value : undefined);

/** Keeps in the store whether the service has ever accepted anything. */
const openAcceptance = (store: Store): Acceptance => {
  const keyOf = (isOfAction: boolean) => `accepted:${isOfAction ? 'actions' : 'events'}`;
  return {
    wasAccepted: async (isOfAction) =>
      !!(await store.update(keyOf(isOfAction), (old) => old, readAccepted))?.length,
    // Written once a device, not once a page.
    onAccepted(isOfAction) {
      const key = keyOf(isOfAction);
      store.update<true>(key, (old) => (old.length ? [] : [[key, true]]), readAccepted);
    },
  };
};

/** Opens the credentials of the identity pool, or of the site's own provider; none for an unsigned endpoint. */
const openCredentials = ({
  settings: { region, identityPoolId, identityUrl, credentials },
  clock,
  store,
  isOpen,
  reader,
  onTrouble,
}: PipelineOptions): CredentialsKeeper | undefined =>
  region === undefined
    ? undefined
    : createCredentials(
        async (identityId) =>
          identityPoolId
            ? askCognito(
                async (request) => (isOpen() ? post(request, clock.learn).answer : NO_ANSWER),
                identityUrl,
                identityPoolId,
                identityId,
              )
            : { credentials: await (credentials as CredentialsProvider)() },
        onTrouble,
        region,
        clock,
        isOpen,
        identityPoolId
          ? { store, key: `identity:${identityPoolId} ${identityUrl}`, read: reader(parseKept) }
          : undefined,
      );

/** Joins the sending loop with its sender and with the credentials that sign. */
export const createPipeline = (options: PipelineOptions): Pipeline => {
  const { settings, clock, store, toSender = createTransport } = options;
  const credentials = openCredentials(options);
  const delivery = createDelivery({
    ...options,
    sender: toSender(clock.learn, settings.exitTransport === 'keepalive'),
    credentials,
    acceptance: openAcceptance(store),
    toRequest: (batch) => toRequest(settings, batch, clock.offset),
    flushSize: settings.flushSize,
    flushIntervalMs: settings.flushInterval,
  });
  return {
    ...delivery,
    credentials,
    stop() {
      credentials?.stop();
      delivery.stop();
    },
  };
};
