import { Tracker, Options } from './index.js';
export { Tracker, TrackerEvents } from './index.js';

declare global {
    interface Window {
        /** The tracker, once its script has run and been configured. */
        personalize: Tracker & {
            /** Begins; makes another one, with storage of its own, where the `trackingId` is another. */
            init(options: Options): Tracker;
        };
    }
}
