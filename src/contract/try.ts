/**
 * Returns what `run` returns, or undefined when it throws: browsers throw at access that they refuse, such as storage.
 */
export const tryOrUndefined = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};
