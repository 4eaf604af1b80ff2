import type { Entry, Store } from '../platform/indexed-db.js';
import { MAX_EVENTS } from './event-limits.js';
import { EVENT_PREFIX, keyOf, type QueuedEvent, type StoredEvent } from './queued-event.js';

/** Writes events to IndexedDB after the turn that recorded them. */
export interface WriteBehind {
  add(event: QueuedEvent): void;
  /** Cancels the write of an event that is no longer kept. */
  cancel(event: QueuedEvent): void;
  isStored(event: QueuedEvent): boolean;
}

export interface WriteBehindOptions {
  store: Pick<Store, 'put' | 'get' | 'onEmptied'>;
  /** The events in memory, by key. */
  memory: ReadonlyMap<string, QueuedEvent>;
  /** The ID of this page. */
  owner: string;
  /** Drops the oldest of these events where they exceed a limit. */
  enforceLimits(events: QueuedEvent[]): void;
  now(): number;
}

export const createWriteBehind = ({
  store,
  memory,
  owner,
  enforceLimits,
  now,
}: WriteBehindOptions): WriteBehind => {
  const unstored = new Set<QueuedEvent>();
  let isWriting = false;
  let timesEmptied = 0;

  const write = async () => {
    enforceLimits([...memory.values()]);
    const { size } = unstored;
    const before = timesEmptied;
    const events = [...unstored].filter(({ sessionId }) => sessionId);
    const records = events.map(
      (event): Entry<StoredEvent> => [keyOf(event), { ...event, owner, ownedSince: now() }],
    );
    const total = records.length ? await store.put(records) : undefined;
    isWriting = false;
    if (total === undefined) {
      // Tried again with the next event, which may have come meanwhile. On unload they travel in the snapshot.
      if (unstored.size > size) writeSoon();
      return;
    }
    if (before === timesEmptied) for (const event of events) unstored.delete(event);
    if (unstored.size) writeSoon();
    // Most of them are other tabs'.
    if (total > MAX_EVENTS) {
      const all = await store.get<StoredEvent>(EVENT_PREFIX);
      enforceLimits((all ?? []).map(([, record]) => record));
    }
  };

  /** One transaction at a time, and none before the turn ends, however many events it records. */
  const writeSoon = () => {
    if (!isWriting) queueMicrotask(write);
    isWriting = true;
  };

  // Memory still has them all: they are written once more.
  store.onEmptied(() => {
    timesEmptied++;
    for (const event of memory.values()) unstored.add(event);
    writeSoon();
  });

  return {
    add(event) {
      unstored.add(event);
      writeSoon();
    },
    cancel: (event) => void unstored.delete(event),
    isStored: (event) => !unstored.has(event),
  };
};
