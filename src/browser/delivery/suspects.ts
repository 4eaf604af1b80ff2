import { operationOf } from '../../contract/batch.js';
import type { Operation } from '../../contract/event.js';
import type { QueuedEvent } from './queued-event.js';

/** Remembers on a device whether the service has ever accepted an event. */
export interface Acceptance {
  wasAccepted(operation: Operation): Promise<boolean>;
  onAccepted(operation: Operation): void;
}

/** An event that the service refused, and its reason. */
export type Refused = [event: QueuedEvent, reason: string];

/** Refused events that wait until it is known whether they are wrong themselves, or the configuration is. */
export interface Suspects {
  has(event: QueuedEvent): boolean;
  /** Takes a refused event. Returns the events to reject; none while the configuration may be to blame. */
  add(event: QueuedEvent, reason: string): Promise<Refused[]>;
  /** Notes that an event was accepted, so that the configuration is right. Returns the events to reject. */
  clear(operation: Operation): Refused[];
  /** Returns the reason that all were refused for, once there are enough of them to blame the configuration. */
  blame(operation: Operation): string | undefined;
}

/** One refused event may be wrong itself. */
const MIN_SUSPECTS = 2;

/**
 * Keeps refused events while nothing was ever accepted on this device and all are refused with the same message: a wrong
 * tracking ID may be answered like a wrong event (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html).
 */
export const createSuspects = (acceptance: Acceptance): Suspects => {
  /** Operations whose configuration is known to be right. */
  const trusted = new Set<Operation>();
  const reported = new Set<Operation>();
  const reasons = new Map<QueuedEvent, string>();

  const allOf = (operation: Operation): Refused[] =>
    [...reasons].filter(([event]) => operationOf(event) === operation);

  const release = (operation: Operation) => {
    trusted.add(operation);
    const released = allOf(operation);
    for (const [event] of released) reasons.delete(event);
    return released;
  };

  return {
    has: (event) => reasons.has(event),
    async add(event, reason) {
      const operation = operationOf(event);
      reasons.set(event, reason);
      const isTrusted = trusted.has(operation) || (await acceptance.wasAccepted(operation));
      const isMixed = allOf(operation).some(([, other]) => other !== reason);
      return isTrusted || isMixed ? release(operation) : [];
    },
    clear(operation) {
      if (!reported.has(operation)) acceptance.onAccepted(operation);
      reported.add(operation);
      return release(operation);
    },
    blame(operation) {
      const suspects = allOf(operation);
      return suspects.length < MIN_SUSPECTS ? undefined : suspects[0]?.[1];
    },
  };
};
