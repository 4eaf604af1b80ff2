import { isolate } from './platform/log-error.js';

/** Calls that were made before storage answered. They run in order once it has. */
export interface PendingCalls {
  /** Runs at once, or once storage has answered. */
  run(call: () => unknown): void;
  /** Storage has answered. */
  release(): void;
  /** Forgets the calls that wait: consent is withdrawn. */
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
