import { MAX_BATCH_EVENTS } from '../../contract/limits.js';
import type { Row } from './interactions.js';

/** The size of a batch: fewer rows may all be bad by chance, more cost more requests to find out. */
const MAX_ALIKE = MAX_BATCH_EVENTS;

interface SuspectRowsOptions {
  /** An earlier run of this replay had rows accepted. */
  isAnyAccepted: boolean;
  reject(row: Row, reason: string): Promise<void>;
  /** Called when nothing was accepted and every event was refused with the same message: the configuration is to blame. */
  onAllAlike(reason: string): void;
}

/**
 * Holds refused rows until it is certain that they are to blame: the service may answer a wrong tracking ID as it does a
 * bad event, and all rows would be rejected.
 */
export const createSuspectRows = ({ isAnyAccepted, reject, onAllAlike }: SuspectRowsOptions) => {
  const held: [row: Row, reason: string][] = [];
  let areRowsToBlame = isAnyAccepted;

  const release = async () => {
    areRowsToBlame = true;
    for (const [row, reason] of held.splice(0)) await reject(row, reason);
  };

  return {
    async onAccepted() {
      if (!areRowsToBlame) await release();
    },
    async add(row: Row, reason: string) {
      held.push([row, reason]);
      const isAlike = held[0]?.[1] === reason;
      if (areRowsToBlame || !isAlike) await release();
      else if (held.length >= MAX_ALIKE) {
        onAllAlike(`${reason}: so far every event is refused alike. Check --tracking-id and --region`);
      }
    },
    /** Rejects the rows that are held. */
    release,
  };
};
