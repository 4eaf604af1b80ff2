import type { CredentialsProvider } from './credentials-input.js';
import { ID, type TrackedEvent } from './event.js';
import { MAX_BATCH_EVENTS } from './limits.js';
import { tryOrUndefined } from './try.js';
import { type Check, isPlainObject, numberOrText, oneOf, tidy } from './validate.js';

/** Options of `init()`. The script's own tag takes them as `data-*` attributes: `trackingId` is `data-tracking-id`. */
export interface Options {
  /** The event tracker's ID, as CreateEventTracker returns it: 1–256 characters. */
  trackingId: string;
  /** The ID of the action interaction event tracker: 1–256 characters. Required to track actions. */
  actionTrackingId?: string;
  /** The AWS region of the event tracker, such as `us-east-1`. Default: the identity pool's region. */
  region?: string;
  /** A Cognito identity pool with guest access. Its guest role must allow `personalize:PutEvents`. */
  identityPoolId?: string;
  /** Returns the site's own AWS credentials. Takes precedence over `identityPoolId`. Called again when they expire. */
  credentials?: CredentialsProvider;
  /** The ID of the logged-in user: 1–256 characters. The same as calling `identify(userId)`. */
  userId?: string;
  /**
   * Base URL, to which `/events` and `/action-interactions` are appended. It has no query and no fragment. Default: the
   * region's Personalize Events. Required without `identityPoolId` and `credentials`: batches are then sent there
   * unsigned.
   */
  endpoint?: string;
  /**
   * How events are sent when the visitor leaves the page. `beacon` puts the signature into the URL and needs no
   * preflight; `keepalive` puts it into headers, as the AWS SDK does. Default: `beacon`.
   */
  exitTransport?: 'beacon' | 'keepalive';
  /** URL of Cognito Identity. Default: the region's. */
  identityEndpoint?: string;
  /**
   * The longest time that an event waits for others, in milliseconds: 0–3,600,000. Default: 5,000. After an idle period
   * the first two flushes are immediate.
   */
  flushInterval?: number;
  /** Events are sent as soon as this many wait: 1–10, where 10 is the service's limit. Default: 10. */
  flushSize?: number;
  /** The longest time that a session lasts, in days: 0–3,650. Default: 30. */
  sessionMaxAge?: number;
  /**
   * The ID of the site's own session: 1–256 characters. No ID is generated then, and `sessionMaxAge` does not apply.
   * The same as calling `setSession(sessionId)` before storage has been read.
   */
  sessionId?: string;
  /**
   * Keeps the session's ID in a first-party cookie too, for the site's servers and subdomains. `true` is
   * `personalize_session`. Text is the name and attributes: `name; Domain=.shop.example; Max-Age=86400`. Default: false.
   */
  sessionCookie?: boolean | string;
  /** The event type of a click on an element without `data-personalize-event`. Default: `click`. */
  clickEvent?: TrackedEvent['eventType'];
  /**
   * The domain of a domain dataset group. Events whose markup gives no type are then named as its use cases require:
   * `Click`, `View`, `Watch`, `Purchase`.
   */
  domain?: 'ECOMMERCE' | 'VIDEO_ON_DEMAND';
  /**
   * The share of an item that must be in view, or of the viewport if that is smaller, in percent: 1–100. Default: 50.
   */
  impressionShare?: number;
  /** How long an item must be in view without interruption, in milliseconds: 0–60,000. Default: 1,000. */
  impressionTime?: number;
  /**
   * The items that an event's `impression` names: those of its list that were in view, or all of them. Default: `seen`.
   */
  impressionItems?: 'seen' | 'all';
  /**
   * The change that starts another page view, in which items count again when they are shown: one of the path, whatever
   * the query, or one of any part of the URL. Default: `path`.
   */
  pageView?: 'path' | 'address';
  /**
   * Whether the later events of an item name the recommendation through which the visitor clicked on it. Default: true.
   */
  attribution?: boolean;
  /**
   * Reads the GA4 ecommerce events of the page's data layer: `true`, or the name of its global. Default: false; the name
   * is then `dataLayer`. Loads the chunk `datalayer`.
   */
  dataLayer?: boolean | string;
  /**
   * Event types by name in the data layer, beside those that the chunk has: `{ add_to_wishlist: 'wishlist' }`. `false`
   * switches one off: `{ select_item: false }`.
   */
  dataLayerEvents?: Record<string, TrackedEvent['eventType'] | false>;
  /** The field of the data layer's items that is the dataset's ITEM_ID. Default: `item_id`. */
  dataLayerItemId?: string;
  /**
   * Fields of the data layer's items that become properties of their events, in camelCase: `['quantity']` fills the
   * column QUANTITY. Default: none.
   */
  dataLayerProperties?: string[];
  /** Whether crawlers and automated browsers are ignored, so that nothing is recorded there. Default: false. */
  ignoreBots?: boolean;
  /**
   * With `required`, nothing is stored, requested or sent before `consent(true)`; up to 1,000 events wait in memory.
   * `google` and `tcf` wait in the same way for the site's consent manager: `google` for `personalization_storage` of
   * Google's Consent Mode in `window.dataLayer`, `tcf` for `window.__tcfapi` of IAB TCF 2.2. Default: consent counts as
   * granted until `consent(false)`.
   */
  consent?: 'required' | 'google' | 'tcf';
  /** The purposes of the TCF that `consent: 'tcf'` requires, as numbers with commas. Default: `5,6`. */
  tcfPurposes?: string;
  /** Whether Global Privacy Control (https://w3c.github.io/gpc/) counts as a refusal of consent. Default: true. */
  respectGpc?: boolean;
  /** Whether the console shows what happens to each event. Default: false. */
  debug?: boolean;
  /**
   * URL of the folder with the script's chunks (media, debug, datalayer, consent). Default: the folder that the script was loaded from.
   * Required when the script is inline.
   */
  chunkUrl?: string;
}

