import { alone } from './lib/alone.js';
import type { Clock } from './lib/clock.js';
import { type Answer, post } from './lib/http.js';
import { isVisible, type Stop } from './lib/lifecycle.js';
import { within } from './lib/limit.js';
import type { Store } from './lib/store.js';
import type { Credentials } from './sign.js';

/** Gives credentials when asked, as the AWS SDK's providers do. */
export type CredentialsProvider = () => Promise<Credentials>;

/** What is kept between visits. Times in Unix milliseconds. */
interface Kept {
  identityId?: string | undefined;
  credentials: Credentials;
  renewAt: number;
  offset: number;
}

/** Where credentials come from: with the identity they are for, when it is to be kept. */
export type Source = (identityId?: string) => Promise<{ identityId?: string; credentials: Credentials }>;

export interface CredentialsKeeper {
  /** From memory, at once; undefined where there are none or they have expired. */
  current(): Credentials | undefined;
  /** Reads what an earlier visit or another tab kept; renews what is due by now. */
  load(): Promise<void>;
  /** Those in memory, else or when `anew` new ones; one request however many ask. */
  get(anew?: boolean): Promise<Credentials>;
  stop: Stop;
}

/** Renewed this long before they expire, as the AWS SDKs do, or at half their life when that is shorter. */
const RENEW_EARLY_MS = 5 * 60_000;
const SHORTEST_RENEWAL_MS = 30_000;
/** Of credentials that do not say when they expire: so often a provider of the site's own is asked again. */
const DEFAULT_LIFE_MS = 3_600_000;

/** For a provider of the site's own that never answers; an identity pool's two requests have limits themselves. */
const TIME_LIMIT_MS = 60_000;

/** An identity pool's guest credentials, by plain requests (the "enhanced" flow). */
export const cognitoSource = (endpoint: string, identityPoolId: string, clock: Clock): Source => {
  const call = async (operation: string, input: unknown) => {
    const answer = await post(
      {
        url: endpoint,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityService.${operation}`,
        },
        body: JSON.stringify(input),
      },
      clock.learn,
    ).answer;
    if (answer.status !== 200) throw { answer }; // Settled by whoever sends as a batch's is.
    return answer.body;
  };
  const source: Source = async (kept) => {
    const identityId = kept ?? (await call('GetId', { IdentityPoolId: identityPoolId })).IdentityId;
    try {
      const { Credentials: c } = await call('GetCredentialsForIdentity', { IdentityId: identityId });
      return {
        identityId,
        credentials: {
          accessKeyId: c.AccessKeyId,
          secretAccessKey: c.SecretKey,
          sessionToken: c.SessionToken,
          expiration: new Date(c.Expiration * 1000),
        },
      };
    } catch (error) {
      // The identity has been deleted in the pool.
      const { answer } = error as { answer?: Answer };
      if (kept && answer?.kind === 'ResourceNotFoundException') return source();
      throw error;
    }
  };
  return source;
};

/** @param kept where they are kept between visits, if they are */
export const createCredentials = (
  source: Source,
  clock: Clock,
  kept?: { store: Store; key: string },
): CredentialsKeeper => {
  let held: Kept | undefined;
  let asking: Promise<Credentials> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const expiry = ({ expiration }: Credentials) => +(expiration ?? clock.now() + DEFAULT_LIFE_MS);

  const current = () => (held && expiry(held.credentials) > clock.now() ? held.credentials : undefined);

  const read = async () => (await kept?.store.change<Kept>(kept.key, (old) => old))?.[0]?.[1];

  const take = (these: Kept) => {
    held = these;
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
      const found = await within(TIME_LIMIT_MS, source((known ?? held)?.identityId));
      const left = expiry(found.credentials) - clock.now();
      const renewIn = Math.max(left - RENEW_EARLY_MS, left / 2, SHORTEST_RENEWAL_MS);
      take({ ...found, renewAt: clock.now() + renewIn, offset: clock.offset });
      await kept?.store.put([[kept.key, held]]);
    }
    return (held as Kept).credentials;
  };

  const renew = () =>
    (asking ??= (kept ? alone(kept.key, ask) : ask()).finally(() => {
      asking = undefined;
    }));

  return {
    current,
    async load() {
      const known = (await read()) ?? held;
      if (known) take(known);
    },
    get: async (anew) => (anew ? undefined : current()) ?? renew(),
    stop: () => clearTimeout(timer),
  };
};
