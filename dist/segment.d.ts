import { Options, Tracker } from './index.js';

/** Options of `personalizePlugin()`. */
interface SegmentOptions {
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
interface SegmentContext {
    event: {
        event?: string | undefined;
        properties?: object | undefined;
        userId?: string | null | undefined;
        timestamp?: unknown;
    };
}
/** The part of analytics-next's `Analytics` that the plugin uses. */
interface SegmentAnalytics {
    on(name: 'reset', listener: () => void): unknown;
    user?(): {
        id(): unknown;
    };
}
/** A destination plugin of analytics-next: pass it to `analytics.register()`. */
interface SegmentPlugin {
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
/**
 * Creates a destination plugin for `@segment/analytics-next`: it hands the events of Segment's ecommerce specification
 * to a running tracker. Invalid options are logged and ignored.
 * @param tracker the return value of `init()`, or `window.personalize`, which may still be the loader stub
 * @example analytics.register(personalizePlugin(personalize))
 */
declare const personalizePlugin: (tracker: Pick<Tracker, "track" | "identify" | "reset">, options?: SegmentOptions) => SegmentPlugin;

export { personalizePlugin };
export type { SegmentAnalytics, SegmentContext, SegmentOptions, SegmentPlugin };
