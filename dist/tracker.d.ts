import type { Tracker } from './api.js';
import type { DispatchOptions } from './dispatch.js';
import { type Options, type Settings } from './options.js';
declare global {
    interface Navigator {
        /** https://w3c.github.io/gpc/ */
        readonly globalPrivacyControl?: boolean;
    }
}
/** Tells the console, under the project's name. */
export declare const complain: (...what: string[]) => void;
/**
 * Starts a tracker.
 * @param way what another way to the service knows better than the options
 */
export declare const begin: (options: Options, toSender?: DispatchOptions['toSender'], way?: Pick<Settings, 'region' | 'endpointUrl'>) => Tracker;
/**
 * Starts a tracker. Wrong options make one console message that names each; where the tracker cannot run
 * without them, the page goes on and `on('rejected')` hears of every event.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
export declare const init: (options: Options) => Tracker;
