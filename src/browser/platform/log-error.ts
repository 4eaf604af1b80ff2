import { tryOrUndefined } from '../../contract/try.js';

/** Logs an error to the console under the project's name. A page's own console may throw. */
export const logError = (...lines: string[]): void =>
  void tryOrUndefined(() => console.error(`personalize-beacon: ${lines.join('\n')}`));

/** Logs a thrown value to the console. */
export const logThrown = (thrown: unknown): void => void tryOrUndefined(() => console.error(thrown));

/** Calls `run` and logs what it throws: one failure must not stop what comes after it. */
export const isolate = (run: () => unknown): void => {
  try {
    run();
  } catch (thrown) {
    logThrown(thrown);
  }
};
