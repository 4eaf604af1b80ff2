import { nextBatch, operationOf } from '../../contract/batch.js';
import type { Operation } from '../../contract/event.js';
import type { EventStore } from './event-store.js';
import type { QueuedEvent } from './queued-event.js';

/** A request on its way. */
export interface OpenRequest {
  /** Whether the browser goes on with it when the page is gone. */
  survivesPage: boolean;
  /** Stops waiting for its answer. */
  abandon(): void;
}

/** Knows which events are in flight, due or halted: the one place that filters the queue. */
export interface InFlight {
  isHalted(operation: Operation): boolean;
  /** Whether an event may be sent: it has a session, and no refusal keeps it. */
  isSendable(event: QueuedEvent): boolean;
  /** Returns sendable events that are not in flight. */
  ready(): QueuedEvent[];
  /** Returns ready events that are new: they wait for a flush. */
  fresh(): QueuedEvent[];
  /** Returns sendable events that no beacon took; those in flight among them. */
  unsent(): QueuedEvent[];
  /** Returns unsent events that are in no request that survives the page. */
  unprotected(): QueuedEvent[];
  /** Returns the batch to send next; empty when no event is due. */
  nextBatch(): QueuedEvent[];
  /** Includes events in the flush that has begun. */
  markDue(events: QueuedEvent[]): void;
  /** Puts a batch in flight; called again once its request has been made. */
  begin(batch: QueuedEvent[], request?: OpenRequest): void;
  end(batch: QueuedEvent[]): void;
  /** Keeps back all events of an operation: only a repair of the configuration helps. */
  halt(operation: Operation): void;
  /** Stops waiting for every answer. Returns the events whose requests survive the page. */
  abandonAll(): QueuedEvent[];
}

/** @param isSuspect whether an event was refused, and waits to know why */
export const createInFlight = (
  store: Pick<EventStore, 'events'>,
  isSuspect: (event: QueuedEvent) => boolean,
): InFlight => {
  const requests = new Map<QueuedEvent, OpenRequest | undefined>();
  const due = new WeakSet<QueuedEvent>();
  const halted = new Set<Operation>();

  const isHalted = (operation: Operation) => halted.has(operation);
  const isSendable = (event: QueuedEvent) =>
    !!event.sessionId && !isHalted(operationOf(event)) && !isSuspect(event);
  const sendable = () => store.events().filter(isSendable);
  const ready = () => sendable().filter((event) => !requests.has(event));
  const unsent = () => sendable().filter((event) => !event.unconfirmed);

  return {
    isHalted,
    isSendable,
    ready,
    fresh: () => ready().filter((event) => !event.unconfirmed && !due.has(event)),
    unsent,
    unprotected: () => unsent().filter((event) => !requests.get(event)?.survivesPage),
    nextBatch() {
      const all = ready();
      return nextBatch(
        all.filter((event) => due.has(event)),
        all.filter((event) => !due.has(event) && event.unconfirmed),
      );
    },
    markDue(events) {
      for (const event of events) due.add(event);
    },
    begin(batch, request) {
      for (const event of batch) {
        due.add(event);
        requests.set(event, request);
      }
    },
    end(batch) {
      for (const event of batch) requests.delete(event);
    },
    halt: (operation) => void halted.add(operation),
    abandonAll() {
      const surviving = [...requests].filter(([, request]) => request?.survivesPage);
      for (const request of requests.values()) request?.abandon();
      return surviving.map(([event]) => event);
    },
  };
};
