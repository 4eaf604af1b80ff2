import type { CredentialsProvider } from './credentials.js';
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
     * Base URL that `/events` and `/action-interactions` are appended to. Default: the region's Personalize Events. Required without
     * `identityPoolId` and `credentials`, when batches go there unsigned.
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
}
declare const DEFAULTS: {
    flushInterval: number;
    flushSize: number;
    sessionMaxAge: number;
    impressionShare: number;
    impressionTime: number;
    impressionItems: 'seen' | 'all';
    attribution: boolean;
    ignoreBots: boolean;
    respectGpc: boolean;
    debug: boolean;
};
/** Options checked and filled in; without `region` batches go unsigned. */
export type Settings = Omit<Options, 'region'> & typeof DEFAULTS & {
    region: string | Promise<string> | undefined;
    /** Base URL. */
    endpointUrl: string;
    identityUrl: string;
    /** The type of an event that markup gives none. */
    eventTypeOf(trigger: string): string;
};
/** Reads options off the script's own tag. Attributes that are no options belong to somebody else. */
export declare const optionsFrom: ({ dataset }: HTMLOrSVGElement) => Partial<Options>;
/**
 * Checks options and fills in defaults. Each problem names the option, what it takes and what was given;
 * with `settings` absent the tracker cannot run, otherwise the default stands in for what was wrong.
 */
export declare const resolveOptions: (input: Partial<Options>) => {
    settings?: Settings;
    problems: string[];
};
export {};
