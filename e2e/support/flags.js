// @ts-check
// Command-line flags of the measuring commands.

/** Parses a whole number from 1 to 999. @param {string} flag @param {string} text */
export const readCount = (flag, text) => {
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw new Error(`--${flag} must be a whole number from 1 to 999, not "${text}"`);
  return Number(text);
};

/**
 * Parses a comma-separated list; returns it in the order of `known`.
 * @param {string} flag @param {string} text @param {string[]} known
 */
export const readNames = (flag, text, known) => {
  const names = text.split(',').filter(Boolean);
  for (const name of names) {
    if (!known.includes(name)) throw new Error(`--${flag} takes ${known.join(', ')}, not "${name}"`);
  }
  return known.filter((name) => names.includes(name));
};
