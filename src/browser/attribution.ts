import type { RecordedEvent } from '../contract/event.js';
import type { SharedValue } from './platform/local-storage.js';

type Source = Pick<RecordedEvent, 'recommendationId' | 'impression' | 'metricAttribution'>;

type Entry = [itemId: string, source: Source];

/** The sources of a session's items: the recommendations and lists that led the visitor to them, latest first. */
export interface Sources {
  /** Undefined while a new visitor's session is being made: `claimSources` adds it. */
  sessionId: string | undefined;
  /** Purchased items are last. */
  items: Entry[];
}

/**
 * Limits of the items that are remembered: their number, and the characters of their JSON. They are in localStorage,
 * which the very next page can read synchronously; a site has 5 MB of it.
 */
const MAX_ITEMS = 1000;
const MAX_CHARACTERS = 100_000;

/** The first items keep their list, which is up to 1,000 characters long. */
const MAX_IMPRESSIONS = 50;

const lengthOf = (value: unknown) => JSON.stringify(value).length;

/** Returns the first items that are within the limits. The others lose their list, or are dropped if it is all they have. */
const withinLimits = (items: Entry[]): Entry[] => {
  const kept = items.slice(0, MAX_ITEMS).flatMap((entry, n): Entry[] => {
    const [itemId, { recommendationId, impression, metricAttribution }] = entry;
    if (n < MAX_IMPRESSIONS || !impression) return [entry];
    return recommendationId ? [[itemId, { recommendationId, metricAttribution } as Source]] : [];
  });
  for (let excess = lengthOf(kept) - MAX_CHARACTERS; excess > 0; ) excess -= lengthOf(kept.pop()) + 1;
  return kept;
};

/**
 * Adds an item's source to an event that names none. The recommendation and list that an event names are remembered for
 * its item, and added to later events of that item, until the session ends. A purchase makes its item the first to be
 * dropped at a limit.
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
  const isNew = recommendationId || impression;
  const source = isNew
    ? ({ recommendationId, impression, metricAttribution } as Source)
    : items.find(([id]) => id === itemId)?.[1];
  const isPurchase = /^purchase$/i.test(event.eventType);
  if (source && (isNew || isPurchase)) {
    const entry: Entry = [itemId, source];
    const others = items.filter(([id]) => id !== itemId);
    shared.set({ sessionId, items: withinLimits(isPurchase ? [...others, entry] : [entry, ...others]) });
  }
  return isNew ? event : { ...source, ...event };
};

/** Gives the sources that were remembered before there was a session to the session that their events are assigned to. */
export const claimSources = (shared: SharedValue<Sources>, sessionId: string | undefined): void => {
  const stored = shared.get();
  if (stored && !stored.sessionId) shared.set({ ...stored, sessionId });
};
