import type { Tracker } from './api.js';
import { type Options } from './options.js';
declare global {
    interface Window {
        /** The tracker, once its script has run and been configured. */
        personalize: Tracker & {
            /** Begins; where a tracker runs already, makes another one, with storage of its own. */
            init(options: Options): Tracker;
        };
    }
}
