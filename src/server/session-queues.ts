import { operationOf } from '../contract/batch.js';
import type { SessionEvent } from '../contract/event.js';
import { MAX_BATCH_EVENTS } from '../contract/limits.js';

/** An event that waits to be delivered. */
export interface WaitingEvent extends SessionEvent {
  sessionId: string;
  /** When it was recorded, in milliseconds of a clock that is never set. */
  recordedAt: number;
}

/** One queue for each session, user and operation: the events that one request can carry. */
export interface SessionQueues {
  /** Returns the number of unsettled events, those in flight included. */
  size(): number;
  /** Adds an event. Its queue becomes due when `flushSize` events wait in it. */
  add(event: WaitingEvent): void;
  /** Makes all waiting events due. */
  makeDue(): void;
  /**
   * Takes the next batch, oldest first, from the queue that has been due for longest; empty when none is due. Nothing
   * more is taken from that queue until `end`: a session's events are sent in order.
   */
  takeBatch(): WaitingEvent[];
  /** Counts events in flight as delivered or rejected. */
  settle(events: WaitingEvent[]): void;
  /** Ends the flight of a batch. @param left its events that must be sent again; the others have been settled */
  end(batch: WaitingEvent[], left: WaitingEvent[]): void;
  /** Removes the events that are not in flight and match, and returns them. */
  remove(isMatch: (event: WaitingEvent) => boolean): WaitingEvent[];
  /** Resolves when the events that are in the queues now have left them. */
  whenSettled(): Promise<void>;
}

interface Queue {
  key: string;
  events: WaitingEvent[];
  /** Events from the front on that are due. */
  due: number;
  isInFlight: boolean;
}

const keyOf = (event: WaitingEvent) => JSON.stringify([operationOf(event), event.sessionId, event.userId]);

/** @param flushSize number of events of a queue that makes them due */
export const createSessionQueues = (flushSize: number): SessionQueues => {
  const queues = new Map<string, Queue>();
  /** Queues from which a batch can be taken, in the order in which they became so. */
  const ready = new Set<Queue>();
  /** All unsettled events, the oldest first, with the number of each. */
  const unsettled = new Map<WaitingEvent, number>();
  const waiters = new Set<{ upTo: number; resolve(): void }>();
  let added = 0;

  const settle = (events: WaitingEvent[]) => {
    for (const event of events) unsettled.delete(event);
    const [oldest = Number.POSITIVE_INFINITY] = unsettled.values();
    for (const waiter of waiters) {
      if (oldest <= waiter.upTo) continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
  };

  const update = (queue: Queue) => {
    if (!queue.isInFlight && queue.due) ready.add(queue);
    else ready.delete(queue);
    if (!queue.isInFlight && !queue.events.length) queues.delete(queue.key);
  };

  const queueOf = (event: WaitingEvent) => {
    const key = keyOf(event);
    const queue = queues.get(key) ?? { key, events: [], due: 0, isInFlight: false };
    queues.set(key, queue);
    return queue;
  };

  return {
    size: () => unsettled.size,
    add(event) {
      const queue = queueOf(event);
      queue.events.push(event);
      unsettled.set(event, ++added);
      if (queue.events.length >= flushSize) queue.due = queue.events.length;
      update(queue);
    },
    makeDue() {
      for (const queue of queues.values()) {
        queue.due = queue.events.length;
        update(queue);
      }
    },
    takeBatch() {
      const [queue] = ready;
      if (!queue) return [];
      const batch = queue.events.splice(0, MAX_BATCH_EVENTS);
      queue.due = Math.max(0, queue.due - batch.length);
      queue.isInFlight = true;
      update(queue);
      return batch;
    },
    settle,
    end(batch, left) {
      const queue = queueOf(batch[0] as WaitingEvent);
      queue.isInFlight = false;
      queue.events.unshift(...left);
      queue.due += left.length;
      update(queue);
    },
    remove(isMatch) {
      const removed: WaitingEvent[] = [];
      for (const queue of queues.values()) {
        const kept = queue.events.filter((event) => !isMatch(event));
        if (kept.length === queue.events.length) continue;
        removed.push(...queue.events.filter(isMatch));
        queue.due = Math.min(queue.due, kept.length);
        queue.events = kept;
        update(queue);
      }
      settle(removed);
      return removed;
    },
    whenSettled: () =>
      new Promise((resolve) => {
        waiters.add({ upTo: added, resolve });
        settle([]);
      }),
  };
};
