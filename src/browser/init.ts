import type { Options } from '../contract/options.js';
import { resolveOptions } from '../contract/resolve-options.js';
import type { Tracker } from './api.js';
import type { TrackerSettings } from './delivery/pipeline.js';
import { createNoopTracker } from './noop-tracker.js';
import { logError } from './platform/log-error.js';
import { findRunning } from './platform/running-trackers.js';
import { createTracker } from './tracker.js';

/** Returns whether the browser says that it is automated, or its user agent that it is a crawler. */
const isBot = () => navigator.webdriver || /bot|crawl|spider|headless/i.test(navigator.userAgent);

/**
 * Starts a tracker.
 * @param overrides another transport than the tracker's own, and what that knows better than the options
 */
export const initWith = (
  options: Options,
  overrides?: Pick<TrackerSettings, 'region' | 'endpointUrl' | 'createTransport'>,
): Tracker => {
  try {
    const { settings, problems } = resolveOptions(options ?? {}, document.baseURI);
    if (problems.length) logError(...problems);
    if (!settings) return createNoopTracker(options, problems.join('; '));
    const running = findRunning(({ trackingId }) => trackingId === settings.trackingId);
    if (running) return running.tracker as Tracker;
    return settings.ignoreBots && isBot()
      ? createNoopTracker(options, 'ignoreBots')
      : createTracker({ ...settings, ...overrides });
  } catch (error) {
    // Reading the page's object may throw.
    logError(`${error}`);
    return createNoopTracker({}, `${error}`);
  }
};

/**
 * Starts a tracker, or returns the one that already runs for this `trackingId`. All invalid options are named in one
 * console message. If the tracker cannot run without them, the page is not disturbed: `on('rejected')` reports every
 * event.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
export const init = (options: Options): Tracker => initWith(options);
