import { nanoid } from 'nanoid';
import { type Clock, createClock } from '../contract/clock.js';
import { type Consent, createConsent } from './consent.js';
import { createEventStore, type EventStore } from './delivery/event-store.js';
import { createPipeline, type Pipeline, type TrackerSettings } from './delivery/pipeline.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import { logError } from './platform/log-error.js';
import { createPagePhase, type PagePhase } from './platform/page-phase.js';
import { createReporter, type Reporter } from './reporter.js';
import { createSession, type SessionKeeper } from './session.js';
import { openStorage, type TrackerStorage } from './storage.js';

const DAY_MS = 86_400_000;

declare global {
  interface Navigator {
    /** https://w3c.github.io/gpc/ */
    readonly globalPrivacyControl?: boolean;
  }
}

/** The units of a tracker, except those that capture and record. */
export interface TrackerParts {
  settings: TrackerSettings;
  phase: PagePhase;
  reporter: Reporter;
  storage: TrackerStorage;
  clock: Clock;
  consent: Consent;
  session: SessionKeeper;
  store: EventStore;
  delivery: Pipeline;
}

/** Creates the units of a tracker, from the lowest one up. */
export const createTrackerParts = (settings: TrackerSettings): TrackerParts => {
  const phase = createPagePhase();
  const reporter = createReporter(settings.debug, settings.chunkUrl);
  const storage = openStorage(settings, phase, reporter.warn);
  const clock = createClock(() => performance.now());
  const consent = createConsent({
    isRequired: !!settings.consent,
    isRefusedByBrowser: settings.respectGpc && !!navigator.globalPrivacyControl,
    mark: storage.optOut,
    lastingMark: storage.lastingOptOut,
    isIntact: () => !!storage.session.get(),
  });
  const session = createSession({
    database: storage.database,
    shared: storage.session,
    cookie: storage.cookie,
    siteSessionId: settings.sessionId,
    generateId: nanoid,
    maxAgeMs: settings.sessionMaxAge * DAY_MS,
    knownOffset: clock.known,
  });
  clock.onOffset = session.correctOffset;

  const onRejected = ({ event }: QueuedEvent, reason: string) =>
    reporter.report('rejected', { event, reason });
  const onTrouble = (reason: string) => {
    logError(reason);
    reporter.report('error', { reason });
  };
  const store = createEventStore(storage.database, storage.handoffs, nanoid(), onRejected);
  const delivery = createPipeline({
    ...{ settings, store, clock, phase, onRejected, onTrouble },
    ...{ database: storage.database, reader: storage.reader },
    onDelivered: ({ event }) => reporter.report('delivered', event),
    onHalt(reason) {
      logError(`sending stopped: ${reason}`);
      reporter.report('error', { reason });
    },
  });
  return { settings, phase, reporter, storage, clock, consent, session, store, delivery };
};
