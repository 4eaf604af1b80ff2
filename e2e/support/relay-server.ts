import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { createAdaptorServer } from '@hono/node-server';
import { createRelay, type Relay, type RelayOptions } from '../../src/relay.js';
import { test as base, type Service } from './fixtures.js';

/** Another origin that the relay allows. */
export const ALLOWED_ORIGIN = 'https://www.example.com';

export const clientOf = (aws: Service, options = {}) =>
  new PersonalizeEventsClient({
    region: 'us-east-1',
    endpoint: aws.url,
    credentials: aws.issueCredentials(),
    maxAttempts: 1,
    ...options,
  });

/** A running relay. */
export interface RunningRelay {
  relay: Relay;
  /** The relay as a function of a server. */
  handle: (request: Request) => Promise<Response>;
  /** Requests answered so far: method, content type and status. */
  answered: string[];
  url: string;
  /** Errors passed to the site's `onError`. */
  errors: unknown[];
  /** Posts from a page of the relay's own origin. */
  post(input: unknown, init?: RequestInit & { path?: string }): Promise<Response>;
}

export const test = base.extend<{ open: (options?: Partial<RelayOptions>) => Promise<RunningRelay> }>({
  open: ({ aws, serve }, use) =>
    use(async (options = {}) => {
      const errors: unknown[] = [];
      const relay = createRelay({
        trackingId: 'demo-tracker',
        actionTrackingId: 'demo-action-tracker',
        origins: [ALLOWED_ORIGIN],
        onError: (error) => errors.push(error),
        ...(options.forward ? {} : { client: clientOf(aws) }),
        ...options,
      });
      const answered: string[] = [];
      const handle = async (request: Request) => {
        const response = await relay(request);
        answered.push(`${request.method} ${request.headers.get('content-type') ?? ''} ${response.status}`);
        return response;
      };
      const server = createAdaptorServer({ fetch: handle, overrideGlobalObjects: false });
      const url = `http://127.0.0.1:${await serve(server as Parameters<typeof serve>[0])}`;
      return {
        relay,
        handle,
        answered,
        url,
        errors,
        post: (input, { path = '/collect/events', headers, ...init } = {}) =>
          fetch(url + path, {
            method: 'POST',
            body: typeof input === 'string' ? input : JSON.stringify(input),
            headers: { origin: url, 'content-type': 'application/json', ...headers },
            ...init,
          }),
      };
    }),
});
