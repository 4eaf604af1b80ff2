import type { Clock } from '../../contract/clock.js';
import { parseCredentials } from '../../contract/credentials-input.js';
import { type Credentials, createSigner, type Signer } from '../../contract/sigv4.js';
import type { Store } from '../platform/indexed-db.js';
import { isVisible, type Stop } from '../platform/lifecycle.js';
import type { Read } from '../platform/stored-format.js';
import { withTimeout } from '../platform/timeout.js';
import { withWebLock } from '../platform/web-lock.js';
import type { KeptCredentials } from './kept-credentials.js';

/** Where credentials come from: with the identity they are for, when it is to be kept. They may be in any form. */
export type Source = (identityId?: string) => Promise<{ identityId?: string; credentials: unknown }>;

export interface CredentialsKeeper {
  /** What signs with those in memory, at once; undefined where there are none or they have expired. */
  current(): Signer | undefined;
  /** When those in memory expire, if they do. */
  expiration(): Date | undefined;
  /** Reads what an earlier visit or another tab kept; renews what is due by now. */
  load(): Promise<void>;
  /** Those in memory, else or when `anew` new ones; one request however many ask. */
  get(anew?: boolean): Promise<Signer>;
  forget(): void;
  stop: Stop;
}

/** Renewed this long before they expire, as the AWS SDKs do, or at half their life when that is shorter. */
const RENEW_EARLY_MS = 5 * 60_000;
const SHORTEST_RENEWAL_MS = 30_000;
/** Of credentials that do not say when they expire: so often a provider of the site's own is asked again. */
const DEFAULT_LIFETIME_MS = 3_600_000;

/** For a provider of the site's own that never answers; an identity pool's two requests have limits themselves. */
const PROVIDER_TIMEOUT_MS = 60_000;

/**
 * @param region an AWS SDK's client may have to find it out first
 * @param onFailed hears why what `source` gives is of no use, where no answer of a service says it
 * @param isOpen whether they may be had
 * @param kept where they are kept between visits, if they are
 */
export const createCredentials = (
  source: Source,
  onFailed: (reason: string) => void,
  region: string | Promise<string>,
  clock: Clock,
  isOpen: () => boolean,
  kept?: { store: Store; key: string; read: Read<KeptCredentials> },
): CredentialsKeeper => {
  let held: KeptCredentials | undefined;
  /** The region, once it is known. */
  let where: string | undefined;
  let asking: Promise<Signer> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const expiry = ({ expiration }: Credentials) => +(expiration ?? clock.now() + DEFAULT_LIFETIME_MS);

  /** One for as long as those in memory last. */
  let cachedSigner: Signer | undefined;
  const signer = () =>
    (cachedSigner ??= createSigner((held as KeptCredentials).credentials, where as string, clock.now));

  const current = () => (held && where && expiry(held.credentials) > clock.now() ? signer() : undefined);

  let told: unknown;
  const read = async () => (await kept?.store.get<KeptCredentials>(kept.key, kept.read))?.[0]?.[1];

  /** Rejects, as the sending loop's backoff wants it, at credentials that cannot sign. */
  const askSource = async (identityId?: string) => {
    try {
      const found = await withTimeout(PROVIDER_TIMEOUT_MS, source(identityId));
      // By a clock that may be wrong they are tried: the answer puts it right.
      const now = clock.known() === undefined ? 0 : clock.now();
      return { ...found, credentials: parseCredentials(found.credentials, now) };
    } catch (error) {
      const { answer, message = error ?? `no answer in ${PROVIDER_TIMEOUT_MS} ms` } = Object(error);
      // It is asked again and again.
      if (!answer && told !== message) onFailed(`credentials: ${message}`);
      told = message;
      throw error;
    }
  };

  const take = (these: KeptCredentials) => {
    if (!isOpen()) throw Error('no consent');
    held = these;
    cachedSigner = undefined;
    if (clock.known() === undefined) clock.offset = these.offset;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Nothing is asked for a page that nobody looks at; it is when somebody does again.
      if (isVisible() && these.renewAt <= clock.now()) renew().catch(() => {}); // Whoever needs them asks again.
    }, these.renewAt - clock.now());
  };

  const ask = async () => {
    const known = await read();
    const isNews = known && known.credentials.accessKeyId !== held?.credentials.accessKeyId;
    // Another tab has asked while this one waited for its turn.
    if (isNews && known.renewAt > clock.now()) take(known);
    else {
      const found = await askSource((known ?? held)?.identityId);
      const left = expiry(found.credentials) - clock.now();
      const renewIn = Math.max(left - RENEW_EARLY_MS, left / 2, SHORTEST_RENEWAL_MS);
      take({ ...found, renewAt: clock.now() + renewIn, offset: clock.offset });
      await kept?.store.put([[kept.key, held]]);
    }
    where = await region;
    return signer();
  };

  const renew = () =>
    (asking ??= (kept ? withWebLock(kept.key, ask) : ask()).finally(() => {
      asking = undefined;
    }));

  return {
    current,
    expiration: () => held?.credentials.expiration,
    async load() {
      const known = (await read()) ?? held;
      if (known) take(known);
      // From then on what is recorded can be signed at once, should the page die.
      where = await region;
    },
    async get(anew) {
      where = await region;
      return (anew ? undefined : current()) ?? renew();
    },
    forget() {
      held = undefined;
      clearTimeout(timer);
    },
    stop: () => clearTimeout(timer),
  };
};
