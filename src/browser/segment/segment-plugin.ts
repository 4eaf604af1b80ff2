import { ID } from '../../contract/event.js';
import type { Options } from '../../contract/options.js';
import { createEventTypeOf } from '../../contract/resolve-options.js';
import { type Check, check, isPlainObject, oneOf, tidy } from '../../contract/validate.js';
import type { Tracker } from '../api.js';
import { createMapper } from '../commerce/product-events.js';
import { isolate, logError } from '../platform/log-error.js';
import { SEGMENT } from './segment-events.js';

/** Defined by the build. */
declare const VERSION: string | undefined;

/** Options of `personalizePlugin()`. */
export interface SegmentOptions {
  /** The tracker's option `domain`: event types are then `Click`, `View`, `AddToCart`, `Purchase`. Default: none. */
  domain?: NonNullable<Options['domain']>;
  /**
   * Event types by Segment's event name: they rename events, or record further ones, such as
   * `{ 'Product Added to Wishlist': 'wishlist' }`. `false` switches one off: `{ 'Product Viewed': false }`.
   */
  events?: Record<string, NonNullable<Options['clickEvent']> | false>;
  /** The field of a product that is the dataset's ITEM_ID. Default: `product_id`. */
  itemId?: string;
  /**
   * Fields of a product that become properties of its events, in camelCase: `['shelf_position']` fills the column
   * SHELF_POSITION. Default: none.
   */
  properties?: string[];
}

/** The part of analytics-next's `Context` that the plugin reads. */
export interface SegmentContext {
  event: {
    event?: string | undefined;
    properties?: object | undefined;
    userId?: string | null | undefined;
    timestamp?: unknown;
  };
}

/** The part of analytics-next's `Analytics` that the plugin uses. */
export interface SegmentAnalytics {
  on(name: 'reset', listener: () => void): unknown;
  user?(): { id(): unknown };
}

/** A destination plugin of analytics-next: pass it to `analytics.register()`. */
export interface SegmentPlugin {
  /** `personalize-beacon`, which `integrations` can switch off for a call. */
  name: string;
  type: 'destination';
  version: string;
  isLoaded(): boolean;
  load(context: unknown, analytics: SegmentAnalytics): Promise<void>;
  /** Records the products of one event. Never throws. */
  track<Context extends SegmentContext>(context: Context): Context;
  /** Identifies the user. Never throws. */
  identify<Context extends SegmentContext>(context: Context): Context;
}

const CHECKS: Record<keyof SegmentOptions, Check> = {
  domain: oneOf('ECOMMERCE', 'VIDEO_ON_DEMAND'),
  events: [
    'an object of event types, or false for each name',
    (value) => isPlainObject(value) && Object.values(value).every((type) => type === false || ID[1](type)),
  ],
  itemId: ID,
  properties: ['an array of names', (value) => Array.isArray(value) && value.every(ID[1])],
};

/** Returns the valid options, and logs the others. */
const readOptions = (options: SegmentOptions): SegmentOptions => {
  const { valid, problems } = check(isPlainObject(options) ? options : {}, CHECKS, tidy);
  if (problems.length) logError(...problems.map((problem) => `personalizePlugin: ${problem}`));
  return valid;
};

/** Returns a time for `sentAt`, on the visitor's clock; undefined for none, or one that is no time. */
const toDate = (timestamp: unknown) => {
  const date = new Date(timestamp as Date);
  return timestamp && +date > 0 ? date : undefined;
};

/**
 * Creates a destination plugin for `@segment/analytics-next`: it hands the events of Segment's ecommerce specification
 * to a running tracker. Invalid options are logged and ignored.
 * @param tracker the return value of `init()`, or `window.personalize`, which may still be the loader stub
 * @example analytics.register(personalizePlugin(personalize))
 */
export const personalizePlugin = (
  tracker: Pick<Tracker, 'track' | 'identify' | 'reset'>,
  options: SegmentOptions = {},
): SegmentPlugin => {
  if (typeof tracker?.track !== 'function') {
    logError('personalizePlugin needs a tracker: pass the return value of init(), or window.personalize');
  }
  const { domain, ...others } = readOptions(options);
  const eventTypeOf = createEventTypeOf(domain ? { domain } : {});
  const map = createMapper(SEGMENT, { ...others, isDomain: !!domain, eventTypeOf });

  /** Returns the tracker. The loader stub, which has a queue `q`, is replaced by it when the script has loaded. */
  const current = () =>
    tracker && 'q' in tracker ? (window as unknown as { personalize: typeof tracker }).personalize : tracker;
  let analytics: SegmentAnalytics | undefined;

  const identify = (id: unknown) => {
    if (id !== null && id !== undefined && `${id}`.trim()) current()?.identify(`${id}`);
  };
  /** Returns whether a user is still logged in: Segment delivers `identify` later than it is called. */
  const isCurrentUser = (id: unknown) => !analytics?.user || `${analytics.user().id()}` === `${id}`;

  const record = ({ event, properties, timestamp }: SegmentContext['event']) => {
    const product = isPlainObject(properties) ? properties : {};
    const sentAt = toDate(timestamp);
    const mapped = map({ name: `${event}`, parameter: (name) => product[name], product });
    for (const { event: each } of mapped) {
      // `track()` rejects an event whose item is wrong, and says so.
      current()?.track({ ...each, itemId: each.itemId as string, ...(sentAt && { sentAt }) });
    }
  };

  return {
    name: 'personalize-beacon',
    type: 'destination',
    version: typeof VERSION === 'undefined' ? '0' : VERSION,
    isLoaded: () => true,
    async load(_, instance) {
      isolate(() => {
        analytics = instance;
        // A visitor who logged in before the site had this plugin.
        identify(instance.user?.().id());
        instance.on('reset', () => isolate(() => current()?.reset()));
      });
    },
    track(context) {
      isolate(() => record(context.event));
      return context;
    },
    identify(context) {
      isolate(() => {
        const { userId } = context.event;
        if (isCurrentUser(userId)) identify(userId);
      });
      return context;
    },
  };
};
