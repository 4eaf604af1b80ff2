import { askCognito } from '../../cognito.js';
import { post } from '../../lib/http.js';
import { verdictOf } from '../../sdk-error.js';
import type { PutEventsBody } from '../../wire.js';
import { WrongInput } from './wrong-input.js';

/** Where to, and as whom. */
export interface SenderOptions {
  region?: string | undefined;
  /** Of the AWS configuration files. */
  profile?: string | undefined;
  endpointUrl?: string | undefined;
  /** Guest credentials of this pool, in place of those that the AWS SDK finds. */
  identityPoolId?: string | undefined;
  identityEndpointUrl?: string | undefined;
  /** Waited for before a request of the SDK's own, a repeat. */
  turn?: () => Promise<void>;
}

export interface Sender {
  /** For people, and to tell whether it is the same as before. */
  destination: string;
  /** Rejects with the AWS SDK's error, when its own repeats have not helped. */
  send(body: PutEventsBody): Promise<void>;
}

/** With the SDK's backoff some six seconds on average; a replay that stops goes on where it was. */
const MAX_ATTEMPTS = 8;

/** For each request, so that a server that says nothing does not keep a replay for ever. */
const TIME_LIMIT_MS = 30_000;

const SDK = '@aws-sdk/client-personalize-events';

const loadSdk = async () => {
  try {
    return await Promise.all([import('@aws-sdk/client-personalize-events'), import('../../command.js')]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' || !message.includes(SDK)) throw error;
    throw new Error(
      `it sends with the AWS SDK, which is not installed. Write npm install ${SDK}, or ` +
        `npx -p personalize-beacon -p ${SDK} personalize-beacon put-events …`,
    );
  }
};

/** Named as the SDK names its own, so that it is no matter of repeating. */
const credentialsError = (message: string) =>
  Object.assign(new Error(message), { name: 'CredentialsProviderError' });

/** An identity pool's guests, for the SDK to ask for whenever credentials expire. */
const guestOf = (identityPoolId: string, url: string) => {
  let kept: string | undefined;
  return async () => {
    try {
      const ask = (request: Parameters<typeof post>[0]) => post(request, () => {}).answer;
      const { identityId, credentials } = await askCognito(ask, url, identityPoolId, kept);
      kept = identityId;
      return credentials;
    } catch (error) {
      const { answer } = error as { answer?: { status: number; kind: string; body: { message?: string } } };
      if (!answer) throw error;
      const said = [answer.status || 'no answer', answer.kind, answer.body.message].filter(Boolean).join(' ');
      throw credentialsError(`no guest credentials of ${identityPoolId} from ${url}: ${said}`);
    }
  };
};

const identityUrlOf = (region: string) =>
  `https://cognito-identity.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;

export const createSender = async ({
  profile,
  endpointUrl,
  identityPoolId,
  identityEndpointUrl,
  turn,
  ...given
}: SenderOptions): Promise<Sender> => {
  const [{ PersonalizeEventsClient }, { toCommand }] = await loadSdk();
  const { env } = process;
  // The SDK of every version reads it there; by its configuration only later ones do.
  if (profile !== undefined) env.AWS_PROFILE = profile;
  const [poolRegion] = identityPoolId?.split(':') ?? [];
  // The official CLI's variable, which the SDK does not know.
  const region = given.region ?? poolRegion ?? (env.AWS_REGION ? undefined : env.AWS_DEFAULT_REGION);
  const identityUrl = identityEndpointUrl ?? identityUrlOf(region ?? '');
  const client = new PersonalizeEventsClient({
    ...(region && { region }),
    ...(endpointUrl && { endpoint: endpointUrl }),
    ...(identityPoolId && { credentials: guestOf(identityPoolId, identityUrl) }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { requestTimeout: TIME_LIMIT_MS, connectionTimeout: TIME_LIMIT_MS },
  });
  if (turn) {
    const begun = new WeakSet<object>();
    client.middlewareStack.addRelativeTo(
      <Args, Result>(next: (args: Args) => Promise<Result>, context: object) =>
        async (args: Args) => {
          if (begun.has(context)) await turn();
          begun.add(context);
          return next(args);
        },
      // Inside of what repeats, before what signs.
      { name: 'turn', relation: 'after', toMiddleware: 'retryMiddleware' },
    );
  }
  const clientRegion = await client.config.region().catch(() => {
    throw new WrongInput('no region is set. Write --region us-east-1, or set AWS_REGION');
  });
  return {
    destination: endpointUrl ?? clientRegion,
    async send(body) {
      await client.send(toCommand(body));
    },
  };
};

/** What is to become of a batch of this size that was not taken. */
export type Refusal = { do: 'split' } | { do: 'drop' | 'halt'; because: string };

/** Decides as the tracker does; what the SDK has repeated in vain comes to a halt. */
export const refusalOf = (error: unknown, size: number): Refusal => {
  const verdict = verdictOf(error, size);
  if (verdict.do === 'split' || verdict.do === 'drop' || verdict.do === 'halt') return verdict;
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return { do: 'halt', because: [$metadata?.httpStatusCode, name, message].filter(Boolean).join(' ') };
};
