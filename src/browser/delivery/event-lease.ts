import type { Store } from '../platform/indexed-db.js';
import type { Handoffs } from '../platform/local-storage.js';
import {
  EVENT_PREFIX,
  keyOf,
  type QueuedEvent,
  type StoredEvent,
  type UnloadSnapshot,
} from './queued-event.js';

/** This page's lease of stored events. Other pages adopt them once it has expired or was released. */
export interface EventLease {
  /** Adopts the events of pages that are gone. Events that were never stored may lack a session. */
  adoptAbandoned(): Promise<void>;
  /**
   * Renews the lease if it is due, and removes events that another page has adopted from memory.
   * @param isForced renews it even if it is not due, and stores changed fields of the events
   */
  renew(isForced?: boolean): Promise<void>;
  isAdopting(): boolean;
  /** Starts the lease now: this page had no event that another could have adopted. */
  begin(): void;
  /** Makes the lease due: another page may have adopted events. */
  invalidate(): void;
}

export interface EventLeaseOptions {
  store: Pick<Store, 'update'>;
  handoffs: Pick<Handoffs<UnloadSnapshot>, 'all' | 'take'>;
  /** The ID of this page. */
  owner: string;
  /** The events in memory, by key. */
  memory: Map<string, QueuedEvent>;
  isStored(event: QueuedEvent): boolean;
  /** Returns whether this page has released its own events meanwhile. */
  isReleased(): boolean;
  add(event: QueuedEvent): void;
  removeFromMemory(events: QueuedEvent[]): void;
  /** Drops the oldest of these events if they exceed a limit. */
  enforceLimits(events: QueuedEvent[]): void;
  now(): number;
}

/** A page that has not renewed its lease for this long has crashed, was killed or is frozen. */
const LEASE_TIMEOUT_MS = 60_000;

/** The lease is renewed when it is older than this. A request that began before may take another 30 seconds. */
const LEASE_RENEWAL_MS = 25_000;

export const createEventLease = (options: EventLeaseOptions): EventLease => {
  const { store, handoffs, owner, memory, isStored, isReleased, add, removeFromMemory, enforceLimits, now } =
    options;
  let isAdopting = false;
  let renewedAt = now();

  // In both directions: the visitor's clock may have been set.
  const isOlderThan = (limitMs: number, since: number) => Math.abs(now() - since) > limitMs;

  /**
   * Makes this page the owner of stored events whose lease has expired or was released. Resolves to all stored events.
   */
  const claim = async (snapshots: [page: string, snapshot: UnloadSnapshot][]): Promise<QueuedEvent[]> => {
    const unloadedPages = new Set(snapshots.map(([page]) => page));
    const sent = new Set(snapshots.flatMap(([, snapshot]) => snapshot.sent));
    const all: QueuedEvent[] = [];
    const claimed = await store.update<StoredEvent>(EVENT_PREFIX, (entries) =>
      entries.flatMap(([key, record]) => {
        all.push(record);
        const isExpired = record.owner !== owner && isOlderThan(LEASE_TIMEOUT_MS, record.ownedSince);
        const unconfirmed = record.unconfirmed || sent.has(key);
        return unloadedPages.has(record.owner) || isExpired
          ? [[key, { ...record, owner, ownedSince: now(), unconfirmed }]]
          : [];
      }),
    );
    const oldestFirst = (claimed ?? []).sort(([, a], [, b]) => a.recordedAt - b.recordedAt);
    // Events that are in memory already may be in flight.
    for (const [key, record] of oldestFirst) if (!memory.has(key)) memory.set(key, record);
    return all;
  };

  return {
    async adoptAbandoned() {
      if (isAdopting) return;
      isAdopting = true;
      const snapshots = handoffs.all();
      const all = await claim(snapshots);
      // Taken only now: this page may also unload while it waits for IndexedDB. If two pages have read a snapshot, the
      // one that takes it gets its events.
      for (const [page] of snapshots) {
        if (!isReleased()) handoffs.take(page)?.items?.forEach(add);
      }
      isAdopting = false;
      enforceLimits(all);
    },
    async renew(isForced) {
      if (!isForced && !isOlderThan(LEASE_RENEWAL_MS, renewedAt)) return;
      const stored = [...memory.values()].filter(isStored);
      let adopted = new Set<string>();
      const renewed = await store.update<StoredEvent>(EVENT_PREFIX, (entries) => {
        adopted = new Set(entries.filter(([, record]) => record.owner !== owner).map(([key]) => key));
        return entries.flatMap(([key, record]) =>
          // A record of this page that is not in memory is settled, and removing it has failed: another page may adopt
          // it.
          record.owner === owner && memory.has(key)
            ? [[key, { ...record, ...memory.get(key), owner, ownedSince: now() }]]
            : [],
        );
      });
      renewedAt = now();
      const keys = renewed && new Map(renewed);
      if (!keys) return;
      removeFromMemory(stored.filter((event) => !keys.has(keyOf(event)) && isStored(event)));
      // Those that this page holds to be unstored, too: the database may have been emptied before their write.
      removeFromMemory([...memory.values()].filter((event) => adopted.has(keyOf(event))));
    },
    isAdopting: () => isAdopting,
    begin() {
      renewedAt = now();
    },
    invalidate() {
      renewedAt = 0;
    },
  };
};
