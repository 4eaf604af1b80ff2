import type { CredentialsProvider } from './credentials-input.js';
import { ID } from './event.js';
import { MAX_BATCH_EVENTS } from './limits.js';
import { tryOrUndefined } from './try.js';
import { type Check, check, numberOrText, oneOf, tidy } from './validate.js';

/** What `init()` takes, and the script's own tag as `data-*` (`trackingId` is `data-tracking-id`). */
export interface Options {
  /** The event tracker's ID, from CreateEventTracker: 1–256 characters. */
  trackingId: string;
  /** The ID of the action interaction event tracker, if actions are tracked: 1–256 characters. */
  actionTrackingId?: string;
  /** The AWS region of the event tracker, such as `us-east-1`. Default: the identity pool's. */
  region?: string;
  /** A Cognito identity pool with guest access, whose guest role may `personalize:PutEvents`. */
  identityPoolId?: string;
  /** Credentials of the site's own making, which win over an identity pool; asked again once they expire. */
  credentials?: CredentialsProvider;
  /** The visitor who is logged in: the same as calling `identify(userId)`. 1–256 characters. */
  userId?: string;
  /**
   * Base URL that `/events` and `/action-interactions` are appended to, without query and fragment. Default: the region's
   * Personalize Events. Required without `identityPoolId` and `credentials`, when batches go there unsigned.
   */
  endpoint?: string;
  /**
   * What carries events as a page is left: `beacon` signs in the URL and asks for no preflight; `keepalive` signs in headers,
   * as the AWS SDK does. Default `beacon`.
   */
  exitTransport?: 'beacon' | 'keepalive';
  /** URL of Cognito Identity. Default: the region's. */
  identityEndpoint?: string;
  /**
   * The longest an event waits for others, in milliseconds: 0–3,600,000. Default 5,000. The first two of a quiet time
   * wait for none.
   */
  flushInterval?: number;
  /** As many events are sent at once: 1–10, ten being the service's limit. Default 10. */
  flushSize?: number;
  /** How long a session lasts at most, in days: up to 3,650. Default 30. */
  sessionMaxAge?: number;
  /** The event type of a click on an element without `data-personalize-event`. Default `click`. */
  clickEvent?: string;
  /**
   * Of a domain dataset group: events that markup gives no type are named as its use cases require, `Click`,
   * `View`, `Watch`, `Purchase`.
   */
  domain?: 'ECOMMERCE' | 'VIDEO_ON_DEMAND';
  /** The part of an item, or of the viewport where that is smaller, that must be in view, in percent: 1–100. Default 50. */
  impressionShare?: number;
  /** How long it must be in view without a break, in milliseconds: 0–60,000. Default 1,000. */
  impressionTime?: number;
  /** The items that an event's `impression` names: those of the list that were in view, or all. Default `seen`. */
  impressionItems?: 'seen' | 'all';
  /**
   * What makes another page view, on which items count again as they are shown: another path, whatever the query, or any
   * other address. Default `path`.
   */
  pageView?: 'path' | 'address';
  /** Whether an item's later events say which recommendation a click on it came through. Default true. */
  attribution?: boolean;
  /** Records nothing of crawlers and automated browsers. Default false. */
  ignoreBots?: boolean;
  /**
   * Nothing is stored, asked for or sent before `consent(true)`: up to 1,000 events wait in memory. Default: consent counts
   * as granted until `consent(false)`.
   */
  consent?: 'required';
  /** Whether Global Privacy Control (https://w3c.github.io/gpc/) counts as a refusal. Default true. */
  respectGpc?: boolean;
  /** Prints what happens to each event in the console. Default false. */
  debug?: boolean;
  /**
   * URL of the folder that holds the script's chunks (media, debug). Default: the folder that the script was loaded from. Needed
   * where the script is inline.
   */
  chunkUrl?: string;
}

/** Of events that markup gives none, by what makes them; a click's and an impression's are called so. */
// biome-ignore format: the build gives names in quotes no shorter ones
const EVENT_TYPES: Record<string, string> = {
  'load': 'view',
  'submit': 'purchase',
  'change': 'rate',
  'media': 'watch',
};

const DEFAULTS = {
  flushInterval: 5000,
  flushSize: 10,
  sessionMaxAge: 30,
  impressionShare: 50,
  impressionTime: 1000,
  impressionItems: 'seen' as 'seen' | 'all',
  pageView: 'path' as 'path' | 'address',
  attribution: true,
  ignoreBots: false,
  respectGpc: true,
  debug: false,
};

/** Options checked and filled in; without `region` batches go unsigned. */
export type Settings = Omit<Options, 'region'> &
  typeof DEFAULTS & {
    region: string | Promise<string> | undefined;
    /** Base URL. */
    endpointUrl: string;
    identityUrl: string;
    /** The type of an event that markup gives none. */
    eventTypeOf(trigger: string): string;
  };

const inRange = (min: number, max: number, unit: string): Check => [
  `${unit} from ${min} to ${max}`,
  (value) => typeof value === 'number' && value >= min && value <= max,
];
const matching = (expected: string, pattern: RegExp): Check => [
  expected,
  (value) => typeof value === 'string' && pattern.test(value),
];
const FLAG = oneOf(true, false);

/** Resolves an address, which may be relative to `baseUrl`; undefined where it is none. */
const toAbsolute = (address: string, baseUrl: string | undefined): string | undefined =>
  tryOrUndefined(() => new URL(address, baseUrl).href);

