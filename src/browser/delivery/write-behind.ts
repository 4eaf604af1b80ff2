import type { Entry, Store } from '../platform/indexed-db.js';
import { MAX_EVENTS } from './event-limits.js';
import { EVENT_PREFIX, keyOf, type QueuedEvent, type StoredEvent } from './queued-event.js';

/** Writes events to IndexedDB: the transaction begins as a microtask of the task that recorded them. */
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
  /** Drops the oldest of these events if they exceed a limit. */
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

  /** Resolves to the number of events that the device then holds; undefined if writing failed. */
  const putAll = async (events: QueuedEvent[]): Promise<number | undefined> => {
    if (!events.length) return undefined;
    const before = timesEmptied;
    const total = await store.put(
      events.map((event): Entry<StoredEvent> => [keyOf(event), { ...event, owner, ownedSince: now() }]),
    );
    const isKept = total !== undefined && before === timesEmptied;
    if (isKept) for (const event of events) unstored.delete(event);
    return total;
  };

  /** Reads all events of the device: most may belong to other tabs. */
  const enforceDeviceLimits = async () => {
    const all = await store.get<StoredEvent>(EVENT_PREFIX);
    enforceLimits((all ?? []).map(([, record]) => record));
  };

  const write = async () => {
    enforceLimits([...memory.values()]);
    const { size } = unstored;
    const total = await putAll([...unstored].filter(({ sessionId }) => sessionId));
    isWriting = false;
    // After a failure events are written with the next one, which may have been added meanwhile; otherwise the snapshot
    // takes them along.
    if (unstored.size > (total === undefined ? size : 0)) writeSoon();
    if (total !== undefined && total > MAX_EVENTS) await enforceDeviceLimits();
  };

  /** Writes before the current task ends, however many events it has recorded; one transaction at a time. */
  const writeSoon = () => {
    if (!isWriting) queueMicrotask(write);
    isWriting = true;
  };

  // Memory still has all events: they are written once more.
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
