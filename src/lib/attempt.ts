/** What `run` returns; undefined where it throws, as browsers do at what they refuse. */
export const attempt = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};

/** Prints what was thrown. A page may have a console of its own. */
export const printThrown = (thrown: unknown): void => void attempt(() => console.error(thrown));

/** Runs, and prints what is thrown: one failure must not stop what comes after it. */
export const isolate = (run: () => unknown): void => {
  try {
    run();
  } catch (thrown) {
    printThrown(thrown);
  }
};
