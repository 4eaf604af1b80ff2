import type { PostRequest } from '../../contract/answer.js';
import { askCognito } from '../../contract/cognito.js';
import type { PutEventsBody } from '../../contract/put-events-request.js';
import { classifySdkError } from '../../server/sdk-error.js';
import { request } from '../http-request.js';
import { excerpt } from '../printable.js';
import { WrongInput } from '../wrong-input.js';

/** The destination and the credentials. */
export interface SenderOptions {
  region?: string | undefined;
  /** A profile of the AWS configuration files. */
  profile?: string | undefined;
  endpointUrl?: string | undefined;
  /** Use guest credentials of this pool in place of those that the AWS SDK finds. */
  identityPoolId?: string | undefined;
  identityEndpointUrl?: string | undefined;
  /** Awaited before each retry of the AWS SDK's. */
  waitForTurn?: () => Promise<void>;
}

export interface Sender {
  /** Endpoint or region: shown to people, and compared with that of an earlier run. */
  destination: string;
  /** Rejects with the AWS SDK's error once its own retries are used up. */
  send(body: PutEventsBody): Promise<void>;
}

/** Takes some six seconds on average with the SDK's backoff. A replay that stops can be resumed. */
const MAX_ATTEMPTS = 8;

/** Timeout of each request: a silent server must not block a replay for ever. */
const REQUEST_TIMEOUT_MS = 30_000;

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

/** Returns an error with the name of the SDK's own, which it does not retry. */
const credentialsError = (message: string) =>
  Object.assign(new Error(message), { name: 'CredentialsProviderError' });

/** Equals the timeout of the tracker's own requests. */
const COGNITO_TIMEOUT_MS = 30_000;

/** Returns an identity pool's credential provider, which the SDK calls whenever credentials expire. */
const guestCredentials = (identityPoolId: string, url: string) => {
  let knownId: string | undefined;
  return async () => {
    try {
      const ask = async ({ url, headers, body }: PostRequest) =>
        (await request(url, { method: 'POST', headers, body }, COGNITO_TIMEOUT_MS)).answer;
      const { identityId, credentials } = await askCognito(ask, url, identityPoolId, knownId);
      knownId = identityId;
      return credentials;
    } catch (error) {
      const { answer } = error as { answer?: { status: number; kind: string; body: { message?: unknown } } };
      const reason = answer
        ? [answer.status || 'no answer', answer.kind, excerpt(answer.body.message)].filter(Boolean).join(' ')
        : 'an answer that is not of Cognito';
      throw credentialsError(`no guest credentials of ${identityPoolId} from ${url}: ${reason}`);
    }
  };
};

/** The properties of a command's raw answer that are read. */
interface RawAnswer {
  statusCode: number;
  headers: Record<string, string>;
}

/** Throws if a successful answer is a web page, which only a portal or a proxy sends. */
const assertNoWebPage = ({ statusCode, headers }: RawAnswer) => {
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

/** Creates a client of the AWS SDK, and the function that sends by it. */
export const createSender = async ({
  profile,
  endpointUrl,
  identityPoolId,
  identityEndpointUrl,
  waitForTurn,
  ...given
}: SenderOptions): Promise<Sender> => {
  const [{ PersonalizeEventsClient }, { toCommand }] = await loadSdk();
  const { env } = process;
  // Every version of the SDK reads it there; only later ones take it as an option.
  if (profile !== undefined) env.AWS_PROFILE = profile;
  const [poolRegion] = identityPoolId?.split(':') ?? [];
  // AWS_DEFAULT_REGION is the official CLI's: the SDK does not read it.
  const region = given.region ?? poolRegion ?? (env.AWS_REGION ? undefined : env.AWS_DEFAULT_REGION);
  const identityUrl = identityEndpointUrl ?? identityUrlOf(region ?? '');
  const client = new PersonalizeEventsClient({
    ...(region && { region }),
    ...(endpointUrl && { endpoint: endpointUrl }),
    ...(identityPoolId && { credentials: guestCredentials(identityPoolId, identityUrl) }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: REQUEST_TIMEOUT_MS },
  });
  if (waitForTurn) {
    const begun = new WeakSet<object>();
    client.middlewareStack.addRelativeTo(
      <Args, Result>(next: (args: Args) => Promise<Result>, context: object) =>
        async (args: Args) => {
          if (begun.has(context)) await waitForTurn();
          begun.add(context);
          return next(args);
        },
      // Runs for each retry, before signing.
      { name: 'turn', relation: 'after', toMiddleware: 'retryMiddleware' },
    );
  }
  const clientRegion = await client.config.region().catch(() => {
    throw new WrongInput('no region is set. Write --region us-east-1, or set AWS_REGION');
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      assertNoWebPage(result.response as RawAnswer);
      return result;
    },
    // Nearest to the network, since the SDK takes any success for the service's.
    { name: 'assertNoWebPage', step: 'deserialize', priority: 'low' },
  );
  return {
    destination: endpointUrl ?? clientRegion,
    async send(body) {
      await client.send(toCommand(body));
    },
  };
};

/** The consequence for a batch that was not accepted. */
export type FailureOutcome = { type: 'split' } | { type: 'reject' | 'halt'; reason: string };

/**
 * Classifies an AWS SDK error as the tracker does. A halt keeps the rows: the SDK's retries are used up, or the tracker
 * would keep its events.
 */
export const classifyFailure = (error: unknown, size: number): FailureOutcome => {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const shown = excerpt(message);
  const outcome = classifySdkError({ name, message: shown, $metadata }, size);
  if (outcome.type === 'split') return outcome;
  const reason = ('reason' in outcome && outcome.reason) || [status, name, shown].filter(Boolean).join(' ');
  return { type: outcome.type === 'reject' ? 'reject' : 'halt', reason: excerpt(reason) };
};
