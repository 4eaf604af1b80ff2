export { use } from '../platform/borrowed-natives.js';

import type { TrackedEvent } from '../../contract/event.js';
import type { Settings } from '../../contract/resolve-options.js';
import type { Trigger } from './attributes.js';
import { createDataLayerMapper, type DataLayerSettings, LIST_EVENT } from './data-layer-events.js';
import { createPushReader } from './data-layer-push.js';
import { followDataLayer } from './follow-data-layer.js';
import type { MarkedEvents } from './marked-events.js';

/** The units of a tracker that the data layer's entries reach. */
export interface DataLayerOptions {
  settings: DataLayerSettings & Pick<Settings, 'dataLayer'>;
  phase: { signal: AbortSignal };
  reporter: {
    report(name: 'rejected', detail: { event: TrackedEvent; reason: string }): void;
    warn(kind: string, reason: string): void;
  };
  session: { current(): { userId?: string | undefined } | undefined; reset(): void };
  record(event: TrackedEvent, trigger?: Trigger): void;
  /** Runs a call after the events that were recorded before. */
  runInOrder(run: () => unknown): void;
  identify(userId: string): void;
  marked: MarkedEvents;
}

/** Records the GA4 events of a page's data layer, and identifies the visitor by its `user_id`. */
export const captureDataLayer = ({
  settings,
  phase: { signal },
  reporter,
  session,
  record,
  runInOrder,
  identify,
  marked,
}: DataLayerOptions): void => {
  const read = createPushReader();
  const map = createDataLayerMapper(settings);

  // A shop may push it on each page for anonymous visitors, who keep their session.
  const signOut = () => runInOrder(() => session.current()?.userId && session.reset());
  const reject = (event: TrackedEvent, reason: string) =>
    reporter.report('rejected', { event, reason: `dataLayer: ${reason}` });

  const recordUnlessMarked = (event: TrackedEvent, trigger: Trigger | undefined) => {
    if (!marked.has(event)) record(event, trigger);
    else
      reporter.warn('counted once', `${event.eventType} ${event.itemId} is marked up, and in the data layer`);
  };

  const take = (entry: unknown) => {
    const { userId, event } = read(entry);
    // All of the page's objects are read before anything is recorded: a getter may throw.
    const mapped = event ? map(event) : [];
    if (userId) identify(userId);
    else if (userId === null) signOut();
    // A list that is shown does not lead to later events of its items.
    const trigger = event?.name === LIST_EVENT ? 'impression' : undefined;
    for (const { event: each, reason } of mapped) {
      if (reason) reject({ eventType: each.eventType }, reason);
      else recordUnlessMarked(each as TrackedEvent, trigger);
    }
  };

  const onEntry = (entry: unknown) => {
    try {
      take(entry);
    } catch (error) {
      reject({} as TrackedEvent, `${error}`);
    }
  };
  const name = settings.dataLayer === true ? 'dataLayer' : `${settings.dataLayer}`;
  if (!signal.aborted) followDataLayer(name, onEntry, signal);
};
