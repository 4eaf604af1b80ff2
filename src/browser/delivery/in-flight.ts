import { nextBatch, operationOf } from '../../contract/batch.js';
import type { Operation } from '../../contract/event.js';
import type { EventStore } from './event-store.js';
import type { QueuedEvent } from './queued-event.js';

/** A request that has no response yet. */
interface OpenRequest {
  /** Whether the browser continues it when the page is gone. */
  survivesPage: boolean;
  /** Stops waiting for its response. */
  abandon(): void;
}

/** Keeps which events are in flight, due or halted. Only this unit filters the queue. */
export interface InFlight {
  isHalted(operation: Operation): boolean;
  /** Returns whether an event may be sent: it has a session, its operation is not halted, and it is no suspect. */
  isSendable(event: QueuedEvent): boolean;
  /** Returns sendable events that are not in flight. */
  ready(): QueuedEvent[];
  /** Returns ready events that are new: they wait for a flush. */
  fresh(): QueuedEvent[];
  /** Returns sendable events that no beacon took, including those in flight. */
  unsent(): QueuedEvent[];
  /** Returns unsent events without a request that survives the page. */
  unprotected(): QueuedEvent[];
  /** Returns the batch to send next; empty when no event is due. */
  nextBatch(): QueuedEvent[];
  /** Makes events due: they belong to the flush that has begun. */
  markDue(events: QueuedEvent[]): void;
  /** Puts a batch in flight. Called again once its request has been made. */
  begin(batch: QueuedEvent[], request?: OpenRequest): void;
  end(batch: QueuedEvent[]): void;
  /** Stops sending all events of an operation: the configuration must be fixed first. */
  halt(operation: Operation): void;
  /** Stops waiting for all responses. Returns the events whose requests survive the page. */
  abandonAll(): QueuedEvent[];
}

/** @param isSuspect whether the service refused an event for a reason that is not certain yet */
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
