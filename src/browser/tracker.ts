import { createActivation } from './activation.js';
import type { Tracker } from './api.js';
import { addSource, claimSources } from './attribution.js';
import { createMarkedEvents, noteMarked } from './capture/marked-events.js';
import { capturePage } from './capture/page.js';
import { followConsentSource } from './consent-source.js';
import type { TrackerSettings } from './delivery/pipeline.js';
import type { QueuedEvent } from './delivery/queued-event.js';
import { registerClickTaker } from './early-clicks.js';
import { createPendingCalls } from './pending-calls.js';
import { whenActivated, whenIdle } from './platform/lifecycle.js';
import { loadChunk } from './platform/load-chunk.js';
import { followPage } from './platform/page-phase.js';
import { probeListeners, register } from './platform/running-trackers.js';
import { createRecorder } from './recorder.js';
import { createApi } from './tracker-api.js';
import { createTrackerParts } from './tracker-parts.js';

/** On a page that is never idle, storage is read after this time. */
const START_TIMEOUT_MS = 500;

/** Creates a tracker and starts it: captures, records, and delivers once it is activated. */
export const createTracker = (settings: TrackerSettings): Tracker => {
  const parts = createTrackerParts(settings);
  const { phase, reporter, storage, clock, consent, session, store, delivery } = parts;
  const { signal } = phase;
  const isListening = probeListeners(signal);
  const pendingCalls = createPendingCalls();

  const assignSession = (event: QueuedEvent) => {
    const running = session.current();
    if (!running) return;
    store.assignSession(event, running);
    delivery.onEnqueued();
  };
  const record = createRecorder({
    ...{ settings, clock, signal, isListening },
    ...consent,
    addSource: (event) =>
      addSource(
        event,
        storage.sources,
        session.current()?.sessionId ?? settings.sessionId ?? storage.session.get()?.sessionId,
      ),
    enqueue(event) {
      store.add(event);
      // Before storage is read, another page may adopt the event with the handoff of this one.
      pendingCalls.run(() => store.has(event) && assignSession(event));
    },
    report: reporter.report,
  });
  const runInOrder = (run: () => unknown) => {
    const call = () => pendingCalls.run(run);
    if (consent.whenDecided(call)) call();
  };
  const marked = createMarkedEvents();
  const recordMarked = settings.dataLayer ? noteMarked(marked, record) : record;
  const capture = capturePage(settings, recordMarked, signal, reporter.missed);

  const activation = createActivation({
    ...{ phase, storage, session, store, delivery, pendingCalls, assignSession },
    onSession: () => claimSources(storage.sources, session.current()?.sessionId),
  });
  const { activate, deactivate, syncFromStorage } = activation;
  consent.onChange(() => (consent.refusal() === '' ? activate() : deactivate()));

  followConsentSource(settings, { consent: consent.consent, warn: reporter.warn, signal });

  const tracker = createApi(parts, { record, runInOrder, activation, capture });
  const { identify } = tracker;
  if (settings.userId) identify(settings.userId);
  if (settings.dataLayer) {
    loadChunk('datalayer', () => import('./capture/data-layer.js'), settings.chunkUrl).then(
      ({ captureDataLayer }) => captureDataLayer({ ...parts, record, runInOrder, identify, marked }),
    );
  }

  const onReturn = () => {
    // A page in the back/forward cache does not hear of an opt-out in another tab.
    consent.decide();
    activation.ready.then(syncFromStorage);
  };
  followPage(phase, {
    // The page may be left before it was idle.
    onUnload() {
      consent.decide();
      storage.sources.flush();
      delivery.flushOnUnload();
    },
    onHide() {
      consent.decide();
      delivery.flushOnHidden();
    },
    onRestore() {
      if (phase.isActive()) delivery.onActive();
      onReturn();
    },
    onReturn,
  });
  registerClickTaker(tracker, capture.takeClick);
  // Storage is read after the page's own work.
  whenIdle(() => {
    storage.followTabs();
    whenActivated(consent.decide);
  }, START_TIMEOUT_MS);
  activation.ready.then(() => whenIdle(delivery.prepareCredentials));
  register({ trackingId: settings.trackingId, tracker, isListening });
  return tracker;
};
