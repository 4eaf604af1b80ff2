import {
  type PersonalizeEventsClient,
  PutActionInteractionsCommand,
  PutEventsCommand,
} from '@aws-sdk/client-personalize-events';
import { type Answer, isForeignType, NO_ANSWER, readRetryAfter } from '../contract/answer.js';
import { toPutActionInteractionsInput, toPutEventsInput } from '../contract/command-input.js';
import type { Options } from '../contract/options.js';
import type { Tracker } from './api.js';
import { createTransport } from './delivery/transport.js';
import { initWith } from './init.js';
import { logError } from './platform/log-error.js';
import { withTimeout } from './platform/timeout.js';

/** The tracker's options, less what the client knows. */
export interface SdkOptions
  extends Omit<
    Options,
    'region' | 'identityPoolId' | 'credentials' | 'endpoint' | 'identityEndpoint' | 'exitTransport'
  > {
  /** Sends the batches, with its region, endpoint, credentials and retries. */
  client: PersonalizeEventsClient;
}

/** What the raw answer to a command says. */
interface RawAnswer {
  statusCode: number;
  headers: Record<string, string>;
}

/** Typed as one of the two: `send` takes either, but not a union of them. */
const toCommand = (json: string): PutEventsCommand => {
  const body = JSON.parse(json);
  return body.eventList
    ? new PutEventsCommand(toPutEventsInput(body))
    : (new PutActionInteractionsCommand(toPutActionInteractionsInput(body)) as unknown as PutEventsCommand);
};

/** Of a request, the client's retries counted in: as long as one of the tracker's own may take. */
const TIME_LIMIT_MS = 30_000;

const toAnswer = (error: unknown, raw?: RawAnswer): Answer => {
  const {
    name = '',
    message,
    $metadata,
  } = (error ?? {}) as Partial<Error> & { $metadata?: { httpStatusCode?: number } };
  return {
    status: raw?.statusCode ?? $metadata?.httpStatusCode ?? 0,
    // What has no name of its own the SDK calls an error, or unknown.
    kind: name.replace(/^(Unknown|Error).*/, ''),
    body: { message },
    retryAfterMs: readRetryAfter(raw?.headers['retry-after'], raw?.headers.date),
  };
};

/** Where the client sends to, without a slash at its end. */
const urlOf = async ({ config }: PersonalizeEventsClient) => {
  const given = await config.endpoint?.();
  if (given) {
    const { protocol, hostname, port, path } = given;
    return `${protocol}//${hostname}${port ? `:${port}` : ''}${path}`.replace(/\/+$/, '');
  }
  const { url } = config.endpointProvider({
    Region: await config.region(),
    UseDualStack: await config.useDualstackEndpoint(),
    UseFIPS: await config.useFipsEndpoint(),
  });
  return url.href.replace(/\/+$/, '');
};

/**
 * Starts a tracker that sends by the site's own client of the AWS SDK, and signs with the client's credentials what
 * leaves with the page, for which the SDK would come too late. Wrong options are told as by the `init()` of
 * `personalize-beacon`.
 * @example
 * const client = new PersonalizeEventsClient({ region: 'us-east-1', credentials });
 * const personalize = init({ trackingId: '…', client });
 */
export const init = ({ client, ...options }: SdkOptions): Tracker => {
  const config = client?.config;
  if (!config) {
    logError('client must be a PersonalizeEventsClient of the AWS SDK');
    return initWith(options);
  }
  /** Known before anything is signed. */
  let baseUrl = '';
  const locate = async () => {
    baseUrl = await urlOf(client);
    return config.region();
  };
  let hasAsked = false;
  const credentials = async () => {
    // The first time those will do that the client may have in memory; later they have been refused, or expire.
    const forceRefresh = hasAsked;
    hasAsked = true;
    try {
      return await config.credentials({ forceRefresh });
    } catch (error) {
      throw { answer: toAnswer(error) };
    }
  };

  const toTransport: typeof createTransport = (onDate) => {
    const { beacon, sendLater: arm } = createTransport(onDate);
    const send = async (body: string): Promise<Answer> => {
      const command = toCommand(body);
      let raw: RawAnswer | undefined;
      command.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          raw = result.response as RawAnswer;
          if (!isForeignType(raw.headers['content-type'])) onDate(raw.headers.date ?? null);
          return result;
        },
        // Nearer to the network than what makes an error of it.
        { step: 'deserialize', priority: 'low' },
      );
      const abort = new AbortController();
      try {
        await withTimeout(TIME_LIMIT_MS, client.send(command, { abortSignal: abort.signal }));
        const isForeign = isForeignType(raw?.headers['content-type'] ?? '');
        return {
          ...NO_ANSWER,
          status: 200,
          ...(isForeign && { foreign: 'the AWS SDK is answered by a web page' }),
        };
      } catch (error) {
        return toAnswer(error, raw);
      } finally {
        abort.abort();
      }
    };
    const located = ({ url, body }: { url: string; body: string }) => ({ url: baseUrl + url, body });
    return {
      // The SDK signs in tasks of its own: a page that is left may be gone before the request is.
      post: ({ body }) => ({ survivesPage: false, answer: send(body) }),
      beacon: (batch, signer) => beacon(located(batch), signer),
      sendLater: (batch, signer) => arm(located(batch), signer),
    };
  };

  return initWith({ ...options, credentials, region: 'us-east-1' }, toTransport, {
    region: locate(),
    endpointUrl: '',
  });
};
