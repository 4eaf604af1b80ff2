/** Returns what `run` returns; undefined where it throws, as browsers do at what they refuse. */
export const tryOrUndefined = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    return undefined;
  }
};
