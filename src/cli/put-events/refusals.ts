import { MAX_BATCH_EVENTS } from '../../contract/limits.js';
import type { Row } from './interactions.js';

/** As many as one batch: fewer may well be bad, and more are costly to find out about. */
const MAX_ALIKE = MAX_BATCH_EVENTS;

interface RefusalsOptions {
  /** True when an earlier run of this replay had rows accepted. */
  isAnyAccepted: boolean;
  reject(row: Row, reason: string): Promise<void>;
  /** Nothing is accepted, and every event is refused with the same message: the configuration is to blame. */
  onAllAlike(reason: string): void;
}

/**
 * Holds rows that the service refuses until it is sure that they are to blame: a wrong tracking ID may be answered as a bad
 * event is, and would have all rows rejected.
 */
export const createRefusals = ({ isAnyAccepted, reject, onAllAlike }: RefusalsOptions) => {
  const held: [row: Row, reason: string][] = [];
  let areToBlame = isAnyAccepted;

  const release = async () => {
    areToBlame = true;
    for (const [row, reason] of held.splice(0)) await reject(row, reason);
  };

  return {
    async noteAccepted() {
      if (!areToBlame) await release();
    },
    async add(row: Row, reason: string) {
      held.push([row, reason]);
      const isAlike = held[0]?.[1] === reason;
      if (areToBlame || !isAlike) await release();
      else if (held.length >= MAX_ALIKE) {
        onAllAlike(`${reason}: so far every event is refused alike. Check --tracking-id and --region`);
      }
    },
    /** Rejects what is held. */
    release,
  };
};
