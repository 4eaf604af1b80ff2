import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { ID } from '../contract/event.js';
import { type Check, check } from '../contract/validate.js';
import { MAX_BYTES_IN_FLIGHT } from './backpressure.js';
import { type Forward, TIME_LIMIT_MS, toPersonalize } from './forward.js';
import { DEFAULT_MAX_BODY_BYTES } from './read-body.js';

/** What a relay is made with. */
export interface RelayOptions {
  /** The event tracker's ID, 1–256 characters. Batches of another tracker are refused. */
  trackingId: string;
  /** For actions: the ID of their own tracker. Without it interactions with actions are refused. */
  actionTrackingId?: string | undefined;
  /** What passes batches on to Amazon Personalize, with the credentials and the retries that it is set to. */
  client?: PersonalizeEventsClient | undefined;
  /** Passes batches on in the client's place. Its signal is aborted when the time limit is over. */
  forward?: Forward | undefined;
  /**
   * Whose pages may send, beside those of the relay's own origin: `https://www.example.com`, without a path. Needed
   * where the relay has a host of its own, or a proxy in front that changes the address.
   */
  origins?: string[] | undefined;
  /** Batches passed on at a time; 50 when absent. */
  concurrency?: number | undefined;
  /**
   * Requests that may wait beside those: for the rest of their body, for `userId`, for their turn; 500 when absent.
   * Further ones are refused for some seconds, before their body is read.
   */
  maxWaiting?: number | undefined;
  /** The largest body, in bytes, 1 to 33,554,432; 65,536 when absent. A page splits a batch that is larger. */
  maxBodyBytes?: number | undefined;
  /**
   * Milliseconds that a request may take in all, its body, `userId`, its turn and `forward` together: 1 to 29,000, as a
   * page waits for 30 seconds; 25,000 when absent. The page is then to send again later, and the place is free.
   */
  timeout?: number | undefined;
  /**
   * Who has sent the request, by the site's own session: the userId of all its events, whatever the page says; nothing
   * for an anonymous visitor. The body has been read. When it throws or takes too long, the page sends again later.
   */
  userId?: ((request: Request) => string | null | undefined | Promise<string | null | undefined>) | undefined;
  /** Hears of each batch that could not be passed on, with the error. Prints it in one line when absent. */
  onError?: ((error: unknown) => void) | undefined;
}

/** As many connections as a client of the AWS SDK opens at a time, and at 50 ms each the service's quota of 1,000 a second. */
const DEFAULT_CONCURRENCY = 50;

/** What is done within half a second at that rate: nobody waits for long. */
const DEFAULT_MAX_WAITING = 500;

/** A page waits for 30 seconds, and the answer has to reach it. */
const MAX_TIMEOUT_MS = 29_000;

const FUNCTION: Check = ['a function', (value) => typeof value === 'function'];

const whole = (min: number, max = Number.MAX_SAFE_INTEGER): Check => [
  max < Number.MAX_SAFE_INTEGER ? `a whole number, ${min}–${max}` : `a whole number from ${min}`,
  (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
];

const isOrigin = (value: unknown) => URL.canParse(`${value}`) && new URL(`${value}`).origin === value;

const CHECKS: Record<keyof RelayOptions, Check> = {
  trackingId: ID,
  actionTrackingId: ID,
  client: [
    'a PersonalizeEventsClient',
    (value) => typeof (value as { send?: unknown } | null)?.send === 'function',
  ],
  forward: FUNCTION,
  origins: [
    'a list of origins like https://www.example.com',
    (value) => Array.isArray(value) && value.every(isOrigin),
  ],
  concurrency: whole(1),
  maxWaiting: whole(0),
  maxBodyBytes: whole(1, MAX_BYTES_IN_FLIGHT),
  timeout: whole(1, MAX_TIMEOUT_MS),
  userId: FUNCTION,
  onError: FUNCTION,
};

/** What a relay goes by when an option is absent. */
const DEFAULTS = {
  origins: [] as string[],
  concurrency: DEFAULT_CONCURRENCY,
  maxWaiting: DEFAULT_MAX_WAITING,
  maxBodyBytes: DEFAULT_MAX_BODY_BYTES,
  timeout: TIME_LIMIT_MS,
};

/** Checks options and fills in defaults; throws a TypeError that names each option that is wrong. */
export const resolveOptions = (options: RelayOptions) => {
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
