import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import { ID } from '../contract/event.js';
import { createChecks, DEFAULTS as TRACKER_DEFAULTS } from '../contract/options.js';
import { type Check, check } from '../contract/validate.js';
import { FORWARD_TIMEOUT_MS } from './forward.js';
import { EVENTS_CLIENT, FUNCTION, wholeNumber } from './option-checks.js';
import { DEFAULT_CONCURRENCY } from './relay-options.js';
import type { UndeliveredEvent } from './server-tracker-api.js';

/** Options of a tracker on a server. */
export interface ServerTrackerOptions {
  /** The client that sends, with its own region and credentials. Its own retries run within `timeout`. */
  client: PersonalizeEventsClient;
  /** The event tracker's ID: 1–256 characters. */
  trackingId: string;
  /** The ID of the tracker for actions: 1–256 characters. Required to track actions. */
  actionTrackingId?: string | undefined;
  /** The longest time that an event waits for others, in milliseconds: 0–3,600,000. Default: 5,000. */
  flushInterval?: number | undefined;
  /** Events of a session are sent as soon as this many wait: 1–10, where 10 is the service's limit. Default: 10. */
  flushSize?: number | undefined;
  /** The most events that wait, those in flight included: a whole number from 1. Default: 10,000. */
  maxWaiting?: number | undefined;
  /** The most requests at a time: a whole number from 1. Default: 50. */
  concurrency?: number | undefined;
  /** Timeout of one request in milliseconds, with the client's own retries: 1–600,000. Default: 25,000. */
  timeout?: number | undefined;
  /**
   * How long delivery of an event is tried, in milliseconds: 1–604,800,000, which is a week. Default: 86,400,000, a day.
   * Checked before each retry.
   */
  maxAge?: number | undefined;
  /** How long `close()` sends, in milliseconds: 0–600,000. Default: 5,000. */
  closeTimeout?: number | undefined;
  /**
   * Called with an event that cannot be delivered, and with the reason: the field, its limit and the value, or the
   * service's message. `flush()` and `close()` await it, for three seconds at most. Default: prints the reason.
   */
  onRejected?: ((undelivered: UndeliveredEvent, reason: string) => unknown) | undefined;
  /**
   * Called with the error of a request that will be retried, once for each pause before a retry. Default: prints it in
   * one line.
   */
  onError?: ((error: unknown) => unknown) | undefined;
}

/** Some 3 MB of a shop's events, and 50 MB of the largest: see the relay's limits. */
const DEFAULT_MAX_WAITING = 10_000;

/** The longest `timeout` and `closeTimeout`. */
const MAX_TIMEOUT_MS = 600_000;

/** Equals the longest time that an event waits in a browser. */
const LONGEST_MAX_AGE_MS = 7 * 86_400_000;

const DEFAULT_MAX_AGE_MS = 86_400_000;

/** With the time that `onRejected` has, less than the ten seconds after which `docker stop` kills a process. */
const DEFAULT_CLOSE_TIMEOUT_MS = 5000;

const { flushInterval, flushSize } = createChecks(undefined);

const CHECKS: Record<keyof ServerTrackerOptions, Check> = {
  client: EVENTS_CLIENT,
  trackingId: ID,
  actionTrackingId: ID,
  flushInterval,
  flushSize,
  maxWaiting: wholeNumber(1),
  concurrency: wholeNumber(1),
  timeout: wholeNumber(1, MAX_TIMEOUT_MS),
  maxAge: wholeNumber(1, LONGEST_MAX_AGE_MS),
  closeTimeout: wholeNumber(0, MAX_TIMEOUT_MS),
  onRejected: FUNCTION,
  onError: FUNCTION,
};

const DEFAULTS = {
  flushInterval: TRACKER_DEFAULTS.flushInterval,
  flushSize: TRACKER_DEFAULTS.flushSize,
  maxWaiting: DEFAULT_MAX_WAITING,
  concurrency: DEFAULT_CONCURRENCY,
  timeout: FORWARD_TIMEOUT_MS,
  maxAge: DEFAULT_MAX_AGE_MS,
  closeTimeout: DEFAULT_CLOSE_TIMEOUT_MS,
};

/** Valid options with the defaults filled in. */
export type ServerTrackerSettings = typeof DEFAULTS &
  Pick<ServerTrackerOptions, 'client' | 'trackingId' | 'actionTrackingId' | 'onRejected' | 'onError'>;

/** Checks options and fills in defaults. Throws a TypeError that names each wrong option. */
export const resolveServerTrackerOptions = (options: ServerTrackerOptions): ServerTrackerSettings => {
  const { trackingId, client } = Object(options) as ServerTrackerOptions;
  const { valid, problems } = check(
    { ...options, trackingId: trackingId ?? null, client: client ?? null },
    CHECKS as Record<keyof ServerTrackerOptions, Check>,
  );
  if (problems.length) throw new TypeError(`createServerTracker: ${problems.join('; ')}`);
  return { ...DEFAULTS, ...(valid as ServerTrackerSettings) };
};
