import type { Clock } from '../../contract/clock.js';
import { parseCredentials } from '../../contract/credentials-input.js';
import type { Credentials, Signer } from '../../contract/sigv4.js';
import type { Store } from '../platform/indexed-db.js';
import { isVisible, type Stop } from '../platform/lifecycle.js';
import type { Read } from '../platform/stored-format.js';
import { withTimeout } from '../platform/timeout.js';
import { withWebLock } from '../platform/web-lock.js';
import type { StoredCredentials } from './stored-credentials.js';
import { createWarmSigner } from './warm-signer.js';

/** Gets credentials, in any accepted form, and the identity they belong to if that is to be stored. */
export type Source = (identityId?: string) => Promise<{ identityId?: string; credentials: unknown }>;

export interface CredentialsKeeper {
  /** Returns a signer with the credentials in memory; undefined if there are none or they have expired. */
  current(): Signer | undefined;
  /** Returns whether the signer of the credentials in memory is warm: it signs in a fraction of a millisecond. */
  isWarm(): boolean;
  /** Returns when the credentials in memory expire, if they do. */
  expiration(): Date | undefined;
  /** Reads credentials that an earlier visit or another tab has stored; renews them if that is due. */
  load(): Promise<void>;
  /**
   * Resolves to a signer with the credentials in memory, or with new ones. Calls at the same time share one request.
   * @param isRenewal gets new credentials in any case
   */
  get(isRenewal?: boolean): Promise<Signer>;
  clear(): void;
  stop: Stop;
}

/** Credentials are renewed this long before they expire, as by the AWS SDKs, or at half their lifetime if that is later. */
const RENEW_EARLY_MS = 5 * 60_000;
const SHORTEST_RENEWAL_MS = 30_000;
/** Assumed lifetime of credentials that have no expiration. */
const DEFAULT_LIFETIME_MS = 3_600_000;

/** Timeout of a site's own provider; the two requests to an identity pool have timeouts of their own. */
const PROVIDER_TIMEOUT_MS = 60_000;

/**
 * Creates a keeper of credentials, which gets, stores and renews them.
 * @param onFailed is called with the reason why `source` gives no usable credentials, unless a response of AWS says it
 * @param region a promise if an AWS SDK client has to look it up first
 * @param isAllowed whether credentials may be requested and kept
 * @param storage keeps credentials between visits; absent if they must not be stored
 */
export const createCredentials = (
  source: Source,
  onFailed: (reason: string) => void,
  region: string | Promise<string>,
  clock: Clock,
  isAllowed: () => boolean,
  storage?: { store: Store; key: string; read: Read<StoredCredentials> },
): CredentialsKeeper => {
  let inMemory: StoredCredentials | undefined;
  let knownRegion: string | undefined;
  let renewal: Promise<Signer> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reportedReason: unknown;
  const warmSigner = createWarmSigner(clock.now);

  const expiryOf = ({ expiration }: Credentials) => +(expiration ?? clock.now() + DEFAULT_LIFETIME_MS);

  const signer = () => warmSigner.get((inMemory as StoredCredentials).credentials, knownRegion as string);

  const current = () =>
    inMemory && knownRegion && expiryOf(inMemory.credentials) > clock.now() ? signer() : undefined;

  const readStored = async () =>
    (await storage?.store.get<StoredCredentials>(storage.key, storage.read))?.[0]?.[1];

  /** Gets credentials from the source. Rejects those that cannot sign, so that the send loop tries again with a backoff. */
  const fetchCredentials = async (identityId?: string) => {
    try {
      const fetched = await withTimeout(PROVIDER_TIMEOUT_MS, source(identityId));
      // By a clock that may be wrong, expired credentials are accepted: the next response corrects the clock.
      const now = clock.known() === undefined ? 0 : clock.now();
      return { ...fetched, credentials: parseCredentials(fetched.credentials, now) };
    } catch (error) {
      const { answer, message = error ?? `no answer in ${PROVIDER_TIMEOUT_MS} ms` } = Object(error);
      // The same reason is reported once, not at each retry.
      if (!answer && reportedReason !== message) onFailed(`credentials: ${message}`);
      reportedReason = message;
      throw error;
    }
  };

  const keep = (credentials: StoredCredentials) => {
    if (!isAllowed()) throw Error('no consent');
    inMemory = credentials;
    if (clock.known() === undefined) clock.offset = credentials.offset;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A hidden page renews nothing before it is visible again. A failure is handled when they are needed.
      if (isVisible() && credentials.renewAt <= clock.now()) renew().catch(() => {});
    }, credentials.renewAt - clock.now());
  };

  const loadOrFetch = async () => {
    const stored = await readStored();
    const isNew = stored && stored.credentials.accessKeyId !== inMemory?.credentials.accessKeyId;
    // Another tab has renewed them while this one waited for the lock.
    if (isNew && stored.renewAt > clock.now()) keep(stored);
    else {
      const fetched = await fetchCredentials((stored ?? inMemory)?.identityId);
      const lifetimeMs = expiryOf(fetched.credentials) - clock.now();
      const renewInMs = Math.max(lifetimeMs - RENEW_EARLY_MS, lifetimeMs / 2, SHORTEST_RENEWAL_MS);
      keep({ ...fetched, renewAt: clock.now() + renewInMs, offset: clock.offset });
      await storage?.store.put([[storage.key, inMemory]]);
    }
    knownRegion = await region;
    return signer();
  };

  const renew = () =>
    (renewal ??= (storage ? withWebLock(storage.key, loadOrFetch) : loadOrFetch()).finally(() => {
      renewal = undefined;
    }));

  return {
    current,
    isWarm: () => !!current() && warmSigner.isWarm(),
    expiration: () => inMemory?.credentials.expiration,
    async load() {
      const credentials = (await readStored()) ?? inMemory;
      if (credentials) keep(credentials);
      // Awaited here so that from now on events can be signed at once, should the page die.
      knownRegion = await region;
    },
    async get(isRenewal) {
      knownRegion = await region;
      return (isRenewal ? undefined : current()) ?? renew();
    },
    clear() {
      inMemory = undefined;
      clearTimeout(timer);
    },
    stop: () => clearTimeout(timer),
  };
};
