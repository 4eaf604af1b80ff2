import type { RecordedEvent } from '../../contract/event.js';
import type { Entry, Store } from '../platform/indexed-db.js';
import type { Handoffs } from '../platform/local-storage.js';

/** An event and the session it belongs to; what waits, is stored and is sent. */
export interface QueuedEvent {
  event: RecordedEvent;
  /** When it was recorded, in Unix milliseconds on the visitor's clock, whatever `sentAt` the page gave. */
  recordedAt: number;
  /** Of the event, in characters of JSON. */
  size: number;
  /** Milliseconds to add to the visitor's clock as it was then, where that was known for sure. */
  offset?: number | undefined;
  /** Absent until storage has said which session runs. */
  sessionId?: string | undefined;
  userId?: string | undefined;
  /** How often it seemed older than can be, and was given another `recordedAt`. */
  doubts?: number;
  /** A beacon took it, or a request whose answer was never read. */
  unconfirmed?: boolean;
}

/** An item in the store belongs to one page at a time. */
export interface StoredEvent extends QueuedEvent {
  owner: string;
  /** Unix milliseconds. */
  ownedSince: number;
}

/** What a page says as it leaves: its records are free; `sent` went out unconfirmed; `items` may not be stored. */
export interface UnloadSnapshot {
  sent: string[];
  items: QueuedEvent[];
}

export interface EventStore {
  /** Everything waiting, oldest first. */
  items(): QueuedEvent[];
  has(item: QueuedEvent): boolean;
  add(item: QueuedEvent): void;
  /** Forgets settled events, in memory and in the store. */
  remove(items: QueuedEvent[]): void;
  /** Takes over what pages that are gone have left. Of what they never stored, some may lack its session. */
  adoptAbandoned(): Promise<void>;
  /**
   * Forgets what another page has taken over while this one was frozen or failing. To be asked before sending.
   * @param isChanged stores what has changed of the rest, however lately it was asked
   */
  renewLease(isChanged?: boolean): Promise<void>;
  /** Lets go of everything, synchronously: the page is leaving. Memory keeps it, should the page come back. */
  releaseOwnership(): void;
  /** Takes back what `release` let go; where another page has read of it, all is that page's now. */
  reclaimOwnership(): void;
}

const PREFIX = 'event:';

/** On a device, in all its tabs. */
const MAX_EVENTS = 1000;
/** Of JSON. */
const MAX_CHARACTERS = 1_000_000;

/** A page that has not settled an event for this long has crashed, was killed or is frozen. */
const LEASE_TIMEOUT_MS = 60_000;
/** So long a page may send what it has without looking whether it still has it; a request may take 30 seconds more. */
const LEASE_RENEWAL_MS = 25_000;

const keyOf = ({ event }: QueuedEvent) => PREFIX + event.eventId;

/**
 * Memory is the queue, the store its shadow: written a turn behind, removed by event ID.
 * @param owner this page's own name
 * @param onDropped hears of what is past a bound and given up, the oldest first
 */
