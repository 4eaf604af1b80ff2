import type { Tracker } from './browser/api.js';
import { startFromScriptTag } from './browser/script-tag.js';
import type { Options } from './contract/options.js';

export type { Tracker, TrackerEvents } from './browser/api.js';

declare global {
  interface Window {
    /** The tracker, once its script has run and been configured. */
    personalize: Tracker & {
      /** Begins; makes another one, with storage of its own, where the `trackingId` is another. */
      init(options: Options): Tracker;
    };
  }
}

// The one module that acts when it is loaded. On a server there is nothing to track.
if (typeof window === 'object') startFromScriptTag();
