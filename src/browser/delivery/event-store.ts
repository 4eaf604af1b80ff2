import type { SessionEvent } from '../../contract/event.js';
import type { Store } from '../platform/indexed-db.js';
import type { Handoffs } from '../platform/local-storage.js';
import { createEventLease, type EventLease } from './event-lease.js';
import { excessOf, LIMIT_REASON } from './event-limits.js';
import { keyOf, type QueuedEvent, type UnloadSnapshot } from './queued-event.js';
import { createWriteBehind } from './write-behind.js';

/** The queue. Memory holds it, and IndexedDB follows before the task ends. Only this unit changes a queued event. */
export interface EventStore {
  /** Returns all waiting events, oldest first. */
  events(): QueuedEvent[];
  has(event: QueuedEvent): boolean;
  add(event: QueuedEvent): void;
  /** Assigns an event to a session and its user, and stores it. */
  assignSession(event: QueuedEvent, session: Pick<SessionEvent, 'sessionId' | 'userId'>): void;
  /** Marks events whose request's response will not be read. */
  markUnconfirmed(events: QueuedEvent[]): void;
  /** Corrects the times of an event whose clock was wrong. `renewLease(true)` stores them. */
  correctTimes(
    event: QueuedEvent,
    times: Required<Pick<QueuedEvent, 'recordedAt' | 'doubts'>>,
    sentAt: number,
  ): void;
  /** Removes events from memory and IndexedDB. */
  remove(events: QueuedEvent[]): void;
  adoptAbandoned: EventLease['adoptAbandoned'];
  /** Renews this page's lease if it is due, and drops events that another page has adopted. Call before sending. */
  renewLease: EventLease['renew'];
  /** Releases all events, synchronously, for the next page to adopt. Memory keeps them: this page may be restored. */
  releaseOwnership(): void;
  /** Takes back the released events, unless another page has adopted them. */
  reclaimOwnership(): void;
}

/**
 * Creates the queue of a page.
 * @param owner the ID of this page
 * @param onDropped is called for each event that is dropped because a limit was exceeded
 */
export const createEventStore = (
  store: Store,
  handoffs: Handoffs<UnloadSnapshot>,
  owner: string,
  onDropped: (event: QueuedEvent, reason: string) => void,
  now = Date.now,
): EventStore => {
  const memory = new Map<string, QueuedEvent>();
  /** The events that this page has released; undefined while it owns them. */
  let released: QueuedEvent[] | undefined;

  const removeFromMemory = (events: QueuedEvent[]) => {
    for (const event of events) {
      memory.delete(keyOf(event));
      writeBehind.cancel(event);
    }
  };
  const remove = (events: QueuedEvent[]) => {
    removeFromMemory(events);
    store.remove(events.map(keyOf));
  };
  const enforceLimits = (events: QueuedEvent[]) => {
    const excess = excessOf(events);
    if (excess.length) remove(excess);
    for (const event of excess) onDropped(event, LIMIT_REASON);
  };
  const writeBehind = createWriteBehind({ store, memory, owner, enforceLimits, now });
  const { isStored } = writeBehind;

  const releaseOwnership = () => {
    // While events are being adopted, IndexedDB may have assigned some to this page that are not in memory yet.
    if (!memory.size && !lease.isAdopting()) return;
    const snapshot: UnloadSnapshot = { sent: [], items: [] };
    for (const event of memory.values()) {
      if (!isStored(event)) snapshot.items.push(event);
      else if (event.unconfirmed) snapshot.sent.push(keyOf(event));
    }
    released = handoffs.put(owner, snapshot) ? [...memory.values()] : [];
  };
  const add = (event: QueuedEvent) => {
    if (!memory.size) lease.begin();
    memory.set(keyOf(event), event);
    writeBehind.add(event);
    if (released) releaseOwnership();
  };
  const lease = createEventLease({
    ...{ store, handoffs, owner, memory, isStored, add, removeFromMemory, enforceLimits, now },
    isReleased: () => !!released,
  });

  return {
    events: () => [...memory.values()],
    has: (event) => memory.get(keyOf(event)) === event,
    add,
    assignSession(event, { sessionId, userId }) {
      Object.assign(event, { sessionId, userId });
      add(event);
    },
    markUnconfirmed(events) {
      for (const event of events) event.unconfirmed = true;
    },
    correctTimes(event, times, sentAt) {
      Object.assign(event, times);
      event.event.sentAt = sentAt;
    },
    remove,
    adoptAbandoned: lease.adoptAbandoned,
    renewLease: lease.renew,
    releaseOwnership,
    reclaimOwnership() {
      if (!released) return;
      if (!handoffs.take(owner)) removeFromMemory(released);
      released = undefined;
      lease.invalidate();
    },
  };
};
