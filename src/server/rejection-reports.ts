import { rejectOnAbort, withTimeout } from './deadline.js';
import type { UndeliveredEvent } from './server-tracker-api.js';
import type { ServerTrackerOptions } from './server-tracker-options.js';

/** Reports events that cannot be delivered to the site's own function. */
export interface RejectionReports {
  /** Calls the function. Its failure, a rejected promise's too, breaks nothing. */
  report(undelivered: UndeliveredEvent, reason: string): void;
  /** Resolves when the calls so far have settled, or their time is over. */
  whenDone(): Promise<void>;
}

/** Time that a call may take, to store the event. */
const REPORT_TIMEOUT_MS = 3000;

/** @param onFailure called with the error of a call that has failed */
export const createRejectionReports = (
  onRejected: NonNullable<ServerTrackerOptions['onRejected']>,
  onFailure: (error: unknown) => void,
): RejectionReports => {
  const running = new Set<Promise<void>>();
  return {
    report(undelivered, reason) {
      const call = withTimeout(REPORT_TIMEOUT_MS, (signal) =>
        rejectOnAbort(signal, 'onRejected()', async () => void (await onRejected(undelivered, reason))),
      )
        .catch(onFailure)
        .finally(() => running.delete(call));
      running.add(call);
    },
    async whenDone() {
      await Promise.all(running);
    },
  };
};
