import { operationOf } from '../../contract/batch.js';
import type { Operation } from '../../contract/event.js';
import type { QueuedEvent } from './queued-event.js';

/** Remembers on a device whether the service has ever accepted an event. */
export interface Acceptance {
  wasAccepted(operation: Operation): Promise<boolean>;
  onAccepted(operation: Operation): void;
}

/** An event that the service refused, with its reason. */
export type Refused = [event: QueuedEvent, reason: string];

/** Refused events that are kept until it is certain whether they or the configuration are wrong. */
export interface Suspects {
  has(event: QueuedEvent): boolean;
  /** Adds a refused event. Returns the events to reject: none while the configuration may be wrong. */
  add(event: QueuedEvent, reason: string): Promise<Refused[]>;
  /** Trusts the configuration, since an event was accepted. Returns the events to reject. */
  clear(operation: Operation): Refused[];
  /** Returns the reason for which all were refused, if there are enough of them to blame the configuration. */
  blame(operation: Operation): string | undefined;
}

/** A single refused event may itself be wrong. */
const MIN_SUSPECTS = 2;

/**
 * Creates the suspects. Refused events are kept as long as no event was ever accepted on this device and all are
 * refused with the same message: the service may answer a wrong tracking ID in the same way as a wrong event
 * (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html).
 */
export const createSuspects = (acceptance: Acceptance): Suspects => {
  /** Operations whose configuration is known to be right. */
  const trusted = new Set<Operation>();
  const remembered = new Set<Operation>();
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
      if (!remembered.has(operation)) acceptance.onAccepted(operation);
      remembered.add(operation);
      return release(operation);
    },
    blame(operation) {
      const suspects = allOf(operation);
      return suspects.length < MIN_SUSPECTS ? undefined : suspects[0]?.[1];
    },
  };
};
