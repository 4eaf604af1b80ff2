import type { Store } from '../platform/indexed-db.js';
import type { Handoffs } from '../platform/local-storage.js';
import {
  EVENT_PREFIX,
  keyOf,
  type QueuedEvent,
  type StoredEvent,
  type UnloadSnapshot,
} from './queued-event.js';

/** This page's ownership of stored events. Another page adopts them once it has expired or was released. */
export interface EventLease {
  /** Adopts the events of pages that are gone. Some of those that were never stored may lack a session. */
  adoptAbandoned(): Promise<void>;
  /**
   * Renews the lease, when it is due, and forgets events that another page has adopted.
   * @param isForced also writes the events' changed fields, even when it is not due
   */
  renew(isForced?: boolean): Promise<void>;
  isAdopting(): boolean;
  /** Counts the lease from now on: this page had no event that another could have adopted. */
  begin(): void;
  /** Makes the next `renew` look: another page may have adopted events. */
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
  /** Whether this page has released its own events meanwhile. */
  isReleased(): boolean;
  add(event: QueuedEvent): void;
  forget(events: QueuedEvent[]): void;
  /** Drops the oldest of these events where they exceed a limit. */
  enforceLimits(events: QueuedEvent[]): void;
  now(): number;
}

/** A page that has not settled an event for this long has crashed, was killed or is frozen. */
const LEASE_TIMEOUT_MS = 60_000;

/** The lease is renewed when it is older than this. A request that began before may take 30 seconds more. */
const LEASE_RENEWAL_MS = 25_000;

export const createEventLease = (options: EventLeaseOptions): EventLease => {
  const { store, handoffs, owner, memory, isStored, isReleased, add, forget, enforceLimits, now } = options;
  let isAdopting = false;
  let renewedAt = now();

  // In either direction: the visitor's clock may have been set.
  const isOlderThan = (limitMs: number, since: number) => Math.abs(now() - since) > limitMs;

  /** Makes this page the owner of the stored events that nobody owns. Resolves to all that are stored. */
  const claim = async (snapshots: [page: string, snapshot: UnloadSnapshot][]): Promise<QueuedEvent[]> => {
    const gone = new Set(snapshots.map(([page]) => page));
    const sent = new Set(snapshots.flatMap(([, snapshot]) => snapshot.sent));
    const all: QueuedEvent[] = [];
    const claimed = await store.update<StoredEvent>(EVENT_PREFIX, (entries) =>
      entries.flatMap(([key, record]) => {
        all.push(record);
        const isExpired = record.owner !== owner && isOlderThan(LEASE_TIMEOUT_MS, record.ownedSince);
        const unconfirmed = record.unconfirmed || sent.has(key);
        return gone.has(record.owner) || isExpired
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
      // Taken only now: this page, too, may unload while it waits for IndexedDB. Of two pages that read a snapshot, the
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
      const renewed = await store.update<StoredEvent>(EVENT_PREFIX, (entries) =>
        entries.flatMap(([key, record]) =>
          // An own record that memory lacks is settled, and its removal has failed: another page may have it.
          record.owner === owner && memory.has(key)
            ? [[key, { ...record, ...memory.get(key), owner, ownedSince: now() }]]
            : [],
        ),
      );
      renewedAt = now();
      const keys = renewed && new Map(renewed);
      if (keys) forget(stored.filter((event) => !keys.has(keyOf(event)) && isStored(event)));
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