/** Defaults of options; the others are absent. */
export const DEFAULTS = {
  flushInterval: 5000,
  flushSize: 10,
  sessionMaxAge: 30,
  sessionCookie: false as boolean | string,
  impressionShare: 50,
  impressionTime: 1000,
  impressionItems: 'seen' as 'seen' | 'all',
  pageView: 'path' as 'path' | 'address',
  attribution: true,
  dataLayer: false as boolean | string,
  ignoreBots: false,
  tcfPurposes: '5,6',
  respectGpc: true,
  debug: false,
};

const inRange = (min: number, max: number, unit: string): Check => [
  `${min}-${max} ${unit}`,
  (value) => typeof value === 'number' && value >= min && value <= max,
];
const matching = (expected: string, pattern: RegExp): Check => [
  expected,
  (value) => typeof value === 'string' && pattern.test(value),
];
const FLAG = oneOf(true, false);
const COOKIE = matching('', /^(?!true$|false$)[\w-]{1,64}(; *(Domain=[\w.-]+|Max-Age=[1-9]\d*))*$/i);

/** Returns an absolute URL, relative ones resolved against `baseUrl`; undefined for an invalid one. */
export const toAbsoluteUrl = (url: string, baseUrl: string | undefined): string | undefined =>
  tryOrUndefined(() => new URL(url, baseUrl).href);

/** Checks a base URL. Browsers refuse requests to a URL with a user name; paths are appended to it. */
const urlCheck = (baseUrl: string | undefined): Check => [
  'a URL of http(s) without user, query and fragment',
  (value) =>
    typeof value === 'string' && /^https?:\/\/[^/@]+\/[^?#]*$/.test(toAbsoluteUrl(value, baseUrl) as string),
];

/** Returns the check of each option. @param baseUrl the page's, against which relative URLs are resolved */
export const createChecks = (baseUrl: string | undefined): Record<keyof Options, Check> => ({
  trackingId: ID,
  actionTrackingId: ID,
  region: matching('like us-east-1', /^[a-z]+(-[a-z]+)+-\d+$/),
  identityPoolId: matching('like us-east-1:0123-...', /^[a-z]+(-[a-z]+)+-\d+:[\w-]+$/),
  credentials: ['a function', (value) => typeof value === 'function'],
  userId: ID,
  endpoint: urlCheck(baseUrl),
  identityEndpoint: urlCheck(baseUrl),
  flushInterval: inRange(0, 3_600_000, 'milliseconds'),
  flushSize: inRange(1, MAX_BATCH_EVENTS, 'events'),
  sessionMaxAge: inRange(0, 3650, 'days'),
  sessionId: ID,
  sessionCookie: [
    'true or like "name; Domain=.shop.example; Max-Age=86400"',
    (value) => typeof value === 'boolean' || COOKIE[1](value),
  ],
  clickEvent: ID,
  domain: oneOf('ECOMMERCE', 'VIDEO_ON_DEMAND'),
  impressionShare: inRange(1, 100, 'percent'),
  impressionTime: inRange(0, 60_000, 'milliseconds'),
  impressionItems: oneOf('seen', 'all'),
  pageView: oneOf('path', 'address'),
  exitTransport: oneOf('beacon', 'keepalive'),
  attribution: FLAG,
  dataLayer: ['true, false or the name of a global', (value) => FLAG[1](value) || ID[1](value)],
  dataLayerEvents: [
    'an object of event types, or false',
    (value) => isPlainObject(value) && Object.values(value).every((type) => type === false || ID[1](type)),
  ],
  dataLayerItemId: ID,
  dataLayerProperties: ['an array of names', (value) => Array.isArray(value) && value.every(ID[1])],
  ignoreBots: FLAG,
  consent: oneOf('required', 'google', 'tcf'),
  tcfPurposes: matching('like 1,5,6', /^\d\d?( *, *\d\d?)*$/),
  respectGpc: FLAG,
  debug: FLAG,
  chunkUrl: urlCheck(baseUrl),
});

/** Returns the value that a text is the JSON of; any other text unchanged, so that a check can show it. */
const jsonOrText = (text: string): unknown => tryOrUndefined(() => JSON.parse(text)) ?? text;

/** Returns the value of an option's attribute; undefined counts as absent. @param value not empty */
const readAttribute = (name: string, value: string): unknown => {
  if (/^dataLayer/.test(name)) return jsonOrText(value);
  return typeof DEFAULTS[name as keyof typeof DEFAULTS] === 'number' ? numberOrText(value) : value;
};

/**
 * Reads options from the `dataset` of the script's own tag. Ignores other attributes, which belong to other scripts.
 */
export const optionsFrom = (dataset: Record<string, string | undefined>): Partial<Options> => {
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(createChecks(undefined))) {
    const value = tidy(dataset[name]);
    const isFlag = typeof DEFAULTS[name as keyof typeof DEFAULTS] === 'boolean' && name in dataset;
    // A boolean attribute needs no value. That of the data layer or the cookie may be a text.
    const isBoolean = !value || !/^(dataLayer|sessionCookie)$/.test(name) || /^(true|false)$/.test(value);
    if (isFlag && isBoolean) options[name] = value !== 'false';
    else if (value) options[name] = readAttribute(name, value);
  }
  return options;
};
