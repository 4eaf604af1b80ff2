import type { RecordedEvent } from '../contract/event.js';
import type { SharedValue } from './platform/local-storage.js';

type Source = Pick<RecordedEvent, 'recommendationId' | 'impression' | 'metricAttribution'>;

/** Where a session's visitor has come to items from, the latest first. */
export interface Sources {
  sessionId: string | undefined;
  items: [itemId: string, source: Source][];
}

/** In localStorage, which the very next page can read at once. */
const MAX_ITEMS = 50;

/**
 * Lets the recommendation and the list that a visitor came to an item through follow him: what an event says of them
 * is remembered for its item, and given to later events of that item that say nothing. Until the session ends.
 */
export const attribute = (
  event: RecordedEvent,
  shared: SharedValue<Sources>,
  sessionId: string | undefined,
): RecordedEvent => {
  const { itemId, recommendationId, impression, metricAttribution } = event;
  if (!itemId) return event;
  const kept = shared.get();
  const items = kept?.sessionId === sessionId ? (kept?.items ?? []) : [];
  if (!recommendationId && !impression) return { ...items.find(([id]) => id === itemId)?.[1], ...event };
  const others = items.filter(([id]) => id !== itemId).slice(0, MAX_ITEMS - 1);
  shared.set({
    sessionId,
    items: [[itemId, { recommendationId, impression, metricAttribution } as Source], ...others],
  });
  return event;
};
