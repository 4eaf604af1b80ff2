import type { Options } from '../contract/options.js';
import { resolveOptions } from '../contract/resolve-options.js';
import type { Tracker } from './api.js';
import type { TrackerSettings } from './delivery/pipeline.js';
import { replaceStub } from './loader-stub.js';
import { createNoopTracker } from './noop-tracker.js';
import { isolate, logError } from './platform/log-error.js';
import { findRunning } from './platform/running-trackers.js';
import { createTracker } from './tracker.js';

/** Returns whether the browser says that it is automated, or its user agent that it is a crawler. */
const isBot = () => navigator.webdriver || /bot|crawl|spider|headless/i.test(navigator.userAgent);

type Overrides = Pick<TrackerSettings, 'region' | 'endpointUrl' | 'createTransport'>;

/** Returns the tracker that runs for these options, or starts one. */
const findOrStart = (options: Options, overrides: Overrides | undefined): Tracker => {
  const { settings, problems } = resolveOptions(options ?? {}, document.baseURI);
  if (problems.length) logError(...problems);
  if (!settings) return createNoopTracker(options, problems.join('; '));
  const running = findRunning(({ trackingId }) => trackingId === settings.trackingId);
  if (running) return running.tracker as Tracker;
  return settings.ignoreBots && isBot()
    ? createNoopTracker(options, 'ignoreBots')
    : createTracker({ ...settings, ...overrides });
};

/**
 * Starts a tracker. On a server, which has no document, the tracker records nothing.
 * @param overrides another transport than the tracker's own, and what that knows better than the options
 */
export const initWith = (options: Options, overrides?: Overrides): Tracker => {
  if (typeof document === 'undefined') return createNoopTracker(options, 'no document');
  try {
    const tracker = findOrStart(options, overrides);
    isolate(() => replaceStub(tracker));
    return tracker;
  } catch (error) {
    // Reading the page's object may throw.
    logError(`${error}`);
    return createNoopTracker({}, `${error}`);
  }
};

/**
 * Starts a tracker, or returns the one that already runs for this `trackingId`. All invalid options are named in one
 * console message. If the tracker cannot run without them, the page is not disturbed: `on('rejected')` reports every
 * event. On a server it returns a tracker that records nothing, so that a module may be shared with the browser.
 * @example const personalize = init({ trackingId: '…', identityPoolId: 'us-east-1:…' });
 */
export const init = (options: Options): Tracker => initWith(options);
