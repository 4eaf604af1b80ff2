import { type Options } from './options.js';
import { type Tracker } from './tracker.js';
declare global {
    interface Window {
        personalize?: Tracker | {
            init(options: Options): Tracker;
        };
    }
}
