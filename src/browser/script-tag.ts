import { type Options, optionsFrom } from '../contract/options.js';
import type { Tracker } from './api.js';
import { init } from './init.js';
import { findGlobal, pageWithGlobal } from './loader-stub.js';
import { findAll, readUnclobbered } from './platform/dom-clobbering.js';
import { logError } from './platform/log-error.js';
import { findRunning } from './platform/running-trackers.js';

/** Reads the options of the script's own tag; of a JSON script, if a tag manager leaves no tag or no attributes on it. */
const readOptions = (): Partial<Options> => {
  const script = readUnclobbered(document, 'currentScript');
  const options = script ? optionsFrom(script.dataset) : {};
  const [config] = findAll(document, 'script#personalize-config');
  if (Object.keys(options).length || !config) return options;
  try {
    return JSON.parse(config.textContent as string);
  } catch (error) {
    logError(`personalize-config: ${error}`);
    return {};
  }
};

/** Starts a tracker with the options of the page's markup or of its stub; without any, page code calls `init`. */
export const startFromScriptTag = (): void => {
  const page = pageWithGlobal();
  const before = findGlobal();
  const start = (options: Options): Tracker => {
    const tracker = Object.assign(init(options), { init });
    page.personalize = tracker;
    return tracker;
  };

  if (findRunning(({ tracker }) => tracker === before)) return;
  const options = readOptions();
  const initCall = before?.q?.find(([method]) => method === 'init');
  if (Object.keys(options).length) start(options as Options);
  else if (initCall) start(initCall[1][0] as Options);
  // Page code calls personalize.init({ … }).
  else page.personalize = { ...before, init: start };
};
