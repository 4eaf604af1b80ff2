import { operationOf } from '../../contract/batch.js';
import type { Operation } from '../../contract/event.js';
import { dropOldest } from '../platform/drop-oldest.js';
import { isolate } from '../platform/log-error.js';
import type { EventStore } from './event-store.js';
import type { Expire } from './expiry.js';
import type { InFlight } from './in-flight.js';
import type { QueuedEvent } from './queued-event.js';
import type { Refused, Suspects } from './suspects.js';

/** Listeners for the outcome of events. */
export interface DeliveryListeners {
  onDelivered(event: QueuedEvent): void;
  onRejected(event: QueuedEvent, reason: string): void;
  /** Sending has stopped until the configuration is fixed. */
  onHalt(reason: string): void;
  /** Events cannot be delivered at present, while sending goes on. Called once for each reason. */
  onTrouble(reason: string): void;
}

/** Applies the outcome of batches: removes and reports settled events, and halts operations. */
export interface Settlement {
  onDelivered(batch: QueuedEvent[]): void;
  /** Rejects an event that the service refused, or keeps it as a suspect. */
  onRefused(event: QueuedEvent, reason: string, status: number): Promise<void>;
  halt(operations: Operation[], reason: string): void;
  /** Halts an event's operation if refusals blame the configuration. */
  haltIfMisconfigured(event: QueuedEvent): void;
  reportTrouble(reason: string): void;
}

export interface SettlementOptions extends DeliveryListeners {
  store: Pick<EventStore, 'has' | 'remove'>;
  inFlight: Pick<InFlight, 'halt' | 'isHalted'>;
  suspects: Suspects;
  expire: Expire;
  /** Runs when events have been settled, before they are reported. */
  onSettled(): void;
}

const NEVER_ACCEPTED =
  'nothing from this device was ever accepted: check trackingId (actionTrackingId of an action) and region';

/** Events of a halted operation are kept for a day. */
const HALTED_MAX_AGE_MS = 86_400_000;

/** A reason may have a text of the server's, such as one with a new request ID each time. */
const MAX_REPORTED = 100;

export const createSettlement = (options: SettlementOptions): Settlement => {
  const { store, inFlight, suspects, expire, onSettled } = options;
  /** Reasons of troubles, which are reported once each. */
  const reported = new Set<string>();

  const settle = (batch: QueuedEvent[], report: (event: QueuedEvent) => void) => {
    // A dropped event has been reported already; an adopted one is settled by the other page.
    const known = batch.filter(store.has);
    store.remove(known);
    onSettled();
    for (const event of known) isolate(() => report(event));
  };

  const reject = (refused: Refused[]) => {
    for (const [event, reason] of refused) settle([event], () => options.onRejected(event, reason));
  };

  const reportTrouble = (reason: string) => {
    if (reported.has(reason)) return;
    reported.add(reason);
    dropOldest(reported, MAX_REPORTED);
    options.onTrouble(reason);
  };

  const halt = (operations: Operation[], reason: string) => {
    // Only the first of several parallel requests halts.
    if (operations.some(inFlight.isHalted)) return;
    for (const operation of operations) inFlight.halt(operation);
    options.onHalt(reason);
    expire(HALTED_MAX_AGE_MS, (event) => inFlight.isHalted(operationOf(event)));
  };

  return {
    onDelivered(batch) {
      settle(batch, options.onDelivered);
      reject(suspects.clear(operationOf(batch[0] as QueuedEvent)));
    },
    async onRefused(event, reason, status) {
      // The size of an event does not depend on the configuration.
      if (status === 413) return reject([[event, reason]]);
      const refused = await suspects.add(event, reason);
      reject(refused);
      if (!refused.length) reportTrouble(`${reason}: ${NEVER_ACCEPTED}`);
    },
    halt,
    haltIfMisconfigured(event) {
      const reason = suspects.blame(operationOf(event));
      if (reason) halt([operationOf(event)], `${reason}: ${NEVER_ACCEPTED}`);
    },
    reportTrouble,
  };
};
