import { problemOfId, type TrackedEvent } from '../contract/event.js';
import type { Activation } from './activation.js';
import type { Tracker } from './api.js';
import type { Capture } from './capture/page.js';
import { inspectTracker } from './inspect-tracker.js';
import { logError } from './platform/log-error.js';
import { createTrackMethods, type Recorder } from './recorder.js';
import type { TrackerParts } from './tracker-parts.js';

export interface ApiOptions {
  record: Recorder;
  capture: Capture;
  /** Runs a call after the events that were recorded before, which may still wait for consent. */
  runInOrder(run: () => unknown): void;
  activation: Activation;
}

/** Creates the API for page code. Page code may replace these functions: the tracker itself calls none of them. */
export const createApi = (
  { settings, phase, reporter, clock, consent, session, store, delivery }: TrackerParts,
  { record, capture, runInOrder, activation }: ApiOptions,
): Tracker => {
  /** Runs a change of the session with a valid ID. An invalid one is only logged. */
  const runWithId = (name: string, id: string, run: (id: string) => void) => {
    const problem = problemOfId(name, id);
    if (problem) logError(problem);
    else runInOrder(() => run(id.trim()));
  };
  const ready = activation.ready.then(() => session.current()?.sessionId as string);

  return {
    ...createTrackMethods(record, (reason) =>
      reporter.report('rejected', { event: {} as TrackedEvent, reason }),
    ),
    identify: (userId) => runWithId('userId', userId, session.identify),
    setSession: (sessionId) => runWithId('sessionId', sessionId, session.setSession),
    reset: () => runInOrder(session.reset),
    get sessionId() {
      return session.current()?.sessionId;
    },
    ready,
    async flush() {
      consent.decide();
      if (consent.refusal()) return;
      await ready;
      await activation.whenSynced();
      await delivery.flush();
    },
    consent: consent.consent,
    optOut: consent.optOut,
    inspect: () =>
      inspectTracker({
        settings,
        session: session.current(),
        items: store.events(),
        expiration: delivery.credentials?.expiration(),
        offset: clock.offset,
        errors: reporter.errors,
      }),
    on: reporter.on,
    stop() {
      if (phase.signal.aborted) return;
      capture.finish();
      // The tracker may be stopped before the page was idle.
      consent.decide();
      phase.stop();
      delivery.onInactive();
    },
  };
};
