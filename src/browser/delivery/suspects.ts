import { isOfAction } from '../../contract/batch.js';
import type { QueuedEvent } from './event-store.js';

/** Remembers on a device, for events (false) and for actions (true), whether the service has ever accepted one. */
export interface Acceptance {
  wasAccepted(isOfAction: boolean): Promise<boolean>;
  onAccepted(isOfAction: boolean): void;
}

/** An event that the service refused, and its reason. */
export type Refused = [item: QueuedEvent, reason: string];

/** Tells events that are wrong from a configuration that is, for which the service has the same answer. */
export interface Suspects {
  has(item: QueuedEvent): boolean;
  /** Takes a refused event. Returns those that are to be rejected; none while the configuration may be to blame. */
  add(item: QueuedEvent, reason: string): Promise<Refused[]>;
  /** Notes that an event was accepted, so that the configuration is right. Returns those that are to be rejected. */
  clear(isOfAction: boolean): Refused[];
  /** The reason that all have been refused for, once there are enough of them to blame the configuration. */
  blame(isOfAction: boolean): string | undefined;
}

/** One refused event may be wrong itself. */
const MIN_SUSPECTS = 2;

/**
 * Keeps refused events while nothing was ever accepted on this device and all are refused with the same message: a wrong
 * tracking ID may be answered like a wrong event (https://docs.aws.amazon.com/personalize/latest/dg/API_UBS_PutEvents.html).
 */
export const createSuspects = (acceptance: Acceptance): Suspects => {
  /** Operations whose configuration is known to be right. */
  const trusted = new Set<boolean>();
  const noted = new Set<boolean>();
  const reasons = new Map<QueuedEvent, string>();

  const all = (kind: boolean): Refused[] => [...reasons].filter(([item]) => isOfAction(item) === kind);

  const release = (kind: boolean) => {
    trusted.add(kind);
    const released = all(kind);
    for (const [item] of released) reasons.delete(item);
    return released;
  };

  return {
    has: (item) => reasons.has(item),
    async add(item, reason) {
      const kind = isOfAction(item);
      reasons.set(item, reason);
      const isTrusted = trusted.has(kind) || (await acceptance.wasAccepted(kind));
      return isTrusted || all(kind).some(([, other]) => other !== reason) ? release(kind) : [];
    },
    clear(kind) {
      if (!noted.has(kind)) acceptance.onAccepted(kind);
      noted.add(kind);
      return release(kind);
    },
    blame(kind) {
      const suspects = all(kind);
      return suspects.length < MIN_SUSPECTS ? undefined : suspects[0]?.[1];
    },
  };
};
