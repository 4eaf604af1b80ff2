// @ts-check
// Fits a title into its space on a poster.

const LEADING = 0.94;

/**
 * Breaks a title into the number of lines with the largest type.
 * @param {string} title
 * @param {{ width: number, height: number, largest: number, serif: boolean }} space
 */
export function setTitle(title, { width, height, largest, serif }) {
  const words = title.split(' ');
  let best = { texts: [title], size: 0 };
  for (let count = 1; count <= Math.min(4, words.length); count++) {
    const texts = breakInto(words, count, serif);
    const widest = Math.max(...texts.map((text) => widthOf(text, serif)));
    const size = Math.min(width / widest, height / count / LEADING, largest);
    if (size > best.size) best = { texts, size };
  }
  const { texts, size } = best;
  return { texts, size, leading: size * LEADING, height: texts.length * size * LEADING };
}

/**
 * Returns the line breaks with the narrowest widest line.
 * @param {string[]} words
 * @param {number} count
 * @param {boolean} serif
 * @returns {string[]}
 */
function breakInto(words, count, serif) {
  if (count === 1) return [words.join(' ')];
  /** @type {string[]} */
  let best = [];
  let least = Number.POSITIVE_INFINITY;
  for (let at = 1; at <= words.length - count + 1; at++) {
    const texts = [words.slice(0, at).join(' '), ...breakInto(words.slice(at), count - 1, serif)];
    const widest = Math.max(...texts.map((text) => widthOf(text, serif)));
    if (widest < least) [best, least] = [texts, widest];
  }
  return best;
}

/**
 * Estimates a text's width at size 1. The visitor's fonts are unknown here, so `textLength` fits each line to it.
 * @param {string} text
 * @param {boolean} serif
 */
export function widthOf(text, serif) {
  let width = 0;
  for (const char of text) {
    if (/[ .,:;'’!|iljI1]/.test(char)) width += 0.28;
    else if (/[MWmw&@]/.test(char)) width += 0.86;
    else if (/[A-Z0-9ÈÉÀ]/.test(char)) width += 0.68;
    else width += 0.52;
  }
  return width * (serif ? 0.92 : 0.8);
}
