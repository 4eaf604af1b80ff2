import type { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';
import type { Tracker } from './api.js';
import type { Options } from './options.js';
export type { Tracker, TrackerEvents } from './api.js';
export type { Stop } from './lib/lifecycle.js';
/** The tracker's options, less what the client knows. */
export interface SdkOptions extends Omit<Options, 'region' | 'identityPoolId' | 'credentials' | 'endpoint' | 'identityEndpoint' | 'exitTransport'> {
    /** Sends the batches, with its region, endpoint, credentials and retries. */
    client: PersonalizeEventsClient;
}
/**
 * Starts a tracker that sends by the site's own client of the AWS SDK, and signs with the client's credentials what
 * leaves with the page, for which the SDK would come too late. Wrong options are told as by the `init()` of
 * `personalize-beacon`.
 * @example
 * const client = new PersonalizeEventsClient({ region: 'us-east-1', credentials });
 * const personalize = init({ trackingId: '…', client });
 */
export declare const init: ({ client, ...options }: SdkOptions) => Tracker;