/** Browsers refuse to ask an address with a user's name, and paths are appended. */
const addressAt = (baseUrl: string | undefined): Check => [
  'a URL of http(s) without user, query and fragment',
  (value) =>
    typeof value === 'string' && /^https?:\/\/[^/@]+\/[^?#]*$/.test(toAbsolute(value, baseUrl) as string),
];

/** Where Amazon Personalize is (https://docs.aws.amazon.com/general/latest/gr/personalize.html). */
const REGIONS = /^(us-(east|west-2)|eu-(west|central)-1|ca-c|cn-north-|ap-(south-1|...theast-[12]))/;

const checksAt = (baseUrl: string | undefined): Record<keyof Options, Check> => ({
  trackingId: ID,
  actionTrackingId: ID,
  region: matching('like us-east-1', /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching('like us-east-1:0123-...', /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ['a function', (value) => typeof value === 'function'],
  userId: ID,
  endpoint: addressAt(baseUrl),
  identityEndpoint: addressAt(baseUrl),
  flushInterval: inRange(0, 3_600_000, 'milliseconds'),
  flushSize: inRange(1, MAX_BATCH_EVENTS, 'events'),
  sessionMaxAge: inRange(0, 3650, 'days'),
  clickEvent: ID,
  domain: oneOf('ECOMMERCE', 'VIDEO_ON_DEMAND'),
  impressionShare: inRange(1, 100, 'percent'),
  impressionTime: inRange(0, 60_000, 'milliseconds'),
  impressionItems: oneOf('seen', 'all'),
  pageView: oneOf('path', 'address'),
  exitTransport: oneOf('beacon', 'keepalive'),
  attribution: FLAG,
  ignoreBots: FLAG,
  consent: oneOf('required'),
  respectGpc: FLAG,
  debug: FLAG,
  chunkUrl: addressAt(baseUrl),
});

/** Reads options from the `dataset` of the script's own tag. Attributes that are no options belong to somebody else. */
export const optionsFrom = (dataset: Record<string, string | undefined>): Partial<Options> => {
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(checksAt(undefined))) {
    const value = tidy(dataset[name]);
    const kind = typeof DEFAULTS[name as keyof typeof DEFAULTS];
    // Such an attribute means something by being there.
    if (kind === 'boolean' && name in dataset) options[name] = value !== 'false';
    else if (value) options[name] = kind === 'number' ? numberOrText(value) : value;
  }
  return options;
};

const isSigned = ({ identityPoolId, credentials }: Partial<Options>) => !!(identityPoolId || credentials);

/** Returns the region that signatures are for: by default the identity pool's. */
const regionOf = (options: Partial<Options>): string | undefined =>
  isSigned(options) ? (options.region ?? options.identityPoolId?.split(':')[0]) : undefined;

/** Returns what keeps a tracker from running: options that are missing. Those that are wrong have a problem already. */
const missingOf = (input: Partial<Options>, valid: Partial<Options>): string[] => {
  const needed: [name: keyof Options, isMissing: boolean, others?: string][] = [
    ['trackingId', !valid.trackingId],
    ['identityPoolId', !isSigned(valid) && !valid.endpoint, ', credentials or endpoint'],
    ['region', !!valid.credentials && !regionOf(valid)],
  ];
  return needed
    .filter(([name, isMissing]) => isMissing && tidy(input[name]) === undefined)
    .map(([name, , others = '']) => `${name}${others} is missing`);
};

const regionalUrl = (service: string, region = '') =>
  `https://${service}.${region}.amazonaws.com${/^cn-/.test(region) ? '.cn' : ''}/`;

/** Returns the names of events that markup gives none. */
const eventTypesOf =
  ({ clickEvent, domain }: Partial<Options>) =>
  (trigger: string): string => {
    if (clickEvent && trigger === 'click') return clickEvent;
    const name = EVENT_TYPES[trigger] ?? trigger;
    return domain ? (name[0] as string).toUpperCase() + name.slice(1) : name;
  };

/**
 * Checks options and fills in defaults. Each problem names the option, its limit and the value. Without `settings` the
 * tracker cannot run; otherwise a default replaces each wrong value.
 * @param baseUrl of the page, which relative addresses start from
 */
export const resolveOptions = (
  input: Partial<Options>,
  baseUrl: string | undefined,
): { settings?: Settings; problems: string[] } => {
  const { valid: options, problems } = check(input as Options, checksAt(baseUrl), tidy);
  const { trackingId, credentials, endpoint, identityEndpoint, chunkUrl } = options;
  const region = regionOf(options);
  problems.push(...missingOf(input, options));
  if (!trackingId || !(isSigned(options) ? region : endpoint)) return { problems };
  // A provider of credentials wins over the pool.
  if (credentials) delete options.identityPoolId;
  if (region && !REGIONS.test(region)) {
    const source = options.region ? '' : ' from identityPoolId';
    // It may be a new region: it is tried.
    problems.push(`region must be one with Amazon Personalize; got "${region}"${source}`);
  }

  const aws = (service: string) => regionalUrl(service, region);
  const absolute = (address: string) => toAbsolute(address, baseUrl) as string;
  return {
    problems,
    settings: {
      ...DEFAULTS,
      ...(options as Options),
      region,
      eventTypeOf: eventTypesOf(options),
      endpointUrl: absolute(endpoint ?? aws('personalize-events')).replace(/\/+$/, ''),
      identityUrl: absolute(identityEndpoint ?? aws('cognito-identity')),
      ...(chunkUrl && { chunkUrl: absolute(chunkUrl).replace(/\/*$/, '/') }),
    },
  };
};
