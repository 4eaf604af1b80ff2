import { type Options, optionsFrom } from './options.js';
import { init, type Tracker } from './tracker.js';

declare global {
  interface Window {
    personalize?: Tracker | { init(options: Options): Tracker };
  }
}

const begin = (options: Options): Tracker => {
  const tracker = init(options);
  window.personalize = tracker;
  return tracker;
};

// The one module that acts when loaded. Without options on the tag, page code begins: personalize.init({ … }).
const options = document.currentScript ? optionsFrom(document.currentScript) : {};
if (window.personalize) console.warn('personalize-beacon: loaded twice; the first one stays');
else if (Object.keys(options).length) begin(options as Options);
else window.personalize = { init: begin };
