import {
  type PersonalizeEventsClient,
  PutActionInteractionsCommand,
  PutEventsCommand,
} from '@aws-sdk/client-personalize-events';
import { type Answer, isForeignType, NO_ANSWER, readRetryAfter } from '../contract/answer.js';
import { createCommand } from '../contract/create-command.js';
import type { Options } from '../contract/options.js';
import type { BatchRequest } from '../contract/put-events-request.js';
import type { Tracker } from './api.js';
import { REQUEST_TIMEOUT_MS } from './delivery/http.js';
import { createTransport } from './delivery/transport.js';
import { initWith } from './init.js';
import { logError } from './platform/log-error.js';
import { withTimeout } from './platform/timeout.js';

/** The tracker's options, without those that the client replaces. */
export interface SdkOptions
  extends Omit<
    Options,
    'region' | 'identityPoolId' | 'credentials' | 'endpoint' | 'identityEndpoint' | 'exitTransport'
  > {
  /** The AWS SDK client that sends the batches, with its own region, endpoint, credentials and retries. */
  client: PersonalizeEventsClient;
}

/** The HTTP response to a command, as far as it is used. */
interface RawResponse {
  statusCode: number;
  headers: Record<string, string>;
}

const toAnswer = (error: unknown, response?: RawResponse): Answer => {
  const {
    name = '',
    message,
    $metadata,
  } = (error ?? {}) as Partial<Error> & { $metadata?: { httpStatusCode?: number } };
  return {
    status: response?.statusCode ?? $metadata?.httpStatusCode ?? 0,
    // The SDK names an error without a name of its own `Unknown…` or `Error`.
    kind: name.replace(/^(Unknown|Error).*/, ''),
    body: { message },
    retryAfterMs: readRetryAfter(response?.headers['retry-after'], response?.headers.date),
  };
};

/** Returns the URL that the client sends to, without a slash at its end. */
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
 * Starts a tracker that sends events with the site's own AWS SDK client. On unload the SDK would be too slow: requests
 * are then signed with the client's credentials and sent by the tracker itself. Invalid options are reported as by the
 * `init()` of `personalize-beacon`.
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
  /** Set before the first request is signed. */
  let baseUrl = '';
  const findRegion = async () => {
    baseUrl = await urlOf(client);
    return config.region();
  };
  let isRefresh = false;
  const credentials = async () => {
    // The first call may use credentials that the client has in memory. Later calls need new ones: the old ones have
    // been refused or expire.
    const forceRefresh = isRefresh;
    isRefresh = true;
    try {
      return await config.credentials({ forceRefresh });
    } catch (error) {
      throw { answer: toAnswer(error) };
    }
  };

  const createSdkTransport: typeof createTransport = (onDate) => {
    const own = createTransport(onDate);
    const send = async (body: string): Promise<Answer> => {
      const command = createCommand(JSON.parse(body), PutEventsCommand, PutActionInteractionsCommand);
      let response: RawResponse | undefined;
      command.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          response = result.response as RawResponse;
          if (!isForeignType(response.headers['content-type'])) onDate(response.headers.date ?? null);
          return result;
        },
        // Sees the response before the step that turns it into an error.
        { step: 'deserialize', priority: 'low' },
      );
      const abort = new AbortController();
      try {
        // The client's retries are counted in.
        await withTimeout(REQUEST_TIMEOUT_MS, client.send(command, { abortSignal: abort.signal }));
        const isForeign = isForeignType(response?.headers['content-type'] ?? '');
        return {
          ...NO_ANSWER,
          status: 200,
          ...(isForeign && { foreign: 'the AWS SDK is answered by a web page' }),
        };
      } catch (error) {
        return toAnswer(error, response);
      } finally {
        abort.abort();
      }
    };
    const withFullUrl = ({ url, body }: BatchRequest) => ({ url: baseUrl + url, body });
    return {
      // The SDK signs in later tasks: on unload the page may be gone before the request is sent.
      post: ({ body }) => ({ survivesPage: false, answer: send(body) }),
      beacon: (batch, signer) => own.beacon(withFullUrl(batch), signer),
      sendLater: (batch, signer) => own.sendLater(withFullUrl(batch), signer),
    };
  };

  return initWith(
    { ...options, credentials, region: 'us-east-1' },
    { region: findRegion(), endpointUrl: '', createTransport: createSdkTransport },
  );
};
