import type { CredentialsProvider } from './credentials.js';
import { numberOrText, show } from './lib/text.js';

/** What `init()` takes, and the script's own tag as `data-*` (`trackingId` is `data-tracking-id`). */
export interface Options {
  /** The event tracker's ID, from CreateEventTracker: 1–256 characters. */
  trackingId: string;
  /** The AWS region of the event tracker, such as `us-east-1`. Default: the identity pool's. */
  region?: string;
  /** A Cognito identity pool with guest access, whose guest role may `personalize:PutEvents`. */
  identityPoolId?: string;
  /** Credentials of the site's own making, instead of an identity pool; asked again once they expire. */
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
  /** How long a session lasts at most, in days: above 0, up to 3,650. Default 30. */
  sessionMaxAge?: number;
  /** The event type of a click on an element without `data-personalize-event`. Default `click`. */
  clickEvent?: string;
  /** Prints what happens to each event in the console. Default false. */
  debug?: boolean;
}

/** Options checked and filled in. */
export interface Settings extends Required<Pick<Options, 'trackingId' | 'clickEvent' | 'flushSize'>> {
  eventsUrl: string;
  flushIntervalMs: number;
  sessionMaxAgeMs: number;
  debug: boolean;
  /** What to sign for; absent when batches go unsigned. */
  region?: string;
  credentials?: CredentialsProvider;
  identity?: { poolId: string; endpoint: string };
  userId?: string;
}

const DAY_MS = 86_400_000;

type Kind = [expected: string, passes: (value: unknown) => boolean];

const within = (min: number, max: number, unit: string): Kind => [
  `a number of ${unit} from ${min} to ${max}`,
  (value) => typeof value === 'number' && value >= min && value <= max,
];
const matching = (expected: string, pattern: RegExp): Kind => [
  expected,
  (value) => typeof value === 'string' && pattern.test(value),
];
const TEXT = matching('a string of 1–256 characters', /^[^]{1,256}$/);
const ADDRESS: Kind = [
  'a URL, absolute or relative to the page',
  (value) => typeof value === 'string' && value !== '' && !!toUrl(value),
];

const KINDS: Record<keyof Options, Kind> = {
  trackingId: TEXT,
  region: matching('an AWS region such as us-east-1', /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching('an identity pool ID such as us-east-1:01234567-…', /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ['a function that resolves to credentials', (value) => typeof value === 'function'],
  userId: TEXT,
  endpoint: ADDRESS,
  identityEndpoint: ADDRESS,
  flushInterval: within(0, 3_600_000, 'milliseconds'),
  flushSize: ['a whole number of events from 1 to 10', (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) <= 10],
  sessionMaxAge: within(1 / 86_400, 3650, 'days'),
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

/** A name as the tag has it: `trackingId` is `data-tracking-id`. */
const attributeOf = (name: string) => `data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** Reads options off the script's own tag. Attributes that are no options belong to somebody else. */
export const optionsFrom = (tag: Element): Partial<Options> => {
  const options: Record<string, unknown> = {};
  for (const name of NAMES) {
    const value = tag.getAttribute(attributeOf(name));
    if (value === null) continue;
    if (name === 'debug') options[name] = value !== 'false';
    else if (/^(flush|sessionMax)/.test(name)) options[name] = numberOrText(value);
    else options[name] = value;
  }
  return options;
};

/**
 * Checks options and fills in defaults. Each problem names the option, what it takes and what was given;
 * with `settings` absent the tracker cannot run, otherwise the default stands in for what was wrong.
 */
export const resolveOptions = (input: Partial<Options>): { settings?: Settings; problems: string[] } => {
  const problems: string[] = [];
  const options: Partial<Options> = {};
  for (const name of Object.keys(input) as (keyof Options)[]) {
    const value = input[name];
    if (value === undefined) continue;
    if (!NAMES.includes(name)) problems.push(`${name} is no option; use ${NAMES.join(', ')}`);
    else if (!KINDS[name][1](value)) problems.push(`${name} must be ${KINDS[name][0]}; got ${show(value)}`);
    else Object.assign(options, { [name]: value });
  }

  const { trackingId, identityPoolId, credentials, endpoint, userId } = options;
  const region = options.region ?? identityPoolId?.split(':')[0];
  const isSigned = !!(identityPoolId || credentials);
  const missing = (name: keyof Options, why: string) => {
    if (input[name] === undefined) problems.push(`${name} is missing: ${why} (on the script tag: ${attributeOf(name)}="…")`);
  };
  if (!trackingId) missing('trackingId', "give the event tracker's ID");
  if (!isSigned && !endpoint) {
    missing('identityPoolId', 'give a Cognito identity pool, or an endpoint of your own for unsigned batches');
  }
  if (credentials && !region) missing('region', 'credentials sign for one');
  if (!trackingId || !(isSigned ? region : endpoint)) return { problems };

  const domain = region?.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const absolute = (address: string) => (toUrl(address) as URL).href;
  return {
    problems,
    settings: {
      trackingId,
      eventsUrl: `${absolute(endpoint ?? `https://personalize-events.${region}.${domain}`).replace(/\/$/, '')}/events`,
      flushSize: options.flushSize ?? 10,
      flushIntervalMs: options.flushInterval ?? 5000,
      sessionMaxAgeMs: (options.sessionMaxAge ?? 30) * DAY_MS,
      clickEvent: options.clickEvent ?? 'click',
      debug: options.debug ?? false,
      ...(userId && { userId }),
      ...(isSigned && region && { region }),
      ...(credentials
        ? { credentials }
        : identityPoolId && {
            identity: {
              poolId: identityPoolId,
              endpoint: absolute(options.identityEndpoint ?? `https://cognito-identity.${region}.${domain}/`),
            },
          }),
    },
  };
};
