import type { RecordedEvent } from '../contract/event.js';
import type { SharedValue } from './platform/local-storage.js';

type Source = Pick<RecordedEvent, 'recommendationId' | 'impression' | 'metricAttribution'>;

/** The sources of a session's items: the recommendations and lists that led the visitor to them, latest first. */
export interface Sources {
  sessionId: string | undefined;
  items: [itemId: string, source: Source][];
}

/** Items that are remembered. They are in localStorage, which the very next page can read synchronously. */
const MAX_ITEMS = 50;

/**
 * Adds an item's source to an event that names none. The recommendation and list that an event names are remembered for
 * its item, and added to later events of that item, until the session ends.
 */
export const addSource = (
  event: RecordedEvent,
  shared: SharedValue<Sources>,
  sessionId: string | undefined,
): RecordedEvent => {
  const { itemId, recommendationId, impression, metricAttribution } = event;
  if (!itemId) return event;
  const stored = shared.get();
  const items = stored?.sessionId === sessionId ? (stored?.items ?? []) : [];
  if (!recommendationId && !impression) return { ...items.find(([id]) => id === itemId)?.[1], ...event };
  const others = items.filter(([id]) => id !== itemId).slice(0, MAX_ITEMS - 1);
  shared.set({
    sessionId,
    items: [[itemId, { recommendationId, impression, metricAttribution } as Source], ...others],
  });
  return event;
};
