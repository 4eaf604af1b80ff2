import type { PostRequest } from '../../contract/answer.js';
import { askCognito } from '../../contract/cognito.js';
import type { PutEventsBody } from '../../contract/put-events-request.js';
import { classifySdkError } from '../../server/sdk-error.js';
import { excerpt } from '../printable.js';
import { request } from '../request.js';
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
    return await Promise.all([
      import('@aws-sdk/client-personalize-events'),
      import('../../server/sdk-command.js'),
    ]);
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

/** As long as the tracker's own requests may take. */
const COGNITO_TIMEOUT_MS = 30_000;

/** An identity pool's guests, for the SDK to ask for whenever credentials expire. */
const guestOf = (identityPoolId: string, url: string) => {
  let kept: string | undefined;
  return async () => {
    try {
      const ask = async ({ url, headers, body }: PostRequest) =>
        (await request(url, { method: 'POST', headers, body }, COGNITO_TIMEOUT_MS)).answer;
      const { identityId, credentials } = await askCognito(ask, url, identityPoolId, kept);
      kept = identityId;
      return credentials;
    } catch (error) {
      const { answer } = error as { answer?: { status: number; kind: string; body: { message?: unknown } } };
      const said = answer
        ? [answer.status || 'no answer', answer.kind, excerpt(answer.body.message)].filter(Boolean).join(' ')
        : 'an answer that is not of Cognito';
      throw credentialsError(`no guest credentials of ${identityPoolId} from ${url}: ${said}`);
    }
  };
};

/** The parts of a command's raw answer that are read here. */
interface RawAnswer {
  statusCode: number;
  headers: Record<string, string>;
}

/** Throws at a success that is a web page: that of a portal or a proxy, and not the service's. */
const refusePage = ({ statusCode, headers }: RawAnswer) => {
  const type = headers['content-type'] ?? '';
  if (statusCode >= 300 || !/html/i.test(type)) return;
  const message = `the answer is a web page (${type}), not the service's: look for a portal or a proxy in between`;
  throw Object.assign(new Error(message), {
    name: 'NotOfTheService',
    $metadata: { httpStatusCode: statusCode },
  });
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
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      refusePage(result.response as RawAnswer);
      return result;
    },
    // Nearest to the network: the SDK takes any success for the service's.
    { name: 'refusePage', step: 'deserialize', priority: 'low' },
  );
  return {
    destination: endpointUrl ?? clientRegion,
    async send(body) {
      await client.send(toCommand(body));
    },
  };
};

/** The fate of a batch that was not accepted. */
export type Refusal = { type: 'split' } | { type: 'reject' | 'halt'; reason: string };

/**
 * Decides as the tracker does. A halt keeps the rows: when the SDK's retries were in vain, and whenever the tracker would keep
 * its events.
 */
export const refusalOf = (error: unknown, size: number): Refusal => {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const shown = excerpt(message);
  const outcome = classifySdkError({ name, message: shown, $metadata }, size);
  if (outcome.type === 'split') return outcome;
  const reason = ('reason' in outcome && outcome.reason) || [status, name, shown].filter(Boolean).join(' ');
  return { type: outcome.type === 'reject' ? 'reject' : 'halt', reason: excerpt(reason) };
};
