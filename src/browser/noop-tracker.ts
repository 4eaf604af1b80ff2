import { copy } from '../contract/copy.js';
import type { TrackedEvent } from '../contract/event.js';
import type { Options } from '../contract/options.js';
import type { Tracker, TrackerEvents } from './api.js';
import { inspectTracker } from './inspect-tracker.js';
import { createEmitter } from './platform/emitter.js';
import { createTrackMethods } from './recorder.js';

/**
 * Creates a tracker that delivers nothing, for options that are not sufficient: the page goes on, and each event is
 * reported as rejected.
 */
export const createNoopTracker = (options: Partial<Options>, reason: string): Tracker => {
  const { on, emit } = createEmitter<TrackerEvents>();
  const doNothing = async () => {};
  const errors = [{ at: Date.now(), reason }];
  const settings = copy(options);
  return {
    ...createTrackMethods(
      (event) => void emit('rejected', { event, reason }),
      (thrown) => emit('rejected', { event: {} as TrackedEvent, reason: thrown }),
    ),
    identify: doNothing,
    reset: doNothing,
    setSession: doNothing,
    sessionId: undefined,
    ready: new Promise(doNothing),
    flush: doNothing,
    consent: doNothing,
    optOut: doNothing,
    inspect: () =>
      inspectTracker({ settings, session: undefined, items: [], expiration: undefined, offset: 0, errors }),
    on,
    stop: doNothing,
  };
};
