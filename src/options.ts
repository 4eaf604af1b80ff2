import type { CredentialsProvider } from './credentials.js';
import { type Check, check, numberOrText, text } from './lib/check.js';

/** What `init()` takes, and the script's own tag as `data-*` (`trackingId` is `data-tracking-id`). */
export interface Options {
  /** The event tracker's ID, from CreateEventTracker: 1–256 characters. */
  trackingId: string;
  /** The AWS region of the event tracker, such as `us-east-1`. Default: the identity pool's. */
  region?: string;
  /** A Cognito identity pool with guest access, whose guest role may `personalize:PutEvents`. */
  identityPoolId?: string;
  /** Credentials of the site's own making, which win over an identity pool; asked again once they expire. */
  credentials?: CredentialsProvider;
  /** The visitor who is logged in: the same as calling `identify(userId)`. 1–256 characters. */
  userId?: string;
  /**
   * Base URL that `/events` is appended to. Default: the region's Personalize Events. Required without
   * `identityPoolId` and `credentials`, when batches go there unsigned.
   */
  endpoint?: string;
  /** URL of Cognito Identity. Default: the region's. */
  identityEndpoint?: string;
  /** The longest an event waits for others, in milliseconds: 0–3,600,000. Default 5,000. */
  flushInterval?: number;
  /** As many events are sent at once: 1–10, ten being the service's limit. Default 10. */
  flushSize?: number;
  /** How long a session lasts at most, in days: up to 3,650. Default 30. */
  sessionMaxAge?: number;
  /** The event type of a click on an element without `data-personalize-event`. Default `click`. */
  clickEvent?: string;
  /** Prints what happens to each event in the console. Default false. */
  debug?: boolean;
}

const DEFAULTS = { flushInterval: 5000, flushSize: 10, sessionMaxAge: 30, clickEvent: 'click', debug: false };

/** Options checked and filled in; without `region` batches go unsigned. */
export type Settings = Options & typeof DEFAULTS & { eventsUrl: string; identityUrl: string };

const within = (min: number, max: number, unit: string): Check => [
  `a number of ${unit} from ${min} to ${max}`,
  (value) => typeof value === 'number' && value >= min && value <= max,
];
const matching = (expected: string, pattern: RegExp): Check => [
  expected,
  (value) => typeof value === 'string' && pattern.test(value),
];
const TEXT = text(256);
const ADDRESS: Check = ['a URL', (value) => typeof value === 'string' && !!value && !!toUrl(value)];

const KINDS: Record<keyof Options, Check> = {
  trackingId: TEXT,
  region: matching('an AWS region such as us-east-1', /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching('an identity pool ID such as us-east-1:0123-...', /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ['a function', (value) => typeof value === 'function'],
  userId: TEXT,
  endpoint: ADDRESS,
  identityEndpoint: ADDRESS,
  flushInterval: within(0, 3_600_000, 'milliseconds'),
  flushSize: within(1, 10, 'events'),
  sessionMaxAge: within(0, 3650, 'days'),
  clickEvent: TEXT,
  debug: ['true or false', (value) => typeof value === 'boolean'],
};
const NAMES = Object.keys(KINDS) as (keyof Options)[];

function toUrl(address: string): URL | undefined {
  try {
    return new URL(address, document.baseURI);
  } catch {
    return undefined;
  }
}

/** Reads options off the script's own tag. Attributes that are no options belong to somebody else. */
export const optionsFrom = (tag: HTMLOrSVGElement): Partial<Options> => {
  const options: Record<string, unknown> = {};
  for (const name of NAMES) {
    const value = tag.dataset[name];
    if (value === undefined) continue;
    options[name] =
      name === 'debug' ? value !== 'false' : /^(flush|sessionMax)/.test(name) ? numberOrText(value) : value;
  }
  return options;
};

/**
 * Checks options and fills in defaults. Each problem names the option, what it takes and what was given;
 * with `settings` absent the tracker cannot run, otherwise the default stands in for what was wrong.
 */
export const resolveOptions = (input: Partial<Options>): { settings?: Settings; problems: string[] } => {
  const { valid: options, problems } = check(input as Options, KINDS);
  const {
    trackingId,
    identityPoolId,
    credentials,
    endpoint,
    identityEndpoint,
    region: given,
    ...rest
  } = options;
  const isSigned = identityPoolId || credentials;
  const region = isSigned && (given ?? identityPoolId?.split(':')[0]);
  const missing = (name: keyof Options, others = '') => {
    if (input[name] === undefined) problems.push(`${name}${others} is missing`);
  };
  if (!trackingId) missing('trackingId');
  if (!isSigned && !endpoint) missing('identityPoolId', ', credentials or endpoint');
  if (credentials && !region) missing('region');
  if (!trackingId || !(isSigned ? region : endpoint)) return { problems };

  const aws = (service: string) =>
    `https://${service}.${region}.amazonaws.com${/^cn-/.test(region as string) ? '.cn' : ''}/`;
  const absolute = (address: string) => toUrl(address)?.href as string;
  return {
    problems,
    settings: {
      ...DEFAULTS,
      ...rest,
      trackingId,
      ...(region && { region }),
      ...(credentials ? { credentials } : identityPoolId && { identityPoolId }),
      eventsUrl: `${absolute(endpoint ?? aws('personalize-events')).replace(/\/+$/, '')}/events`,
      identityUrl: absolute(identityEndpoint ?? aws('cognito-identity')),
    },
  };
};
