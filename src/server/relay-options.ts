import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { ID } from '../contract/event.js';
import { type Check, check } from '../contract/validate.js';
import { MAX_BYTES_IN_FLIGHT } from './backpressure.js';
import { FORWARD_TIMEOUT_MS, type Forward, toPersonalize } from './forward.js';
import { EVENTS_CLIENT, FUNCTION, wholeNumber } from './option-checks.js';
import { DEFAULT_MAX_BODY_BYTES } from './read-body.js';

/** Options of a relay. */
export interface RelayOptions {
  /** The event tracker's ID, 1–256 characters. Batches for another tracker are refused. */
  trackingId: string;
  /** The ID of the tracker for actions. Without it, interactions with actions are refused. */
  actionTrackingId?: string | undefined;
  /** The client that forwards batches to Amazon Personalize, with its own credentials and retries. */
  client?: PersonalizeEventsClient | undefined;
  /** Forwards batches in place of the client. Its signal is aborted at the timeout. */
  forward?: Forward | undefined;
  /**
   * Origins whose pages may send, beside the relay's own: `https://www.example.com`, without a path. Needed if the relay
   * has a host of its own, or a proxy in front that changes the address.
   */
  origins?: string[] | undefined;
  /** Batches forwarded at a time; default 50. */
  concurrency?: number | undefined;
  /**
   * Further requests that may wait: for the rest of their body, for `userId`, for their turn; default 500. Beyond that,
   * requests are refused for some seconds, before their body is read.
   */
  maxWaiting?: number | undefined;
  /** The largest body, in bytes, 1–33,554,432; default 65,536. A page splits a larger batch. */
  maxBodyBytes?: number | undefined;
  /**
   * Timeout of a request in milliseconds, for its body, `userId`, its turn and `forward` together: 1–29,000, since a page
   * waits for 30 seconds; default 25,000. At the timeout the page is told to retry, and its place is free.
   */
  timeout?: number | undefined;
  /**
   * Returns the user who has sent the request, by the site's own session; nothing for an anonymous visitor. It becomes
   * the userId of all its events, whatever the page says. The body has been read. If this throws or takes too long, the
   * page retries.
   */
  userId?: ((request: Request) => string | null | undefined | Promise<string | null | undefined>) | undefined;
  /** Called with the error of each batch that could not be forwarded. Default: prints it in one line. */
  onError?: ((error: unknown) => void) | undefined;
}

/** The AWS SDK's default number of connections; at 50 ms a request it uses up the service's quota of 1,000 a second. */
export const DEFAULT_CONCURRENCY = 50;

/** Requests that are done within half a second at that rate: nobody waits for long. */
const DEFAULT_MAX_WAITING = 500;

/** A page waits for 30 seconds; one is left for the answer to reach it. */
const MAX_TIMEOUT_MS = 29_000;

const isOrigin = (value: unknown) => URL.canParse(`${value}`) && new URL(`${value}`).origin === value;

const CHECKS: Record<keyof RelayOptions, Check> = {
  trackingId: ID,
  actionTrackingId: ID,
  client: EVENTS_CLIENT,
  forward: FUNCTION,
  origins: [
    'a list of origins like https://www.example.com',
    (value) => Array.isArray(value) && value.every(isOrigin),
  ],
  concurrency: wholeNumber(1),
  maxWaiting: wholeNumber(0),
  maxBodyBytes: wholeNumber(1, MAX_BYTES_IN_FLIGHT),
  timeout: wholeNumber(1, MAX_TIMEOUT_MS),
  userId: FUNCTION,
  onError: FUNCTION,
};

const DEFAULTS = {
  origins: [] as string[],
  concurrency: DEFAULT_CONCURRENCY,
  maxWaiting: DEFAULT_MAX_WAITING,
  maxBodyBytes: DEFAULT_MAX_BODY_BYTES,
  timeout: FORWARD_TIMEOUT_MS,
};

/** Checks options and fills in defaults. Throws a TypeError that names each wrong option. */
export const resolveRelayOptions = (options: RelayOptions) => {
  const { trackingId, client, forward } = options;
  const { valid, problems } = check(
    { ...options, trackingId: trackingId ?? null },
    CHECKS as Record<keyof RelayOptions, Check>,
  );
  if (!client && !forward) problems.push('client is missing; give a PersonalizeEventsClient, or forward');
  if (client && forward) problems.push('client and forward are both given; give one of them');
  if (problems.length) throw new TypeError(`createRelay: ${problems.join('; ')}`);
  return {
    ...DEFAULTS,
    ...(valid as RelayOptions & typeof DEFAULTS),
    forward: forward ?? toPersonalize(client as PersonalizeEventsClient),
  };
};
