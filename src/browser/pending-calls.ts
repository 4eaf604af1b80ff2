import { isolate } from './platform/log-error.js';

/** Calls that were made before storage was read. They run in order once it has been. */
export interface PendingCalls {
  /** Runs a call at once, or once storage has been read. */
  run(call: () => unknown): void;
  /** Runs the waiting calls: storage has been read. */
  release(): void;
  /** Drops the waiting calls: consent is withdrawn. */
  clear(): void;
}

export const createPendingCalls = (): PendingCalls => {
  let calls: (() => unknown)[] | undefined = [];
  return {
    run(call) {
      if (calls) calls.push(call);
      else call();
    },
    release() {
      const waiting = calls ?? [];
      calls = undefined;
      for (const call of waiting) isolate(call);
    },
    clear() {
      calls = [];
    },
  };
};
