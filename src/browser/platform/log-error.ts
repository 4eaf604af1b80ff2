import { tryOrUndefined } from '../../contract/try.js';

/** Writes to the console, under the project's name. A page's own console may throw. */
export const logError = (...what: string[]): void =>
  void tryOrUndefined(() => console.error(`personalize-beacon: ${what.join('\n')}`));

/** Writes what was thrown to the console. */
export const logThrown = (thrown: unknown): void => void tryOrUndefined(() => console.error(thrown));

/** Runs, and logs what is thrown: one failure must not stop what comes after it. */
export const isolate = (run: () => unknown): void => {
  try {
    run();
  } catch (thrown) {
    logThrown(thrown);
  }
};
