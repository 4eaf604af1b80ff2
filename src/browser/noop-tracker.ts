import type { TrackedEvent } from '../contract/event.js';
import type { Options } from '../contract/options.js';
import type { Tracker, TrackerEvents } from './api.js';
import { inspectTracker } from './inspect-tracker.js';
import { copy } from './platform/copy.js';
import { createEmitter } from './platform/emitter.js';
import { callsOver } from './recorder.js';

/** Stands in where the options do not suffice: the page goes on, and each event's loss is reported. */
export const createNoopTracker = (options: Partial<Options>, reason: string): Tracker => {
  const { on, emit } = createEmitter<TrackerEvents>();
  const nothing = async () => {};
  const errors = [{ at: Date.now(), reason }];
  const settings = copy(options);
  return {
    ...callsOver(
      (event) => void emit('rejected', { event, reason }),
      (thrown) => emit('rejected', { event: {} as TrackedEvent, reason: thrown }),
    ),
    identify: nothing,
    reset: nothing,
    sessionId: undefined,
    ready: new Promise(nothing),
    flush: nothing,
    consent: nothing,
    optOut: nothing,
    inspect: () =>
      inspectTracker({ settings, session: undefined, items: [], expiration: undefined, offset: 0, errors }),
    on,
    stop: nothing,
  };
};