export const createEventStore = (
  store: Store,
  notes: Handoffs,
  owner: string,
  onDropped: (item: QueuedEvent, reason: string) => void,
  now = Date.now,
): EventStore => {
  const memory = new Map<string, QueuedEvent>();
  const unstored = new Set<QueuedEvent>();
  let isWriting = false;
  /** How often somebody has emptied the store. */
  let timesEmptied = 0;
  /** What is let go while the page is away. */
  let released: QueuedEvent[] | undefined;
  let isAdopting = false;
  let leaseRenewedAt = now();

  // Whichever way the visitor's clock has been set meanwhile.
  const isOlderThan = (limitMs: number, since: number) => Math.abs(now() - since) > limitMs;

  const forget = (items: QueuedEvent[]) => {
    for (const item of items) {
      memory.delete(keyOf(item));
      unstored.delete(item);
    }
  };

  const has = (item: QueuedEvent) => memory.get(keyOf(item)) === item;

  const remove = (items: QueuedEvent[]) => {
    forget(items);
    store.remove(items.map(keyOf));
  };

  const drop = (items: QueuedEvent[], reason: string) => {
    if (!items.length) return;
    remove(items);
    for (const item of items) onDropped(item, reason);
  };

  /** Where a bound is passed a tenth goes, not one by one: looking costs the more the more wait. */
  const enforceLimits = (items: QueuedEvent[]) => {
    let size = 0;
    const newestFirst = items.reverse().sort((a, b) => b.recordedAt - a.recordedAt);
    const excess = newestFirst.findIndex((item, i) => {
      size += item.size;
      return i >= MAX_EVENTS || size > MAX_CHARACTERS;
    });
    if (excess >= 0) {
      drop(newestFirst.slice(excess * 0.9), `over ${MAX_EVENTS} events or 1 MB wait`);
    }
  };

  const write = async () => {
    enforceLimits([...memory.values()]);
    const { size } = unstored;
    const before = timesEmptied;
    const items = [...unstored].filter((item) => item.sessionId);
    const records = items.map(
      (item): Entry<StoredEvent> => [keyOf(item), { ...item, owner, ownedSince: now() }],
    );
    const total = records.length ? await store.put(records) : undefined;
    isWriting = false;
    if (total === undefined) {
      // Tried again with the next, which may have come meanwhile; on the way out they travel in the note.
      if (unstored.size > size) writeSoon();
      return;
    }
    if (before === timesEmptied) for (const item of items) unstored.delete(item);
    if (unstored.size) writeSoon();
    // Most of them are other tabs'.
    if (total > MAX_EVENTS) {
      const all = await store.update<StoredEvent>(PREFIX, (entries) => entries);
      enforceLimits((all ?? []).map(([, record]) => record));
    }
  };

  /** One transaction at a time, and none before the turn ends, however many events it records. */
  const writeSoon = () => {
    if (!isWriting) queueMicrotask(write);
    isWriting = true;
  };

  const add = (item: QueuedEvent) => {
    // Of a page that had nothing nobody has taken anything.
    if (!memory.size) leaseRenewedAt = now();
    memory.set(keyOf(item), item);
    unstored.add(item);
    writeSoon();
    if (released) release();
  };

  // Memory has them all: they are stored once more, or travel in the note of a page that is left before.
  store.onEmptied(() => {
    timesEmptied++;
    for (const item of memory.values()) unstored.add(item);
    writeSoon();
  });

  function release() {
    // What the store has given to a recovering page is not in memory yet.
    if (!memory.size && !isAdopting) return;
    const note: UnloadSnapshot = { sent: [], items: [] };
    for (const item of memory.values()) {
      if (unstored.has(item)) note.items.push(item);
      else if (item.unconfirmed) note.sent.push(keyOf(item));
    }
    released = notes.put(owner, note) ? [...memory.values()] : [];
  }

  return {
    items: () => [...memory.values()],
    has,
    add,
    remove,
    async adoptAbandoned() {
      if (isAdopting) return;
      isAdopting = true;
      const left = notes.all<UnloadSnapshot>();
      const gone = new Set(left.map(([page]) => page));
      const sent = new Set(left.flatMap(([, note]) => note.sent));
      const all: QueuedEvent[] = [];
      const taken = await store.update<StoredEvent>(PREFIX, (entries) =>
        entries.flatMap(([key, record]) => {
          all.push(record);
          const isFree =
            gone.has(record.owner) || (record.owner !== owner && isOlderThan(LEASE_TIMEOUT_MS, record.ownedSince));
          const unconfirmed = record.unconfirmed || sent.has(key);
          return isFree ? [[key, { ...record, owner, ownedSince: now(), unconfirmed }]] : [];
        }),
      );
      const records = (taken ?? []).sort(([, a], [, b]) => a.recordedAt - b.recordedAt);
      // What is here already may be in a request.
      for (const [key, record] of records) if (!memory.has(key)) memory.set(key, record);
      // Only now, when all is held here: this page, too, may leave while it waits for the store. Of two pages
      // that read a note the one that takes it away has its items.
      for (const [page] of left) if (!released) notes.take<UnloadSnapshot>(page)?.items?.forEach(add);
      isAdopting = false;
      enforceLimits(all);
    },
    async renewLease(isChanged) {
      if (!isChanged && !isOlderThan(LEASE_RENEWAL_MS, leaseRenewedAt)) return;
      const stored = [...memory.values()].filter((item) => !unstored.has(item));
      const own = await store.update<StoredEvent>(PREFIX, (entries) =>
        entries.flatMap(([key, record]) =>
          // What is here no longer is settled, and its removal has failed: another page may have it.
          record.owner === owner && memory.has(key)
            ? [[key, { ...record, ...memory.get(key), owner, ownedSince: now() }]]
            : [],
        ),
      );
      leaseRenewedAt = now();
      const keys = own && new Map(own);
      if (keys) forget(stored.filter((item) => !keys.has(keyOf(item)) && !unstored.has(item)));
    },
    releaseOwnership: release,
    reclaimOwnership() {
      if (!released) return;
      if (!notes.take(owner)) forget(released);
      released = undefined;
      leaseRenewedAt = 0;
    },
  };
};
