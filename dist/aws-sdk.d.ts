import { Options, Tracker } from './index.js';
export { Stop, Tracker, TrackerEvents } from './index.js';
import { PersonalizeEventsClient } from '@aws-sdk/client-personalize-events';

/** The tracker's options, without those that the client replaces. */
interface SdkOptions extends Omit<Options, 'region' | 'identityPoolId' | 'credentials' | 'endpoint' | 'identityEndpoint' | 'exitTransport'> {
    /** The AWS SDK client that sends the batches, with its own region, endpoint, credentials and retries. */
    client: PersonalizeEventsClient;
}
/**
 * Starts a tracker that sends events with the site's own AWS SDK client. On unload the SDK would be too slow: requests
 * are then signed with the client's credentials and sent by the tracker itself. Invalid options are reported as by the
 * `init()` of `personalize-beacon`.
 * @example
 * const client = new PersonalizeEventsClient({ region: 'us-east-1', credentials });
 * const personalize = init({ trackingId: '…', client });
 */
declare const init: ({ client, ...options }: SdkOptions) => Tracker;

export { init };
export type { SdkOptions };
