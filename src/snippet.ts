import { type Options, optionsFrom } from './options.js';
import { init, type Tracker } from './tracker.js';

const page = window as Window & { personalize?: Tracker | { init(options: Options): void } };

const begin = (options: Options) => {
  page.personalize = init(options);
};

// The one module that acts when loaded. Without options on the tag, page code begins: personalize.init({ … }).
const options = document.currentScript ? optionsFrom(document.currentScript) : {};
if (page.personalize) console.warn('personalize-beacon: loaded twice');
else if (Object.keys(options).length) begin(options as Options);
else page.personalize = { init: begin };
